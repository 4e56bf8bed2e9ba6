import type ts from '@typescript/typescript6';
import type { DeclaredParser } from '../../declared.js';
import { nearbyConstant } from './nearby-constants.js';
import type { TypeScript } from './shape.js';

/** Object ids of PostgreSQL's own types, by which drivers know them. */
const types: Readonly<Record<string, string>> = {
  '16': 'bool',
  '20': 'int8',
  '21': 'int2',
  '23': 'int4',
  '114': 'json',
  '700': 'float4',
  '701': 'float8',
  '1082': 'date',
  '1083': 'time',
  '1114': 'timestamp',
  '1184': 'timestamptz',
  '1186': 'interval',
  '1700': 'numeric',
  '3802': 'jsonb',
};
const byName = new Set(Object.values(types));

/**
 * The parsers that a node gives the driver: `types.setTypeParser(types.builtins.INT8, Number)` of `pg`, and `{ from:
 * [20], parse: Number }` or `bigint: postgres.BigInt` of postgres.js, TypeORM's `parseInt8: true`, and a
 * `getTypeParser` of the project's own, which gives anything for the types that it names.
 */
export function parsersAt(typescript: TypeScript, node: ts.Node): readonly DeclaredParser[] {
  if (typescript.isCallExpression(node)) {
    if (/(?:^|\.)createTypeParserPreset$/.test(node.expression.getText())) return presetOfSlonik;
    const [type, ...others] = node.arguments;
    const parse = others.at(-1);
    if (!type || !parse || !/(?:^|\.)setTypeParser$/.test(node.expression.getText())) return [];
    const gives = givenBy(parse.getText());
    return typesAt(typescript, type).map((name) => ({ type: name, gives }));
  }
  if (isOwnLookup(typescript, node)) return typesNamedIn(node.getText()).map((type) => ({ type, gives: 'any' }));
  if (parsesInt8(typescript, node)) return [{ type: 'int8', gives: 'number' }];
  if (typescript.isPropertyAssignment(node) && /^postgres\.BigInt$/.test(node.initializer.getText()))
    return [{ type: 'int8', gives: 'bigint' }];
  return typescript.isObjectLiteralExpression(node) ? ofObject(typescript, node) : [];
}

/** What slonik's own parsers give. https://github.com/gajus/slonik#default-type-parsers */
const presetOfSlonik: readonly DeclaredParser[] = [
  { type: 'date', gives: 'string' },
  { type: 'int8', gives: 'number' },
  { type: 'interval', gives: 'number' },
  { type: 'numeric', gives: 'number' },
  { type: 'timestamp', gives: 'number' },
  { type: 'timestamptz', gives: 'number' },
];

/** `getTypeParser: (oid) => (oid === builtins.DATE ? … : …)`, which a pool of `pg` takes instead of its own. */
function isOwnLookup(typescript: TypeScript, node: ts.Node): boolean {
  if (typescript.isMethodDeclaration(node)) return node.name.getText() === 'getTypeParser';
  return typescript.isPropertyAssignment(node) && node.name.getText() === 'getTypeParser';
}

const typesNamedIn = (text: string): readonly string[] =>
  [...text.matchAll(/\b(?:builtins|TypeId)\.\w+|\b\d{2,4}\b/g)].flatMap(([written]) => typeOf(written) ?? []);

/** `parseInt8: true` of TypeORM's options, and `pg.defaults.parseInt8 = true`. */
function parsesInt8(typescript: TypeScript, node: ts.Node): boolean {
  if (typescript.isPropertyAssignment(node))
    return node.name.getText() === 'parseInt8' && node.initializer.kind === typescript.SyntaxKind.TrueKeyword;
  return (
    typescript.isBinaryExpression(node) &&
    node.operatorToken.kind === typescript.SyntaxKind.EqualsToken &&
    /\bdefaults\.parseInt8$/.test(node.left.getText()) &&
    node.right.kind === typescript.SyntaxKind.TrueKeyword
  );
}

function ofObject(typescript: TypeScript, node: ts.ObjectLiteralExpression): readonly DeclaredParser[] {
  const property = (name: string) => node.properties.find((candidate) => candidate.name?.getText() === name);
  const [from, parse, name] = [property('from'), property('parse'), property('name')];
  // slonik's: `{ name: 'int8', parse: Number }`.
  const type =
    name && typescript.isPropertyAssignment(name) ? typeOf(name.initializer.getText().slice(1, -1)) : undefined;
  if (type !== undefined && parse) return [{ type, gives: givenBy(parse.getText().replace(/^parse\s*:\s*/, '')) }];
  if (!from || !parse || !property('to') || !typescript.isPropertyAssignment(from)) return [];
  const { initializer } = from;
  const ids = typescript.isArrayLiteralExpression(initializer) ? initializer.elements : [];
  const written = typescript.isPropertyAssignment(parse) ? parse.initializer.getText() : parse.getText();
  return ids.flatMap((id) => {
    const type = typeAt(typescript, id);
    return type === undefined ? [] : [{ type, gives: givenBy(written) }];
  });
}

/** Names of the types that an expression stands for, one by one where it is the variable of a loop over a list. */
function typesAt(typescript: TypeScript, node: ts.Expression): readonly string[] {
  const list = typescript.isIdentifier(node) ? loopedList(typescript, node) : undefined;
  return (list?.elements ?? [node]).flatMap((one) => typeAt(typescript, one) ?? []);
}

/** The list over which a loop goes with a variable: `[…].forEach((id) => …)`, `for (const id of ids)`. */
function loopedList(typescript: TypeScript, variable: ts.Identifier): ts.ArrayLiteralExpression | undefined {
  for (let node: ts.Node = variable; node.parent; node = node.parent) {
    const looped = loopedBy(typescript, node, variable.text);
    if (!looped) continue;
    const list = nearbyConstant(typescript, looped);
    return typescript.isArrayLiteralExpression(list) ? list : undefined;
  }
  return undefined;
}

function loopedBy(typescript: TypeScript, node: ts.Node, name: string): ts.Expression | undefined {
  if (typescript.isForOfStatement(node)) {
    const { initializer, expression } = node;
    const isOwn =
      typescript.isVariableDeclarationList(initializer) && initializer.declarations[0]?.name.getText() === name;
    return isOwn ? expression : undefined;
  }
  if (!typescript.isFunctionLike(node) || node.parameters[0]?.name.getText() !== name) return undefined;
  const { parent } = node;
  return typescript.isCallExpression(parent) &&
    typescript.isPropertyAccessExpression(parent.expression) &&
    /^(?:forEach|map)$/.test(parent.expression.name.text)
    ? parent.expression.expression
    : undefined;
}

/** Name of the type that an expression stands for: `numericTypeId` of `const numericTypeId = 1700`. */
function typeAt(typescript: TypeScript, node: ts.Expression): string | undefined {
  return typeOf(nearbyConstant(typescript, node).getText()) ?? typeOf(node.getText());
}

/** Name of a type, by its id or the name of a constant: `20`, `types.builtins.INT8`, `TypeId.INT8`. */
function typeOf(written: string): string | undefined {
  const last = written.split('.').at(-1) ?? written;
  const name = Object.hasOwn(types, last) ? types[last] : last.replace(/_?OID$/i, '').toLowerCase();
  return name !== undefined && byName.has(name) ? name : undefined;
}

/** The type of what a parser returns, as far as its text tells. */
function givenBy(parser: string): string {
  const rules: readonly (readonly [RegExp, string])[] = [
    [/\.to(?:ISOString|UTCString|JSON)\(/, 'string'],
    [/\bBigInt\b/, 'bigint'],
    [/\b(?:parseInt|parseFloat|Number)\b|=>\s*\+/, 'number'],
    [/\bnew Date\b/, 'Date'],
    [/^String$|^\(?\s*(\w+)(?:\s*:\s*\w+)?\s*\)?\s*=>\s*\1$/, 'string'],
  ];
  return rules.find(([pattern]) => pattern.test(parser))?.[1] ?? 'any';
}
