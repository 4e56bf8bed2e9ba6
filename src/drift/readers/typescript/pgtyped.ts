import type ts from '@typescript/typescript6';
import { createNumbering } from './numbering.js';
import { lastName } from './row-parts.js';
import type { TypeScript } from './shape.js';

/** Whether a template is a statement of pgtyped, whose tag has a type argument and parameters of its own. */
export function isPgtyped(typescript: TypeScript, node: ts.Node): node is ts.TaggedTemplateExpression {
  return (
    typescript.isTaggedTemplateExpression(node) &&
    lastName(node.tag) === 'sql' &&
    /['"]@pgtyped\/(?:runtime|query)['"]/.test(node.getSourceFile().text)
  );
}

/**
 * The type of the rows in a type argument of pgtyped, which is a pair of parameters and result: `Row` of `Redefine<Pair,
 * Params, Row>` and of `{ params: Params; result: Row }`. Undefined for a pair behind a name, which pgtyped generates.
 */
export function resultOfPair(typescript: TypeScript, [pair]: readonly ts.TypeNode[]): ts.TypeNode | undefined {
  if (!pair) return undefined;
  if (typescript.isTypeLiteralNode(pair)) {
    const result = pair.members.find(({ name }) => name?.getText() === 'result');
    return result && typescript.isPropertySignature(result) ? result.type : undefined;
  }
  const given = typescript.isTypeReferenceNode(pair) ? (pair.typeArguments ?? []) : [];
  return given.length > 1 ? given.at(-1) : undefined;
}

/** A parameter `$id` or `$id!`, a list `$$ids`, a row `$user(id, name!)`; outside of quotes. Formatters add spaces. */
const parameter = /'[^']*'|"[^"]*"|(\$\$?) ?([a-z_]\w*)(?: ?!(?!=))?( ?\([^()]*\))?/gi;

/** The text of a statement of pgtyped with the parameters of PostgreSQL: `id IN $$ids` → `id IN ($1)`. */
export function withPgtypedParameters(text: string): string {
  const numbered = createNumbering();
  return text.replace(parameter, (whole, sign?: string, name?: string, picked?: string) => {
    if (sign === undefined || name === undefined) return whole;
    const keys = picked?.match(/\w+/g);
    if (keys) return `(${keys.map((key) => numbered(`${name}.${key}`)).join(', ')})`;
    return sign === '$$' ? `(${numbered(name)})` : numbered(name);
  });
}
