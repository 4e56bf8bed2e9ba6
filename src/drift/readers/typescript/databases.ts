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
export function databaseNames({ ts }: Scope, found: readonly Declaration[]): ReadonlySet<string> {
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
  return new Set([...usualNames, ...mapped, ...parts.map(({ name }) => name)]);
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
  { ts }: Scope,
  found: readonly Declaration[],
  databases: ReadonlySet<string>,
): readonly ListedTable[] {
  return found.flatMap((database) => {
    const { name, node } = database;
    if (!databases.has(name)) return [];
    const list = ts.isTypeAliasDeclaration(node) ? node.type : node;
    const members: readonly ts.TypeElement[] =
      ts.isInterfaceDeclaration(list) || ts.isTypeLiteralNode(list) ? list.members : [];
    return members.flatMap((member) => {
      if (!ts.isPropertySignature(member) || !member.type) return [];
      const table = ts.isIdentifier(member.name) || ts.isStringLiteralLike(member.name) ? member.name.text : undefined;
      return table === undefined ? [] : [{ table, database, type: member.type }];
    });
  });
}
