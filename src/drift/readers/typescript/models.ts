import type { DeclaredModel, GivenColumns, Role, TableHint, Unread } from '../../declared.js';
import { append } from '../../group.js';
import { attributesOf } from './active-records.js';
import { commentedTable } from './commented-table.js';
import { textOf } from './constants.js';
import { databasesOf, type ListedTable, listedTables } from './databases.js';
import { definedModel } from './defined-models.js';
import { entityOf, entityTable, fieldsOf, profileOf } from './entities.js';
import { givenColumns } from './given-columns.js';
import { type InlineRow, inlineModel } from './inline-rows.js';
import { extended } from './lineage.js';
import { isKeyed, membersOf, membersOfType } from './members.js';
import { leave, noVisits } from './once.js';
import { isActiveRecord, staticTable, unknownParent } from './parents.js';
import { type RowTables, rowTablesOf } from './row-tables.js';
import { type Declaration, lineOf, type Member, type Names, type Scope, type TypeScript } from './shape.js';
import type { Uses } from './uses.js';
import { isZodObject } from './zod.js';

/** Everything that models are built from: all declarations, and which of them list tables. */
interface Context extends RowTables {
  readonly scope: Scope;
  readonly databases: ReadonlySet<Declaration>;
  /** Names of the declarations that inherit from a declaration. */
  readonly heirs: ReadonlyMap<Declaration, readonly string[]>;
  /** What TypeORM puts before the names of tables. */
  readonly entityPrefix: string;
}

interface Built {
  readonly models: readonly DeclaredModel[];
  readonly unread: readonly Unread[];
}

export function buildModels(
  typescript: TypeScript,
  names: Names,
  found: readonly Declaration[],
  uses: Uses,
): Built & { readonly given: readonly GivenColumns[] } {
  const scope: Scope = {
    ts: typescript,
    names,
    visits: noVisits(),
    columnMakers: uses.columnMakers,
    converters: uses.converters,
    functions: uses.functions,
    attributes: attributesOf(names, uses.attributes),
  };
  const databases = databasesOf(scope, found, uses.databases);
  const tables = listedTables(scope, found, databases);
  const rowTables = rowTablesOf(scope, found, tables, uses);
  const [entityPrefix = ''] = uses.entityPrefixes.flatMap((prefix) => textOf(scope, prefix) ?? []);
  const heirs = inheritance(scope, found);
  const context: Context = { scope, databases, heirs, entityPrefix, ...rowTables };
  const built = [
    ...found.map((declaration) => shallow(scope, declaration, () => declaredModel(context, declaration))),
    ...tables.map((table) => shallow(scope, { ...table.database, name: table.table }, () => tableModel(scope, table))),
    ...uses.inlineRows.map((row) => shallow(scope, row, () => rowModel(scope, row))),
  ];
  return {
    models: [
      ...built.flatMap(({ models }) => models).filter(({ fields }) => fields.length > 0),
      ...uses.definitions.flatMap((definition) => definedModel(scope, definition, uses.belongings)),
    ],
    unread: built.flatMap(({ unread }) => unread),
    given: givenColumns(scope, uses.writtenBeside),
  };
}

/** Runs a reader that recurses over a type; a type that is nested deeper than the stack becomes unread. */
function shallow(
  { visits }: Scope,
  { name, file, line }: Pick<Declaration, 'name' | 'file' | 'line'>,
  build: () => Built,
): Built {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    leave(visits);
    return { models: [], unread: [{ name, file, line, reason: 'it is nested too deeply', broken: true }] };
  }
}

function declaredModel(context: Context, declaration: Declaration): Built {
  const { scope } = context;
  const construct = constructOf(scope, declaration);
  const members = construct === undefined ? undefined : membersOf(scope, declaration);
  if (construct !== undefined && members)
    return { models: [buildModel(context, declaration, construct, members)], unread: [] };
  const reason = construct === undefined ? undefined : unreadReason(scope, declaration);
  const { name, file, line } = declaration;
  return { models: [], unread: reason === undefined ? [] : [{ name, file, line, reason, broken: false }] };
}

/**
 * Model of a table whose type is written in the database type itself. A declared type is a model on its own, and a type
 * that no given file declares is skipped.
 */
function tableModel(scope: Scope, { table, database, type }: ListedTable): Built {
  const fields = membersOfType(scope, type);
  if (scope.ts.isTypeReferenceNode(type) && (!fields || scope.names.find(type.typeName.getText(), type)))
    return { models: [], unread: [] };
  const place = { name: table, file: database.file, line: lineOf(scope, type) };
  if (!fields)
    return { models: [], unread: [{ ...place, reason: 'its table type is not written out', broken: false }] };
  const model: DeclaredModel = {
    ...place,
    path: `${database.name}.${table}`,
    language: 'typescript',
    construct: 'type',
    profile: 'typescript',
    tables: [{ table, by: 'the DB interface' }],
    role: { kind: 'row' },
    readsRows: true,
    inserts: true,
    fields,
  };
  return { models: [model], unread: [] };
}

function rowModel(scope: Scope, row: InlineRow): Built {
  const model = inlineModel(scope, row);
  return { models: model ? [model] : [], unread: [] };
}

/** Why something that looks like a model has no fields to read. */
function unreadReason(scope: Scope, { node }: Declaration): string | undefined {
  if (scope.ts.isVariableDeclaration(node)) return 'its zod schema is not written out';
  // A type with parameters makes models and is none itself.
  return scope.ts.isTypeAliasDeclaration(node) && !node.typeParameters && isKeyed(scope, node.type)
    ? 'the names of its fields are not written out'
    : undefined;
}

function inheritance(scope: Scope, found: readonly Declaration[]): Context['heirs'] {
  const { ts, names } = scope;
  const heirs = new Map<Declaration, string[]>();
  for (const { name, node } of found) {
    if (!ts.isInterfaceDeclaration(node) && !ts.isClassDeclaration(node)) continue;
    for (const { expression } of extended(scope, node)) {
      const parent = names.find(expression.getText(), expression);
      if (parent) append(heirs, parent, name);
    }
  }
  return heirs;
}

/**
 * The kind of model that a declaration is: `interface`, `class`. Undefined for what is no model: enums, functions,
 * constants, aliases of single values, and types that another library derives.
 */
function constructOf(scope: Scope, { node }: Declaration): string | undefined {
  const { ts } = scope;
  if (ts.isInterfaceDeclaration(node)) return 'interface';
  if (ts.isClassDeclaration(node)) return 'class';
  if (ts.isTypeAliasDeclaration(node)) return 'type';
  return ts.isVariableDeclaration(node) && isZodObject(scope, node.initializer) ? 'zod object' : undefined;
}

function buildModel(
  context: Context,
  declaration: Declaration,
  construct: string,
  members: readonly Member[],
): DeclaredModel {
  const { scope, databases, heirs } = context;
  const { name, file, line, node } = declaration;
  const listed = context.listed.get(declaration);
  const inheritedBy = heirs.get(declaration);
  const queried = context.rows.get(declaration);
  const mapped = context.mapped.get(declaration);
  const entity = entityOf(scope, node);
  const commented = commentedTable(scope.ts, declaration);
  const takesFrom = unknownParent(scope, node);
  const isRecord = entity === undefined && (isActiveRecord(scope, node) || staticTable(scope, node) !== undefined);
  const { fields, filled: ofLibrary } = fieldsOf(scope, node, members, {
    entity,
    isRecord,
    isListed: listed !== undefined,
    isJoined: context.joined.has(declaration),
    supplied: context.supplied.get(declaration) ?? new Set(),
  });
  const given = context.inserted.get(queried ?? '');
  const filled = [...ofLibrary, ...(given ?? [])];
  const isStored = fields.some(({ skipped }) => skipped === undefined);
  const inserts = (entity !== undefined && isStored) || isRecord || listed !== undefined || given !== undefined;
  return {
    name,
    path: name,
    language: 'typescript',
    file,
    line,
    construct,
    profile: profileOf(scope, entity, node),
    tables: [
      ...(entity ? [entityTable(entity, context.entityPrefix)] : []),
      ...tableHints(context, declaration, commented),
    ],
    // Whatever an entity is called, rows of its table are read into it.
    role: entity || isRecord ? { kind: 'row' } : roleOf(name, databases.has(declaration)),
    readsRows: isRecord || entity !== undefined || (listed ?? mapped ?? queried) !== undefined,
    ...(inserts ? { inserts: true as const } : {}),
    ...(commented && !commented.mentioned ? { covers: 'table' as const } : {}),
    ...(takesFrom === undefined ? {} : { takesFrom }),
    ...(filled.length === 0 ? {} : { filled }),
    fields,
    ...(inheritedBy ? { inheritedBy } : {}),
  };
}

/** The tables that the code names for a type, the most explicit name first. */
function tableHints(
  { scope, listed, mapped, rows }: Context,
  declaration: Declaration,
  commented: TableHint | undefined,
): readonly TableHint[] {
  const hints: readonly (readonly [string | undefined, string])[] = [
    [listed.get(declaration), 'the DB interface'],
    [mapped.get(declaration), 'the map of tables'],
    [rows.get(declaration), 'a query for its rows'],
    [staticTable(scope, declaration.node), 'its tableName'],
  ];
  return [
    ...hints.flatMap(([table, by]) => (table === undefined ? [] : [{ table, by }])),
    ...(commented ? [commented] : []),
  ];
}

function roleOf(name: string, isDatabase: boolean): Role {
  if (isDatabase) return { kind: 'other', reason: 'it lists the tables of a database' };
  if (/^(New|Create|Insert|Insertable)[A-Z]|(Insert|Insertable|CreateInput|Create|Input)$/.test(name))
    return { kind: 'insert', reason: 'its name says so' };
  if (/^(Update|Updateable|Patch)[A-Z]|(Update|Updateable|UpdateInput|Patch)$/.test(name))
    return { kind: 'update', reason: 'its name says so' };
  return { kind: 'row' };
}
