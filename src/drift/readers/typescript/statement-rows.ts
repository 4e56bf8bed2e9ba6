import type ts from '@typescript/typescript6';
import type { SqlLiteral } from '../../declared-statement.js';
import { mayGiveAll } from '../sql-literal.js';
import { literalText } from './literal-text.js';
import { isPgtyped, resultOfPair } from './pgtyped.js';
import { lastName, type RowPart, type RowParts, rowParts } from './row-parts.js';
import type { TypeScript } from './shape.js';
import { statementOf } from './statement-texts.js';

/** The text of a statement, and what the code that runs it says of it: above all, the type that it reads rows as. */
export interface StatementRead {
  readonly text: ts.Node;
  readonly row: RowParts;
  readonly facts: Pick<SqlLiteral, 'loose' | 'profile' | 'dynamic' | 'templated' | 'givesOthers'>;
}

/**
 * What a call reads with a statement, whatever function it calls: `query<Row>(sql)`, `const rows: Row[] = await
 * query(sql)`, `(await query(sql)).rows as Row[]`, and `return result.rows[0]` in a function that returns
 * `Promise<Row>`. The statement may stand in a constant or an object, or be a template itself.
 */
export function statementReadAt(typescript: TypeScript, node: ts.Node): StatementRead | undefined {
  if (!typescript.isTaggedTemplateExpression(node) && !typescript.isCallExpression(node)) return undefined;
  const given = node.typeArguments ?? [];
  const named = isPgtyped(typescript, node) ? resultOfPair(typescript, given) : given[0];
  const value = rowOfValue(typescript, node);
  const row = named ? rowParts(typescript, named) : value;
  const found = row && isSaid(row) ? statementOf(typescript, node) : undefined;
  if (!row || !found) return undefined;
  const facts = {
    ...(value ? {} : { loose: true as const }),
    ...profileOf(typescript, node),
    ...(found.isExtended ? extended(typescript, found.text) : {}),
  };
  return { text: found.text, row, facts };
}

/** Whether a type is known to be that of a row. */
const isSaid = ({ named, inline }: RowParts): boolean => named !== undefined || inline.length > 0;

/** A text that the code adds to. What it adds is mostly a condition, but `SELECT *` may give more after a join. */
function extended(typescript: TypeScript, text: ts.Node): Pick<SqlLiteral, 'dynamic' | 'templated' | 'givesOthers'> {
  const isOpen = mayGiveAll(literalText(typescript, text) ?? '');
  return { dynamic: true, templated: true, ...(isOpen ? { givesOthers: true } : {}) };
}

/** The library that reads the rows, where it is one with values of its own. */
function profileOf(
  typescript: TypeScript,
  node: ts.TaggedTemplateExpression | ts.CallExpression,
): Pick<SqlLiteral, 'profile'> {
  const name = lastName(typescript.isCallExpression(node) ? node.expression : node.tag);
  if (/^\$queryRaw(?:Unsafe)?$/.test(name)) return { profile: 'prisma-query' };
  // A template may be run by the call that it is given to: execute(sql<Row>`SELECT …`).
  const { parent } = node;
  const isGiven = typescript.isTaggedTemplateExpression(node) && typescript.isCallExpression(parent);
  const runner = isGiven ? lastName(parent.expression) : name;
  const isDrizzle = runner === 'execute' && /['"]drizzle-orm\b/.test(node.getSourceFile().text);
  return isDrizzle ? { profile: 'drizzle-query' } : {};
}

/** The type that a value is read as: by a cast, by the variable that it is assigned to, or by the function's result. */
function rowOfValue(typescript: TypeScript, value: ts.Node): RowParts | undefined {
  const { node, isAwaited, isTaken } = sameRow(typescript, value);
  const { parent } = node;
  const type = typeAt(typescript, parent, node);
  // What nobody awaits is a promise, or the statement itself: const query: SQLStatement = SQL`SELECT …`.
  if (type) return isAwaited || /^Promise\b/.test(type.getText()) ? readAs(typescript, { type, isTaken }) : undefined;
  if (!isAwaited || !typescript.isVariableDeclaration(parent) || parent.type) return undefined;
  const block = blockAround(typescript, parent);
  const reads = block && typedValues(typescript, block);
  const isBound = !typescript.isIdentifier(parent.name);
  const [read] = boundNames(typescript, parent.name).flatMap((name) => reads?.get(name) ?? []);
  return read && readAs(typescript, { ...read, isTaken: read.isTaken || isBound });
}

/** The largest expression that still gives a row, or rows, that an expression in it gives. */
function sameRow(typescript: TypeScript, value: ts.Node) {
  let node = value;
  let isAwaited = false;
  let isTaken = false;
  while (isSameRow(typescript, node.parent, node)) {
    node = node.parent;
    isAwaited ||= typescript.isAwaitExpression(node);
    isTaken ||= typescript.isPropertyAccessExpression(node) || typescript.isElementAccessExpression(node);
  }
  return { node, isAwaited, isTaken };
}

/** The type that code gives a value, and whether the value is taken out of an answer: `result.rows[0]`. */
interface ReadAs {
  readonly type: ts.TypeNode;
  readonly isTaken: boolean;
}

/**
 * The row of a type that code gives a value. A function may answer with more than rows, so an object that is written in
 * place, `as { total: number }`, is one only in a list, or where the value is taken out of the answer.
 */
function readAs(typescript: TypeScript, { type, isTaken }: ReadAs): RowParts {
  const { inline, ...named } = rowParts(typescript, type);
  return { ...named, inline: inline.filter((part) => isTaken || isListed(typescript, part, type)) };
}

function isListed(typescript: TypeScript, part: RowPart, type: ts.TypeNode): boolean {
  for (let node: ts.Node = part; node !== type; node = node.parent) {
    // A type that the function declares has a name, as those of rows have.
    if (typescript.isSourceFile(node)) return true;
    const { parent } = node;
    if (typescript.isArrayTypeNode(parent) || typescript.isTupleTypeNode(parent)) return true;
    const isOfType = typescript.isTypeReferenceNode(parent) && lastName(parent.typeName);
    if (isOfType && isOfType !== 'Promise' && isOfType !== 'Readonly') return true;
  }
  return false;
}

/** Whether an expression gives the rows that an expression in it gives: `(await …).rows[0]`, `… ?? null`. */
function isSameRow(typescript: TypeScript, outer: ts.Node, inner: ts.Node): boolean {
  if (
    typescript.isParenthesizedExpression(outer) ||
    typescript.isAwaitExpression(outer) ||
    typescript.isNonNullExpression(outer)
  )
    return true;
  if (typescript.isAsExpression(outer)) return /^(?:unknown|any)$/.test(outer.type.getText());
  if (typescript.isPropertyAccessExpression(outer)) return outer.name.text === 'rows';
  if (typescript.isElementAccessExpression(outer)) return /^\d+$/.test(outer.argumentExpression.getText());
  if (typescript.isBinaryExpression(outer))
    return outer.left === inner && /^(?:\?\?|\|\|)$/.test(outer.operatorToken.getText());
  return typescript.isConditionalExpression(outer) && outer.condition !== inner;
}

/** The type that the code gives a value where it stands. */
function typeAt(typescript: TypeScript, parent: ts.Node, value: ts.Node): ts.TypeNode | undefined {
  if (typescript.isAsExpression(parent)) return parent.type;
  if (typescript.isVariableDeclaration(parent)) return parent.type;
  if (typescript.isPropertyAccessExpression(parent)) return typeOfEach(typescript, parent);
  const isResult =
    typescript.isReturnStatement(parent) || (typescript.isArrowFunction(parent) && parent.body === value);
  return isResult ? functionAround(typescript, value)?.type : undefined;
}

const callsForEach = /^(?:map|flatMap|forEach|filter|find|findIndex|some|every)$/;

/** The type that a function takes each row as: `result.rows.map((row: Row) => …)`. */
function typeOfEach(typescript: TypeScript, { name, parent }: ts.PropertyAccessExpression): ts.TypeNode | undefined {
  if (!callsForEach.test(name.text) || !typescript.isCallExpression(parent)) return undefined;
  const [callback] = parent.arguments;
  return callback && typescript.isFunctionLike(callback) ? callback.parameters[0]?.type : undefined;
}

function functionAround(typescript: TypeScript, value: ts.Node): ts.SignatureDeclaration | undefined {
  let { parent } = value;
  while (parent && !typescript.isFunctionLike(parent)) parent = parent.parent;
  return parent;
}

function blockAround(typescript: TypeScript, node: ts.Node): ts.Block | undefined {
  let { parent } = node;
  while (parent && !typescript.isBlock(parent)) parent = parent.parent;
  return parent;
}

/** Names that a declaration gives to rows: `result`, `{ rows }`, `[row]`. */
function boundNames(typescript: TypeScript, name: ts.BindingName): readonly string[] {
  if (typescript.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => {
    if (!typescript.isBindingElement(element)) return [];
    const isRows =
      typescript.isArrayBindingPattern(name) || (element.propertyName ?? element.name).getText() === 'rows';
    return isRows ? boundNames(typescript, element.name) : [];
  });
}

type TypedValues = ReadonlyMap<string, ReadAs>;

/** What each block was found to say; a block with many queries is searched once. */
const known = new WeakMap<ts.Block, TypedValues>();

/**
 * The types of rows that code in a block gives to variables: `rows` of `rows as Row[]` and of `const all: Row[] = rows`,
 * and `result` of `const row = result.rows[0]`, where the function returns `row`.
 */
function typedValues(typescript: TypeScript, block: ts.Block): TypedValues {
  const before = known.get(block);
  if (before) return before;
  const found = new Map<string, ReadAs>();
  const copies: { readonly from: string; readonly to: readonly string[]; readonly isTaken: boolean }[] = [];
  const pending: ts.Node[] = [block];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (typescript.isIdentifier(node) && !found.has(node.text)) {
      const { node: value, isTaken } = sameRow(typescript, node);
      const { parent } = value;
      const type = typeAt(typescript, parent, value);
      if (type && isSaid(rowParts(typescript, type))) found.set(node.text, { type, isTaken });
      if (!type && typescript.isVariableDeclaration(parent) && parent.initializer === value)
        copies.push({ from: node.text, to: boundNames(typescript, parent.name), isTaken });
    }
    const children: ts.Node[] = [];
    typescript.forEachChild(node, (child) => void children.push(child));
    for (const child of children.reverse()) pending.push(child);
  }
  // A copy of a copy stands behind it.
  for (const { from, to, isTaken } of copies.reverse()) {
    const [copy] = to.flatMap((name) => found.get(name) ?? []);
    if (copy && !found.has(from)) found.set(from, { type: copy.type, isTaken: copy.isTaken || isTaken });
  }
  known.set(block, found);
  return found;
}
