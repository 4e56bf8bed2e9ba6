import type ts from '@typescript/typescript6';
import { nearbyConstant } from './nearby-constants.js';
import type { TypeScript } from './shape.js';

/** The end of a text after which a table is named. */
const beforeTable = /\b(?:from|join|into|update)\s+$/i;

/**
 * Text of a string or template. Substitutions become parameters, `${id}` → `$1`; but where a table is named, a constant
 * of the file becomes its text, and anything else names none.
 */
export function literalText(typescript: TypeScript, node: ts.Node): string | undefined {
  if (typescript.isStringLiteralLike(node)) return withParameters(typescript, node);
  if (!typescript.isTemplateExpression(node)) return undefined;
  const texts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  // `ON CONFLICT … DO UPDATE SET` would name the only table, were the one before it left out.
  const isUpsert = texts.some((text) => /\bdo\s+update\s+set\b/i.test(text));
  const values = node.templateSpans.map(({ expression }, index) => {
    const parameter = `$${index + 1}`;
    if (!beforeTable.test(texts[index] ?? '')) return parameter;
    const constant = nearbyConstant(typescript, expression);
    if (typescript.isStringLiteralLike(constant)) return constant.text;
    return isUpsert ? parameter : `(${parameter})`;
  });
  return texts.map((text, index) => text + (values[index] ?? '')).join('');
}

/** The text of a statement of Sequelize, whose `replacements` have names: `:id` → `$1`. */
function withParameters(typescript: TypeScript, node: ts.StringLiteralLike): string {
  const { parent } = node;
  const isQuery =
    typescript.isCallExpression(parent) && parent.arguments[0] === node && /\.query$/.test(parent.expression.getText());
  const options = isQuery ? parent.arguments[1] : undefined;
  if (!options || !typescript.isObjectLiteralExpression(options)) return node.text;
  if (!options.properties.some(({ name }) => name?.getText() === 'replacements')) return node.text;
  const names: string[] = [];
  return node.text.replace(/(?<![:\w]):([a-z_]\w*)/gi, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
}
