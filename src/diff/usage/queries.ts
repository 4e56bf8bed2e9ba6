import type ts from '@typescript/typescript6';
import { lineOf, type Place, shownPath, walk } from './source.js';

/** What a query of Kysely names: a table, or a column of it. */
export interface QueryName extends Place {
  /** Name of the table in Kysely: `tasks`, `billing.invoices`. */
  readonly table: string;
  /** Absent where the query names the table alone. */
  readonly column?: string;
}

/** What the queries of a file name. */
export interface QueryNames {
  readonly names: readonly QueryName[];
  /** Nodes that name columns of known tables, so that their words are of no other. */
  readonly known: ReadonlySet<ts.Node>;
}

/** Methods whose first argument names a table, and which make a query of it. */
const tableMethods =
  /^(?:selectFrom|insertInto|updateTable|deleteFrom|replaceInto|mergeInto|using|from|(?:inner|left|right|full|cross)(?:Lateral)?Join)$/;

/** The types of Kysely that know which tables a query has: their first argument lists those of the database. */
const builders =
  /^(?:(?:Select|Insert|Update|Delete|Merge|WheneableMerge|MatchedThenableMerge)\w*Builder|ExpressionBuilder|JoinBuilder|OnConflict\w*Builder|FunctionModule|\w+FunctionBuilder)$/;

/** The names in a file's queries of Kysely, by the types of the builders that they are handed to. */
export function queryNames(compiler: typeof ts, checker: ts.TypeChecker, source: ts.SourceFile): QueryNames {
  const names: QueryName[] = [];
  const known = new Set<ts.Node>();
  const aliases = aliasesIn(compiler, source);
  const file = shownPath(source.fileName);
  walk(compiler, source, undefined, (node) => {
    const tables = compiler.isCallExpression(node) ? tablesOf(compiler, checker, node) : undefined;
    if (!tables || !compiler.isCallExpression(node)) return undefined;
    for (const { node: named, text } of node.arguments.flatMap((argument) => namedIn(compiler, checker, argument))) {
      const place = { file, line: lineOf(source, named) };
      const found = meant(text, tables, aliases).map((name) => ({ ...name, ...place }));
      names.push(...found);
      // The name of a table stays a word: a property beside it may be its column.
      if (found.every(({ column }) => column !== undefined)) known.add(named);
    }
    return undefined;
  });
  return { names, known };
}

/** The tables of the query that a call belongs to, with the types of their rows; undefined for another call. */
function tablesOf(
  compiler: typeof ts,
  checker: ts.TypeChecker,
  call: ts.CallExpression,
): ReadonlyMap<string, ts.Type> | undefined {
  const receiver = compiler.isPropertyAccessExpression(call.expression) ? call.expression.expression : call.expression;
  const own = builderTables(checker, checker.getTypeAtLocation(receiver));
  const opens = compiler.isPropertyAccessExpression(call.expression) && tableMethods.test(call.expression.name.text);
  // `db.selectFrom('tasks')` is a method of the database, and its result knows the table.
  const made = opens ? builderTables(checker, checker.getTypeAtLocation(call)) : undefined;
  return own || made ? new Map([...(own ?? []), ...(made ?? [])]) : undefined;
}

function builderTables(checker: ts.TypeChecker, type: ts.Type): ReadonlyMap<string, ts.Type> | undefined {
  const name = type.aliasSymbol?.name ?? type.symbol?.name;
  if (name === undefined || !builders.test(name)) return undefined;
  const [database, ...scopes] = type.aliasTypeArguments ?? checker.getTypeArguments(type as ts.TypeReference);
  if (!database) return undefined;
  const found = new Map<string, ts.Type>();
  for (const literal of scopes.flatMap(literalsOf)) {
    const table = database.getProperty(literal);
    if (table) found.set(literal, checker.getTypeOfSymbol(table));
  }
  return found;
}

/** The texts of a type of string literals: `'a' | 'b'`. */
function literalsOf(type: ts.Type): readonly string[] {
  if (type.isUnion()) return type.types.flatMap(literalsOf);
  return type.isStringLiteral() ? [type.value] : [];
}

interface Named {
  readonly node: ts.Node;
  readonly text: string;
}

/** The names in an argument: strings, keys of objects, and constants whose type says their text. */
function namedIn(compiler: typeof ts, checker: ts.TypeChecker, argument: ts.Expression): readonly Named[] {
  if (compiler.isStringLiteralLike(argument)) return [{ node: argument, text: argument.text }];
  if (compiler.isArrayLiteralExpression(argument))
    return argument.elements.flatMap((element) => namedIn(compiler, checker, element));
  if (compiler.isObjectLiteralExpression(argument))
    return argument.properties.flatMap((property) => namedBy(compiler, checker, property));
  if (compiler.isFunctionLike(argument) || compiler.isCallExpression(argument)) return [];
  return textsOf(compiler, checker, checker.getTypeAtLocation(argument)).map((text) => ({ node: argument, text }));
}

/** What a property of `values({ … })` names; a spread value names what its type has. */
function namedBy(
  compiler: typeof ts,
  checker: ts.TypeChecker,
  property: ts.ObjectLiteralElementLike,
): readonly Named[] {
  if (compiler.isSpreadAssignment(property)) return namedIn(compiler, checker, property.expression);
  const { name } = property;
  return compiler.isIdentifier(name) || compiler.isStringLiteralLike(name) ? [{ node: name, text: name.text }] : [];
}

/** The texts that a value of a type names: those of literals and lists of them, and the properties of an object. */
function textsOf(compiler: typeof ts, checker: ts.TypeChecker, type: ts.Type): readonly string[] {
  const literals = literalsOf(type);
  if (literals.length > 0) return literals;
  const element = checker.getIndexTypeOfType(type, compiler.IndexKind.Number);
  if (element) return textsOf(compiler, checker, element);
  const isObject = (type.flags & compiler.TypeFlags.Object) !== 0 && type.getCallSignatures().length === 0;
  return isObject ? type.getProperties().map(({ name }) => name) : [];
}

/** Aliases that a file gives to tables: `'tasks as t'` → `t` is `tasks`. */
function aliasesIn(compiler: typeof ts, source: ts.SourceFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  walk(compiler, source, undefined, (node) => {
    const [, table, alias] = compiler.isStringLiteralLike(node) ? (/^(\S+)\s+as\s+(\S+)$/i.exec(node.text) ?? []) : [];
    if (table !== undefined && alias !== undefined && !found.has(alias)) found.set(alias, table);
    return undefined;
  });
  return found;
}

/** The tables and columns that a text means in a query of these tables: `t.reason as why`, `reason`, `tasks as t`. */
function meant(
  text: string,
  tables: ReadonlyMap<string, ts.Type>,
  aliases: ReadonlyMap<string, string>,
): readonly Pick<QueryName, 'table' | 'column'>[] {
  const [name = ''] = text.split(/\s+(?:as|asc|desc)\b/i);
  const tableOf = (scope: string) => aliases.get(scope) ?? scope;
  if (tables.has(name)) return [{ table: tableOf(name) }];
  const aliased = [...tables.keys()].find((scope) => aliases.get(scope) === name);
  if (aliased !== undefined) return [{ table: name }];
  const end = name.lastIndexOf('.');
  const [scope, column] = [name.slice(0, Math.max(end, 0)), name.slice(end + 1)];
  return [...tables]
    .filter(([candidate, row]) => (scope === '' || candidate === scope) && row.getProperty(column) !== undefined)
    .map(([candidate]) => ({ table: tableOf(candidate), column }));
}
