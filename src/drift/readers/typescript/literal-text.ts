import type ts from '@typescript/typescript6';
import { nearbyConstant } from './nearby-constants.js';
import { createNumbering } from './numbering.js';
import { isPgtyped, withPgtypedParameters } from './pgtyped.js';
import { lastName } from './row-parts.js';
import type { TypeScript } from './shape.js';

/** The end of a text after which a table is named. */
const beforeTable = /\b(?:from|join|into|update)\s+$/i;

/**
 * Text of a string or template. Substitutions become parameters, `${id}` → `$1`; but what a template without a tag
 * inserts of a constant is a part of it, and where a table is named, anything else than a constant names none.
 */
export function literalText(typescript: TypeScript, node: ts.Node): string | undefined {
  if (typescript.isStringLiteralLike(node)) return withParameters(typescript, node);
  if (!typescript.isTemplateExpression(node)) return undefined;
  const texts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  // `ON CONFLICT … DO UPDATE SET` would name the only table, were the one before it left out.
  const isUpsert = texts.some((text) => /\bdo\s+update\s+set\b/i.test(text));
  // The text may have parameters of its own: `WHERE id = $1 LIMIT ${limit}`.
  const written = texts.flatMap((text) => [...text.matchAll(/\$(\d{1,4})/g)].map(([, digits]) => Number(digits)));
  const first = written.reduce((most, number) => Math.max(most, number), 0) + 1;
  const values = node.templateSpans.map(({ expression }, index) => {
    const parameter = `$${first + index}`;
    const inserted = insertedText(typescript, node, expression);
    if (inserted !== undefined) return inserted;
    if (!beforeTable.test(texts[index] ?? '')) return parameter;
    const constant = nearbyConstant(typescript, expression);
    if (typescript.isStringLiteralLike(constant)) return constant.text;
    return isUpsert ? parameter : `(${parameter})`;
  });
  return texts.map((text, index) => text + (values[index] ?? '')).join('');
}

/**
 * The text that a template without a tag inserts for an expression, if that is a constant of the file: `${COLUMNS}`. A
 * tag, as of sql`…`, gets it as a value.
 */
export function insertedText(
  typescript: TypeScript,
  template: ts.TemplateExpression,
  expression: ts.Expression,
  depth = 0,
): string | undefined {
  const constant = nearbyConstant(typescript, expression);
  if (typescript.isTaggedTemplateExpression(template.parent) || !isConstant(typescript, constant)) return undefined;
  if (typescript.isStringLiteralLike(constant)) return constant.text;
  if (!typescript.isTemplateExpression(constant) || depth === deepestConstant) return undefined;
  const parts = constant.templateSpans.map(({ expression: inner, literal }) => {
    const text = insertedText(typescript, constant, inner, depth + 1);
    return text === undefined ? undefined : text + literal.text;
  });
  return parts.includes(undefined) ? undefined : constant.head.text + parts.join('');
}

/** Most constants of constants that are followed; one of itself would never end. */
const deepestConstant = 8;

/** Whether an expression is what a `const` stands for, or a part of it. */
function isConstant(typescript: TypeScript, expression: ts.Expression): boolean {
  for (let node: ts.Node = expression; node && !typescript.isBlock(node); node = node.parent)
    if (typescript.isVariableDeclarationList(node)) return (node.flags & typescript.NodeFlags.Const) !== 0;
  return false;
}

/** Parameters of pg-promise: `$/id/`, `$(id)`, `$<id>`, `$[id]`, `${id}`, also with a format: `$(ids:csv)`. */
const ofPgPromise = /\$(?:\/[^/\s]+\/|\([^()\s]+\)|<[^<>\s]+>|\[[^[\]\s]+\]|\{[^{}\s]+\})/g;

/** A parameter of Knex, outside of quotes. */
const ofKnex = /'[^']*'|"[^"]*"|\?{1,2}/g;

/** The text of a statement whose library has parameters of its own: `:id` with Sequelize's `replacements` → `$1`. */
function withParameters(typescript: TypeScript, node: ts.StringLiteralLike): string {
  const numbered = createNumbering();
  const { parent } = node;
  if (isPgtyped(typescript, parent)) return withPgtypedParameters(node.text);
  const method = typescript.isCallExpression(parent) && parent.arguments[0] === node ? lastName(parent.expression) : '';
  if (method === 'raw')
    return node.text.replace(ofKnex, (found, at: number) => (found.startsWith('?') ? numbered(`${at}`) : found));
  if (method === 'query' && hasReplacements(typescript, parent as ts.CallExpression))
    return node.text.replace(/(?<![:\w]):([a-z_]\w*)/gi, (_, name: string) => numbered(name));
  return node.text.replace(ofPgPromise, numbered);
}

function hasReplacements(typescript: TypeScript, { arguments: [, options] }: ts.CallExpression): boolean {
  if (!options || !typescript.isObjectLiteralExpression(options)) return false;
  return options.properties.some(({ name }) => name?.getText() === 'replacements');
}
