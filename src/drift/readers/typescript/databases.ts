import type ts from '@typescript/typescript6';
import type { Declaration, Scope } from './shape.js';

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
 * Names of the types that list tables: the usual ones, those that they are mapped from, and parts of a database such as
 * `BillingDB` that hold nothing but tables.
 */
export function databaseNames(
  { ts }: Scope,
  found: readonly Declaration[],
  used: ReadonlySet<string>,
): ReadonlySet<string> {
  const mapped = found
    .filter(({ name }) => usualNames.has(name))
    .flatMap(({ node }) => {
      const type =
        ts.isTypeAliasDeclaration(node) && ts.isMappedTypeNode(node.type)
          ? node.type.typeParameter.constraint
          : undefined;
      return type && ts.isTypeOperatorNode(type) && ts.isTypeReferenceNode(type.type)
        ? [type.type.typeName.getText()]
        : [];
    });
  const parts = found.filter(
    ({ name, node }) =>
      name.endsWith('DB') &&
      ts.isInterfaceDeclaration(node) &&
      node.members.length > 0 &&
      node.members.every((member) => holdsTable(ts, member)),
  );
  const known = new Set([...usualNames, ...mapped, ...used, ...parts.map(({ name }) => name)]);
  const parents = found.filter(({ name }) => known.has(name)).flatMap(({ node }) => partsOf(ts, node));
  const knex = found.filter(({ name, node }) => name === 'Tables' && isOfKnex(ts, node));
  return new Set([...known, ...parents, ...knex.map(({ name }) => name)]);
}

/** Names of the types that a database is made of: `interface DB extends A`, `type DB = A & B`. */
function partsOf(typescript: Scope['ts'], node: ts.Node): readonly string[] {
  if (typescript.isInterfaceDeclaration(node))
    return (node.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression.getText()));
  if (!typescript.isTypeAliasDeclaration(node)) return [];
  const types = typescript.isIntersectionTypeNode(node.type) ? node.type.types : [node.type];
  return types.flatMap((type) => (typescript.isTypeReferenceNode(type) ? [type.typeName.getText()] : []));
}

/** Whether an interface is in `declare module 'knex/types/tables'`, by which Knex learns what tables hold. */
function isOfKnex(typescript: Scope['ts'], node: ts.Node): boolean {
  const module = node.parent?.parent;
  return module !== undefined && typescript.isModuleDeclaration(module) && module.name.text === 'knex/types/tables';
}

function holdsTable(typescript: Scope['ts'], member: ts.TypeElement): boolean {
  return (
    typescript.isPropertySignature(member) &&
    member.type !== undefined &&
    typescript.isTypeReferenceNode(member.type) &&
    /Table$/.test(member.type.typeName.getText())
  );
}

export function listedTables(
  scope: Scope,
  found: readonly Declaration[],
  databases: ReadonlySet<string>,
): readonly ListedTable[] {
  const { ts } = scope;
  return found.flatMap((database) => {
    const { name, node } = database;
    if (!databases.has(name)) return [];
    const type = ts.isTypeAliasDeclaration(node) ? node.type : undefined;
    const lists = type && ts.isIntersectionTypeNode(type) ? type.types : [type ?? node];
    const members = lists.flatMap((list): readonly ts.TypeElement[] =>
      ts.isInterfaceDeclaration(list) || ts.isTypeLiteralNode(list) ? list.members : [],
    );
    return members.flatMap((member) => {
      if (!ts.isPropertySignature(member) || !member.type) return [];
      const table = tableKey(scope, member.name);
      return table === undefined ? [] : [{ table, database, type: rowOf(scope, member.type) }];
    });
  });
}

/** Name of a table as a key: `users`, `'billing.users'`, or `[usersTable]` of a constant. */
function tableKey({ ts, declarations }: Scope, name: ts.PropertyName): string | undefined {
  if (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) return name.text;
  if (!ts.isComputedPropertyName(name)) return undefined;
  const declared = declarations.get(name.expression.getText())?.node;
  const value = declared && ts.isVariableDeclaration(declared) ? declared.initializer : name.expression;
  const text = value && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value)) ? value.expression : value;
  return text && ts.isStringLiteralLike(text) ? text.text : undefined;
}

/** The type of a table's rows: Knex has `CompositeTableType<Row, Insert, Update>`. */
function rowOf({ ts }: Scope, type: ts.TypeNode): ts.TypeNode {
  if (!ts.isTypeReferenceNode(type) || !/(?:^|\.)CompositeTableType$/.test(type.typeName.getText())) return type;
  return type.typeArguments?.[0] ?? type;
}
