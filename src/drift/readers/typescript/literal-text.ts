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
  let text = node.head.text;
  node.templateSpans.forEach(({ expression, literal }, index) => {
    const constant = nearbyConstant(typescript, expression);
    const parameter = `$${index + 1}`;
    const name = typescript.isStringLiteralLike(constant) ? constant.text : `(${parameter})`;
    text += (beforeTable.test(text) ? name : parameter) + literal.text;
  });
  return text;
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
