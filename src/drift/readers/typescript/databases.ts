import type ts from '@typescript/typescript6';
import type { Declaration, Scope } from './shape.js';
import type { UsedDatabase } from './uses.js';

/**
 * A table in a type that lists tables, such as Kysely's `interface DB { tasks: TasksTable; notes: { id: string } }`.
 */
export interface ListedTable {
  readonly table: string;
  readonly database: Declaration;
  readonly type: ts.TypeNode;
}

const usualNames = new Set(['DB', 'Database']);

/**
 * The types that list tables: those of the usual names, those that the code hands to Kysely or Knex, and what they are
 * made of.
 */
export function databasesOf(
  scope: Scope,
  found: readonly Declaration[],
  used: readonly UsedDatabase[],
): ReadonlySet<Declaration> {
  const { ts } = scope;
  const foreign = new Set(used.filter((one) => isForeign(scope, one, used)).map(({ type }) => declared(scope, type)));
  const known = new Set([
    ...found.filter(
      ({ name, node }) =>
        (usualNames.has(name) && !holdsValue(ts, node)) || isPart(ts, name, node) || isOfKnex(ts, name, node),
    ),
    // TypeORM has a SelectQueryBuilder too, of a class.
    ...used.flatMap(({ type }) => declared(scope, type) ?? []).filter(({ node }) => !ts.isClassDeclaration(node)),
  ]);
  for (const one of foreign) if (one) known.delete(one);
  // Walking a set visits what is added meanwhile, so that parts of parts are found too.
  for (const { node } of known) for (const part of partsOf(scope, node)) known.add(part);
  return known;
}

/** Whether a type has a member that is a single value, as no type that lists tables has: `{ tenantId: string }`. */
function holdsValue(typescript: Scope['ts'], node: Declaration['node']): boolean {
  const type = typescript.isTypeAliasDeclaration(node) ? node.type : node;
  if (!typescript.isInterfaceDeclaration(type) && !typescript.isTypeLiteralNode(type)) return false;
  const { StringKeyword, NumberKeyword, BooleanKeyword } = typescript.SyntaxKind;
  return type.members.some(
    (member) =>
      typescript.isPropertySignature(member) &&
      [StringKeyword, NumberKeyword, BooleanKeyword].some((kind) => kind === member.type?.kind),
  );
}

const declared = ({ names }: Scope, type: ts.TypeReferenceNode) => names.find(type.typeName.getText(), type);

/** Whether each `new Kysely` over a type is for another database: `new Kysely<Old>({ dialect: new MysqlDialect(…) })`. */
function isForeign(scope: Scope, one: UsedDatabase, used: readonly UsedDatabase[]): boolean {
  const isSame = ({ type }: UsedDatabase) => declared(scope, type) === declared(scope, one.type);
  return one.dialect === 'other' && !used.some((other) => other.dialect === 'postgres' && isSame(other));
}

/** Whether an interface is a part of a database by its name, `BillingDB`, `TableTypeMap`, and holds only tables. */
function isPart(typescript: Scope['ts'], name: string, node: ts.Node): boolean {
  return (
    /DB$|Table\w*Map$/.test(name) &&
    typescript.isInterfaceDeclaration(node) &&
    node.members.length > 0 &&
    node.members.every((member) => holdsTable(typescript, member, name.endsWith('DB') ? /Table$/ : /./))
  );
}

/** The types that a database is made of: `interface DB extends A`, `type DB = A & B`, `{ [T in keyof A]: A[T] }`. */
function partsOf({ ts, names }: Scope, node: ts.Node): readonly Declaration[] {
  const find = (name: ts.Node): readonly Declaration[] => {
    const declared = names.find(name.getText(), name);
    return declared ? [declared] : [];
  };
  if (ts.isInterfaceDeclaration(node))
    return (node.heritageClauses ?? []).flatMap(({ types }) => types.flatMap(({ expression }) => find(expression)));
  if (!ts.isTypeAliasDeclaration(node)) return [];
  if (ts.isMappedTypeNode(node.type)) {
    const keys = node.type.typeParameter.constraint;
    const mapped = keys && ts.isTypeOperatorNode(keys) ? keys.type : undefined;
    return mapped && ts.isTypeReferenceNode(mapped) ? find(mapped.typeName) : [];
  }
  const types = ts.isIntersectionTypeNode(node.type) ? node.type.types : [node.type];
  return types.flatMap((type) => (ts.isTypeReferenceNode(type) ? find(type.typeName) : []));
}

/** Whether an interface is in `declare module 'knex/types/tables'`, by which Knex learns what tables hold. */
function isOfKnex(typescript: Scope['ts'], name: string, node: ts.Node): boolean {
  const module = node.parent?.parent;
  return (
    name === 'Tables' &&
    module !== undefined &&
    typescript.isModuleDeclaration(module) &&
    module.name.text === 'knex/types/tables'
  );
}

function holdsTable(typescript: Scope['ts'], member: ts.TypeElement, called: RegExp): boolean {
  return (
    typescript.isPropertySignature(member) &&
    member.type !== undefined &&
    typescript.isTypeReferenceNode(member.type) &&
    called.test(member.type.typeName.getText())
  );
}

export function listedTables(
  scope: Scope,
  found: readonly Declaration[],
  databases: ReadonlySet<Declaration>,
): readonly ListedTable[] {
  const { ts } = scope;
  return found.flatMap((database) => {
    const { node } = database;
    if (!databases.has(database)) return [];
    const type = ts.isTypeAliasDeclaration(node) ? node.type : undefined;
    const lists = type && ts.isIntersectionTypeNode(type) ? type.types : [type ?? node];
    const members = lists.flatMap((list): readonly ts.TypeElement[] =>
      ts.isInterfaceDeclaration(list) || ts.isTypeLiteralNode(list) ? list.members : [],
    );
    return members.flatMap((member) => {
      if (!ts.isPropertySignature(member) || !member.type || isOfSupabase(scope, database, member)) return [];
      const table = tableKey(scope, member.name);
      return table === undefined ? [] : [{ table, database, type: rowOf(scope, member.type) }];
    });
  });
}

/**
 * Whether a member of a database type is one of those that Supabase generates: a schema, `public: { Tables: { … } }`,
 * whose rows are read as JSON, or what it notes beside the schemas, `__InternalSupabase`.
 */
function isOfSupabase({ ts }: Scope, { name }: Declaration, { name: key, type }: ts.PropertySignature): boolean {
  const members = type && ts.isTypeLiteralNode(type) ? type.members : [];
  const isSchema = members.some((member) => member.name?.getText() === 'Tables');
  return name === 'Database' && (isSchema || key.getText() === '__InternalSupabase');
}

/** Name of a table as a key: `users`, `'billing.users'`, or `[usersTable]` of a constant. */
function tableKey({ ts, names }: Scope, name: ts.PropertyName): string | undefined {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) return name.text;
  if (!ts.isComputedPropertyName(name)) return undefined;
  const declared = names.find(name.expression.getText(), name)?.node;
  const value = declared && ts.isVariableDeclaration(declared) ? declared.initializer : name.expression;
  const text = value && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value)) ? value.expression : value;
  return text && ts.isStringLiteralLike(text) ? text.text : undefined;
}

/** The type of a table's rows: Knex has `CompositeTableType<Row, Insert, Update>`. */
function rowOf({ ts }: Scope, type: ts.TypeNode): ts.TypeNode {
  if (!ts.isTypeReferenceNode(type) || !/(?:^|\.)CompositeTableType$/.test(type.typeName.getText())) return type;
  return type.typeArguments?.[0] ?? type;
}
