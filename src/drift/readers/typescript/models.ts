import type { DeclaredModel, Role, TableHint, Unread } from '../../declared.js';
import { tableInDoc } from '../names.js';
import { databaseNames, listedTables } from './databases.js';
import { decoratorFacts } from './decorators.js';
import { isKeyed, membersOf, membersOfType } from './members.js';
import { lineOf, type Declaration, type Member, type Scope, type TypeScript } from './shape.js';
import { isZodObject } from './zod.js';

export function buildModels(typescript: TypeScript, found: readonly Declaration[]): { readonly models: readonly DeclaredModel[]; readonly unread: readonly Unread[] } {
  const scope: Scope = { ts: typescript, declarations: byUniqueName(found), visiting: new Set() };
  const databases = databaseNames(scope, found);
  const tables = listedTables(scope, found, databases);
  const listed = new Map(tables.flatMap(({ table, type }) => (scope.ts.isTypeReferenceNode(type) ? [[type.typeName.getText(), table] as const] : [])));
  const heirs = inheritance(scope, found);
  const models: DeclaredModel[] = [];
  const unread: Unread[] = [];
  for (const declaration of found) {
    const construct = constructOf(scope, declaration);
    if (construct === undefined) continue;
    const members = membersOf(scope, declaration);
    if (members) models.push({ ...buildModel(scope, declaration, construct, members, listed.get(declaration.name), databases), ...heirs(declaration.name) });
    const reason = members ? undefined : unreadReason(scope, declaration);
    if (reason !== undefined) unread.push({ name: declaration.name, file: declaration.file, line: declaration.line, reason, broken: false });
  }
  for (const { table, database, type } of tables) {
    const fields = membersOfType(scope, type);
    // What is declared is a model of its own; what no given file declares is no concern of this one.
    if (scope.ts.isTypeReferenceNode(type) && (!fields || scope.declarations.has(type.typeName.getText()))) continue;
    const place = { name: table, file: database.file, line: lineOf(scope, type) };
    if (!fields) unread.push({ ...place, reason: 'its table type is not written out', broken: false });
    else {
      const hint = { table, by: 'the DB interface' };
      models.push({ ...place, path: `${database.name}.${table}`, language: 'typescript', construct: 'type', profile: 'typescript', tables: [hint], role: { kind: 'row' }, readsRows: true, fields });
    }
  }
  return { models: models.filter(({ fields }) => fields.length > 0), unread };
}

/** Why something that looks like a model has no fields to read. */
function unreadReason(scope: Scope, { node }: Declaration): string | undefined {
  if (scope.ts.isVariableDeclaration(node)) return 'its zod schema is not written out';
  // What has parameters makes models, and is none.
  return scope.ts.isTypeAliasDeclaration(node) && !node.typeParameters && isKeyed(scope, node.type) ? 'the names of its fields are not written out' : undefined;
}

/** Two of one name cannot be told apart without resolving imports; an interface and a class may merge, the first stands. */
function byUniqueName(found: readonly Declaration[]): ReadonlyMap<string, Declaration> {
  const names = new Map<string, Declaration>();
  const files = new Map<string, Set<string>>();
  for (const declaration of found) {
    files.set(declaration.name, (files.get(declaration.name) ?? new Set()).add(declaration.file));
    if (!names.has(declaration.name)) names.set(declaration.name, declaration);
  }
  for (const [name, { size }] of files) if (size > 1) names.delete(name);
  return names;
}

function inheritance({ ts }: Scope, found: readonly Declaration[]): (name: string) => Pick<DeclaredModel, 'inheritedBy'> {
  const heirs = new Map<string, string[]>();
  for (const { name, node } of found) {
    if (!ts.isInterfaceDeclaration(node) && !ts.isClassDeclaration(node)) continue;
    const parents = (node.heritageClauses ?? []).flatMap(({ token, types }) => (token === ts.SyntaxKind.ExtendsKeyword ? types.map(({ expression }) => expression.getText()) : []));
    for (const parent of parents) heirs.set(parent, [...(heirs.get(parent) ?? []), name]);
  }
  return (name) => {
    const inheritedBy = heirs.get(name);
    return inheritedBy ? { inheritedBy } : {};
  };
}

/** Enums, functions, constants and aliases of single values are no models; neither is a type that another library derives. */
function constructOf(scope: Scope, { node }: Declaration): string | undefined {
  const { ts } = scope;
  if (ts.isInterfaceDeclaration(node)) return 'interface';
  if (ts.isClassDeclaration(node)) return 'class';
  if (ts.isTypeAliasDeclaration(node)) return 'type';
  return ts.isVariableDeclaration(node) && isZodObject(scope, node.initializer) ? 'zod object' : undefined;
}

function buildModel(scope: Scope, declaration: Declaration, construct: string, members: readonly Member[], listed: string | undefined, databases: ReadonlySet<string>): DeclaredModel {
  const { name, file, line, node, comments } = declaration;
  const entity = decoratorFacts(scope, node).find((fact) => fact.name === 'Entity' || fact.name === 'ViewEntity');
  const named = entity?.first ?? entity?.options['tableName'] ?? entity?.options['name'];
  const schema = entity?.options['schema'];
  const hints: readonly (readonly [string | undefined, string, schema?: string | undefined])[] = [
    [named, `@${entity?.name}`, schema],
    [listed, 'the DB interface'],
    [tableInDoc(comments), 'its doc comment'],
  ];
  return {
    name,
    path: name,
    language: 'typescript',
    file,
    line,
    construct,
    profile: 'typescript',
    tables: hints.flatMap(([table, by, ofSchema]): TableHint[] => (table === undefined ? [] : [{ table, by, ...(ofSchema === undefined ? {} : { schema: ofSchema }) }])),
    role: roleOf(name, databases),
    readsRows: entity !== undefined || listed !== undefined,
    fields: members,
  };
}

function roleOf(name: string, databases: ReadonlySet<string>): Role {
  if (databases.has(name)) return { kind: 'other', reason: 'it lists the tables of a database' };
  if (/^(New|Create|Insert|Insertable)[A-Z]|(Insert|Insertable|CreateInput|Create|Input)$/.test(name)) return { kind: 'insert', reason: 'it is named as one' };
  if (/^(Update|Updateable|Patch)[A-Z]|(Update|Updateable|UpdateInput|Patch)$/.test(name)) return { kind: 'update', reason: 'it is named as one' };
  return { kind: 'row' };
}
