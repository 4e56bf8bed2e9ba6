import type { DeclaredField, DeclaredModel, Role, TableHint } from '../../declared.js';
import { groupBy } from '../../group.js';
import { type CountFields, countFields } from '../count-fields.js';
import { derives } from './attributes.js';
import { crateName } from './crates.js';
import {
  type DieselTables,
  dieselTables,
  docComment,
  fieldsBeside,
  moduleNamed,
  namedBy,
  tableOf,
} from './diesel-struct.js';
import { otherBackends } from './diesel-tables.js';
import { fieldsOf, takenFrom } from './fields.js';
import { withFilledBeside } from './inserted-beside.js';
import type { DieselTable, RustItems, RustStruct, RustTypeItem } from './syntax.js';
import { asMentions, isOfQuery, tableHints } from './table-hints.js';
import { tableModel } from './table-model.js';
import { isReadAsHeld, profileOf, readingTraits, valueTraits } from './traits.js';
import type { RustNames } from './types.js';

/** Everything that models are built from: the items of all given files. */
type Items = Pick<
  RustItems,
  'structs' | 'types' | 'tables' | 'imports' | 'implementations' | 'macroCalls' | 'insertedBeside'
> & {
  /** The files whose code is for another database. */
  readonly foreign: ReadonlyMap<string, string>;
  /** The structs that no code reads rows into, although the code is given and they may derive `FromRow`. */
  readonly unread: ReadonlySet<RustStruct>;
  /** The names of the structs that statements fill by `FromRow`. */
  readonly filled: ReadonlySet<string>;
  /** The structs that no code inserts rows from, although the code is given and they derive `Insertable`. */
  readonly uninserted: ReadonlySet<RustStruct>;
  /** The modules of Diesel's tables that no query names. */
  readonly unqueried: ReadonlySet<string>;
};

interface Scope {
  readonly names: RustNames;
  readonly tables: DieselTables;
  /** Structs that code of their own takes out of a row. */
  readonly byHand: ReadonlySet<string>;
  /** Types that code of their own makes of other types: `impl From<bool> for Step`. */
  readonly converted: ReadonlySet<string>;
  readonly foreign: Items['foreign'];
  readonly unread: Items['unread'];
  readonly filled: Items['filled'];
  readonly uninserted: Items['uninserted'];
  readonly unqueried: Items['unqueried'];
  readonly macroCalls: Items['macroCalls'];
  readonly count: CountFields;
}

export function buildModels(items: Items): readonly DeclaredModel[] {
  const { structs, types, tables, implementations, macroCalls, foreign, unread } = items;
  const made = macroCalls.flatMap((call) =>
    call.made.map((name): RustTypeItem => ({ name, kind: 'made', attributes: [] })),
  );
  const backendOf = otherBackends(tables);
  const own = tables.filter(({ file }) => backendOf(file) === undefined);
  const scope: Scope = {
    names: {
      types: byUniqueName([...types, ...made]),
      structs: byUniqueName(structs.filter(({ scope }) => scope === undefined)),
      readByHand: readByHand(items),
    },
    tables: dieselTables(own, items.imports),
    converted: new Set(implementations.flatMap(({ trait, type }) => (trait === 'From' ? [type] : []))),
    byHand: new Set(implementations.filter(({ trait }) => readingTraits.has(trait)).map(({ type }) => type)),
    foreign,
    unread,
    filled: items.filled,
    uninserted: items.uninserted,
    unqueried: items.unqueried,
    macroCalls,
    count: countFields(),
  };
  const read = structs.map((struct) => buildModel(struct, scope));
  const built = withFilledBeside(read, items.insertedBeside);
  return [...built, ...tables.map((table) => insertedOnly(tableModel(table, items.unqueried), built))].map((model) => {
    const backend = model.profile === 'sqlx' ? undefined : backendOf(model.file);
    return backend === undefined ? model : { ...model, role: { kind: 'other', reason: `its path says ${backend}` } };
  });
}

/** A `table!`, marked as unread if structs insert rows into it and none reads any. */
function insertedOnly(table: DeclaredModel, structs: readonly DeclaredModel[]): DeclaredModel {
  const [named] = table.tables;
  const own = structs.filter(({ tables: [first] }) => first?.by === 'table!' && isSameTable(first, named));
  return own.length > 0 && own.every(({ inserts, readsRows }) => inserts && !readsRows)
    ? { ...table, unread: true }
    : table;
}

const isSameTable = (one: TableHint, other: TableHint | undefined) =>
  one.table === other?.table && one.schema === other.schema;

/**
 * Types with code of their own that reads them from a column: written out, or, where no derive does it, in a macro that
 * is called with the type, `json_wrapper!(Tags)`.
 */
function readByHand({ types, implementations, macroCalls }: Items): ReadonlySet<string> {
  const derived = new Set(types.flatMap(({ name, attributes }) => (isReadAsHeld(attributes) ? [name] : [])));
  return new Set([
    ...implementations.filter(({ trait }) => valueTraits.has(trait)).map(({ type }) => type),
    ...macroCalls.flatMap(({ argument = '' }) => (derived.has(argument) ? [] : [argument])),
  ]);
}

/**
 * Items by name. A name that two modules declare is left out: without resolving imports nobody knows which is meant.
 */
function byUniqueName<Item extends { readonly name: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  const named = groupBy(items, ({ name }) => name);
  return new Map([...named].flatMap(([name, [item, other]]) => (item && !other ? [[name, item] as const] : [])));
}

function buildModel(struct: RustStruct, scope: Scope): DeclaredModel {
  const { names, tables, converted, foreign, unread, count } = scope;
  const database = foreign.get(struct.file);
  const traits = derives(struct.attributes);
  const isRead = database === undefined && !unread.has(struct);
  const readsRows = isRead && traits.some((trait) => readingTraits.has(trait));
  const made = readsRows ? [] : struct.fields.filter(({ type }) => converted.has(type.name)).map(({ name }) => name);
  const fields = fieldsOf(struct, names, count, 0).map((field) =>
    made.includes(field.name) ? ofAnyType(field) : field,
  );
  const byPosition = isByPosition(traits);
  const said = asMentions(tableHints(struct), traits, scope);
  const { table: ofTable, hints } = profileOf(struct) === 'diesel' ? tableOf(struct, said, tables) : { hints: said };
  const takesFrom = takenFrom(struct, names);
  const elsewhere =
    database === undefined ? readElsewhere(struct, hints, scope, ofTable) : `its code is for ${database}`;
  return {
    name: nameOf(struct),
    path: struct.path,
    language: 'rust',
    file: struct.file,
    line: struct.line,
    package: crateName(struct.file),
    ...(struct.scope === undefined ? { twinKey: `${struct.file} ${struct.path}` } : {}),
    ...(struct.scope === undefined ? {} : { scope: struct.scope }),
    construct: struct.isTuple ? 'tuple' : 'struct',
    profile: profileOf(struct),
    tables: ofTable ? [...asMentions([namedBy(ofTable)], traits, scope), ...hints] : hints,
    role: elsewhere === undefined ? usedRole(struct, scope) : { kind: 'other', reason: elsewhere },
    readsRows,
    ...(struct.isTuple ? { isInline: true as const, isTuple: true as const } : {}),
    ...(unread.has(struct) ? { unread: true as const } : {}),
    ...(byPosition && !ofTable ? { covers: 'position' as const } : {}),
    ...(hints.some(({ by, mentioned }) => by === docComment && !mentioned) ? { covers: 'table' as const } : {}),
    ...(inserting.some((trait) => traits.includes(trait)) ? { inserts: true as const } : {}),
    ...(takesFrom === undefined ? {} : { takesFrom }),
    ...preambleOf(struct),
    fields: ofTable ? fieldsBeside(fields, ofTable, byPosition) : fields,
  };
}

/**
 * A field of an enum that code of its own makes of another type: of the libraries only `query_as!` fills a struct
 * without a derive, and it converts each value with `into()`.
 */
function ofAnyType({ type, ...field }: DeclaredField): DeclaredField {
  return { ...field, type: type.category === 'enum' ? { ...type, name: type.text, category: 'unknown' } : type };
}

function preambleOf({ attributes }: RustStruct): Pick<DeclaredModel, 'preamble'> {
  const preamble = attributes.flatMap(({ text }) => text ?? []);
  return preamble.length === 0 ? {} : { preamble };
}

/** Traits of structs whose rows are selected by the names of their columns. */
const byName = new Set(['Selectable', 'HasQuery', 'QueryableByName']);
const isByPosition = (traits: readonly string[]) =>
  traits.includes('Queryable') && !traits.some((trait) => byName.has(trait));
/** Traits that read rows of a table, so that `FromQueryResult` beside them does not show that only other queries do. */
const readsTables = new Set(['DeriveEntityModel', 'DerivePartialModel', 'FromRow']);
const inserting = ['Insertable', 'DeriveEntityModel', 'DeriveIntoActiveModel'];

/** Name of a struct; every entity of SeaORM is called `Model`, so its file's name tells which one it is. */
function nameOf({ name, path, file }: RustStruct): string {
  if (name !== 'Model') return name;
  const module = path.split('::').at(-2) ?? file.replace(/^.*\//, '').replace(/\.rs$/, '');
  return `${module}::Model`;
}

/** Why a struct is not filled with the columns of one table; undefined if it is, or if nothing shows that it is not. */
function readElsewhere(
  struct: RustStruct,
  hints: readonly TableHint[],
  scope: Scope,
  table: DieselTable | undefined,
): string | undefined {
  const { byHand, tables } = scope;
  if (struct.isTuple) return 'a statement fills it by position';
  const traits = derives(struct.attributes);
  // Beside a derive, only another trait can be written by hand: `impl From<PgRow> for Task`.
  const isKnown = struct.isRowKnown || (traits.includes('FromRow') && scope.filled.has(struct.name));
  if (byHand.has(struct.name) && !isKnown) return 'code of its own takes it out of a row';
  const namesNone = hints.length === 0;
  if (!table && profileOf(struct) === 'diesel' && isMadeByMacro(hints, scope)) return 'a macro declares its table';
  if (isByPosition(traits) && !traits.includes('Insertable')) {
    if (table && table.columns.length !== struct.fields.length)
      return 'it is read by position, and the number of its fields is not that of the columns of its table!';
    if (!table && namesNone && tables.named.size > 0) return 'it is read by position, and names none of the tables';
  }
  if (namesNone && traits.includes('FromQueryResult') && !traits.some((trait) => readsTables.has(trait)))
    return 'a query of its own fills it';
  if (namesNone && isOfQuery(struct.attributes, struct.fields))
    return 'its fields declare what a query returns, and it names no table';
  return undefined;
}

/** Macros of Diesel that name tables which `table!` declares. */
const namingTables = /^(?:\w+\s*::\s*)?(?:joinable|allow_\w+)$/;

/** Whether a macro of the project declares the table that a struct names: `linked_tables! { view: tasks = "all_tasks" }`. */
function isMadeByMacro(hints: readonly TableHint[], { macroCalls }: Scope): boolean {
  const [module] = hints.filter(({ by }) => by !== docComment).map(({ table }) => moduleNamed(table));
  const name = module === undefined ? undefined : new RegExp(String.raw`\b${module}\b(?!\s*::)`);
  return macroCalls.some(({ macro, text }) => !namingTables.test(macro) && name?.test(text));
}

/** A word in the name of a struct that changes rows: `UpdatePostForm`, `SiteUpdateForm`. */
const changing = /(?:^|(?<=[a-z0-9]))(?:Update|Edit|Patch|Change|Changeset)(?=[A-Z]|$)/;

/** The role of a struct; for inserts without code that inserts rows from it, with that. */
function usedRole(struct: RustStruct, { uninserted }: Scope): Role {
  const role = roleOf(struct);
  return role.kind === 'insert' && uninserted.has(struct)
    ? { kind: 'insert', reason: 'no code inserts rows from it', unused: true }
    : role;
}

function roleOf({ attributes, name, fields }: RustStruct): Role {
  const traits = derives(attributes);
  const changes = traits.includes('AsChangeset');
  const isOptional = fields.every(({ type }) => type.name === 'Option');
  // Generated code derives all traits for all structs.
  if (changes && changing.test(name) && isOptional) return { kind: 'update', reason: 'its name and its fields say so' };
  if (!traits.some((trait) => readingTraits.has(trait))) {
    // One struct may derive both for convenience. What it is for, its name says, or fields that may all be left out.
    const isChange = changing.test(name) || isOptional;
    if (traits.includes('Insertable') && !(changes && isChange))
      return { kind: 'insert', reason: 'it derives Insertable and nothing that reads rows' };
    if (changes) return { kind: 'update', reason: 'it derives AsChangeset and nothing that reads rows' };
  }
  if (/^New[A-Z0-9]/.test(name)) return { kind: 'insert', reason: 'its name says so' };
  return { kind: 'row' };
}
