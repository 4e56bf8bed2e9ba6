import type { Catalog, Column, Relation } from '../../catalog/catalog.js';
import { shownName } from '../../report/shown-name.js';
import type { Declared, DeclaredField, DeclaredModel } from '../declared.js';
import type { SqlLiteral } from '../declared-statement.js';
import { append, groupBy } from '../group.js';
import type { Language } from '../languages/language.js';
import { languageOf } from '../languages/languages.js';
import type { MappedModel } from '../mapped-model.js';
import { snakeCase } from '../readers/names.js';
import { pairRenames, type Rename } from '../renames/pair.js';
import { createVocabulary, type Vocabulary } from '../renames/vocabulary.js';
import type { DriftSettings } from '../settings.js';
import { aliasesIn, nulledColumns, type SqlWrite, sqlWrites } from '../sql-writes.js';
import { type TypeReader, typeReader } from '../types/pg.js';
import type { Profile } from '../types/profile.js';
import { plainName, storedName } from '../words.js';
import { asReader, derivedRelations } from './derived.js';
import { type Given, givenOf, type Inserts, insertsOf } from './inserts.js';
import { functionsByColumn, type Returning, viewsByColumn } from './returning.js';

/** Facts that all checks share. */
export interface Context {
  readonly catalog: Catalog;
  readonly settings: DriftSettings;
  readonly readType: TypeReader;
  readonly vocabulary: Vocabulary;
  /** SQL statements, by the file that they stand in and by each column that they write. */
  readonly writes: ReadonlyMap<string, ReadonlyMap<string, readonly SqlWrite[]>>;
  /** What rows are inserted from, by the table's shown name. */
  readonly inserts: Inserts;
  readonly given: Given;
  /** Views, and tables that `CREATE TABLE AS` made of them. */
  readonly derived: ReadonlySet<Relation>;
  /** Names that statements of the given files give to what they select: `count(*) AS total`. */
  readonly aliases: ReadonlyMap<string, SqlLiteral>;
  /** Names that the statements of each file give to what they select, by the file. */
  readonly aliasesByFile: ReadonlyMap<string, ReadonlySet<string>>;
  /** Relations with a foreign key to a table, by the table's shown name. */
  readonly referrers: ReadonlyMap<string, readonly Relation[]>;
  /** Views and functions by the names of the columns that they return. */
  readonly views: ReadonlyMap<string, readonly Returning[]>;
  readonly functions: ReadonlyMap<string, readonly Returning[]>;
  /**
   * Names of all models but the unmapped ones. A field of such a type is a part with fields of its own, not a column.
   */
  readonly models: ReadonlySet<string>;
  /** Plain names of the columns that statements of the given files set to null. */
  readonly nulled: ReadonlySet<string>;
  /** Types whose values a parser outside the given files may change. */
  readonly doubts?: Doubts;
}

/** Types that all fields declare in one way, by the type's name: `bytea` → `{ as: 'string', count: 49 }`. */
export type Doubts = ReadonlyMap<string, { readonly as: string; readonly count: number }>;

/** One model beside its table: which field stands for which column, and what is left over. */
export interface Pairing {
  readonly mapped: MappedModel;
  readonly model: DeclaredModel;
  readonly relation: Relation;
  readonly table: string;
  readonly profile: Profile;
  readonly exact: readonly { readonly column: Column; readonly field: DeclaredField }[];
  readonly renames: readonly Rename[];
  /** Columns without a field. */
  readonly missing: readonly Column[];
  /** Fields without a column. */
  readonly extra: readonly DeclaredField[];
}

export function createContext(
  catalog: Catalog,
  settings: DriftSettings,
  { literals, given: written = [] }: Pick<Declared, 'literals' | 'given'>,
  mapped: readonly MappedModel[],
): Context {
  const given = givenOf(catalog.relations, written);
  const referrers = new Map<string, Relation[]>();
  for (const relation of catalog.relations) {
    for (const name of new Set(relation.foreignKeys.map(({ references }) => shownName(references))))
      append(referrers, name, relation);
  }
  return {
    catalog,
    settings,
    referrers,
    writes: new Map(
      [...groupBy(literals.flatMap(sqlWrites), ({ file }) => file)].map(([file, own]) => [file, byColumn(own)]),
    ),
    views: viewsByColumn(catalog),
    functions: functionsByColumn(catalog),
    derived: derivedRelations(catalog.relations),
    readType: typeReader(catalog),
    given,
    inserts: insertsOf(catalog.relations, literals, mapped, given),
    aliases: aliasesIn(literals),
    nulled: nulledColumns(literals),
    aliasesByFile: new Map(
      [...groupBy(literals, ({ file }) => file)].map(([file, own]) => [file, new Set(aliasesIn(own).keys())]),
    ),
    vocabulary: createVocabulary(settings.synonyms),
    models: new Set(mapped.filter(({ status }) => status !== 'unmapped').map(({ model }) => model.name)),
  };
}

function byColumn(writes: readonly SqlWrite[]): ReadonlyMap<string, readonly SqlWrite[]> {
  const found = new Map<string, SqlWrite[]>();
  for (const write of writes) for (const column of new Set(write.columns)) append(found, column, write);
  return found;
}

export function pairModel(mapped: MappedModel, relation: Relation, context: Context): Pairing {
  const model = context.derived.has(relation) ? asReader(mapped.model) : mapped.model;
  const language = languageOf(model);
  const table = shownName(relation);
  const profile = language.profileOf(model, context.settings);
  const fields = model.fields.filter(({ skipped }) => skipped === undefined);
  const { exact, columns, rest } = byPosition(model, relation, fields, matchExactly(relation, fields, language));
  const parts = (field: DeclaredField) => field.model !== undefined && context.models.has(field.model);
  const open = rest.filter((field) => !parts(field));
  // A field that a statement of the file computes, `f(a) AS total`, is no renamed column.
  const given = context.aliasesByFile.get(model.file);
  const unnamed = open.filter(({ name, column }) => !given?.has(column?.name ?? name));
  const renames = pairRenames(columns, unnamed, {
    table,
    columns: relation.columns,
    fields,
    profile,
    readType: context.readType,
    vocabulary: context.vocabulary,
    confirmed: context.settings.confirmed,
    denied: context.settings.denied,
  });
  // A rename that is only possible is a remark: both sides stay open.
  const paired = new Set<Column | DeclaredField>(
    renames.filter(({ certainty }) => certainty !== 'possible').flatMap(({ column, field }) => [column, field]),
  );
  return {
    mapped,
    model,
    relation,
    table,
    profile,
    exact,
    renames,
    missing: columns.filter((column) => !paired.has(column)),
    extra: open.filter((field) => !paired.has(field)),
  };
}

type Matches = ReturnType<typeof matchExactly>;

/** Adds pairs of a field and the column in its place, for a model whose rows are read by position. */
function byPosition(
  { covers }: DeclaredModel,
  { columns: all }: Relation,
  fields: readonly DeclaredField[],
  { exact, columns, rest }: Matches,
): Matches {
  if (covers !== 'position' || fields.length !== all.length) return { exact, columns, rest };
  const inPlace = rest.flatMap((field) => {
    const column = all[fields.indexOf(field)];
    return column && columns.includes(column) ? [{ column, field }] : [];
  });
  return {
    exact: [...exact, ...inPlace],
    columns: columns.filter((column) => inPlace.every((pair) => pair.column !== column)),
    rest: rest.filter((field) => inPlace.every((pair) => pair.field !== field)),
  };
}

/**
 * Pairs fields and columns by the column that the code names, else by the field's name. With `anyCase`, `retryCount`
 * matches `retry_count`. Where the code names the column, several fields may stand for it: TypeORM has the id
 * `@Column() parent_id` beside the relation `@JoinColumn({ name: 'parent_id' }) parent`.
 */
function matchExactly(relation: Relation, fields: readonly DeclaredField[], { anyCase, otherNames }: Language) {
  const columns = new Map(relation.columns.map((column) => [column.name, column]));
  const byPlain = anyCase
    ? new Map(relation.columns.map((column) => [plainName(column.name), column.name]))
    : undefined;
  const owners = new Map<Column, DeclaredField>();
  const exact: { column: Column; field: DeclaredField }[] = [];
  const rest: DeclaredField[] = [];
  for (const field of fields) {
    const find = (name: string) => {
      const column = columns.get(name);
      const owner = column && owners.get(column);
      return !owner || owner.column || field.column ? column : undefined;
    };
    const wanted = storedName(field.column?.name ?? field.name);
    const column =
      find(wanted) ??
      (byPlain && (!field.column || field.column.guessed)
        ? find(byPlain.get(plainName(wanted)) ?? snakeCase(wanted))
        : undefined) ??
      otherNames?.(wanted).map(find)[0];
    if (column) {
      exact.push({ column, field });
      owners.set(column, owners.get(column) ?? field);
    } else {
      rest.push(field);
    }
  }
  return { exact, rest, columns: relation.columns.filter((column) => !owners.has(column)) };
}
