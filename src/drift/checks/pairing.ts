import type { Catalog, Column, Relation } from '../../catalog/catalog.js';
import type { DeclaredField, DeclaredModel, SqlLiteral } from '../declared.js';
import type { MappedModel } from '../map.js';
import { snakeCase } from '../readers/names.js';
import { shownName } from '../../report/shown-name.js';
import { pairRenames, type Rename } from '../renames/pair.js';
import { createVocabulary, type Vocabulary } from '../renames/vocabulary.js';
import type { DriftSettings } from '../settings.js';
import { sqlWrites, type SqlWrite } from '../sql-writes.js';
import { typeReader, type TypeReader } from '../types/pg.js';
import type { Profile } from '../types/profile.js';
import { profileNamed } from '../types/profiles.js';
import { plainName } from '../words.js';

/** What all checks may ask. */
export interface Context {
  readonly catalog: Catalog;
  readonly settings: DriftSettings;
  readonly readType: TypeReader;
  readonly vocabulary: Vocabulary;
  readonly writes: ReadonlyMap<string, readonly SqlWrite[]>;
  /** Relations whose foreign keys point at a table, by the table's shown name. */
  readonly referrers: ReadonlyMap<string, readonly Relation[]>;
  /** Models that tables were found for, or that are no rows: a field of such a type is a part, no column. */
  readonly models: ReadonlySet<string>;
}

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

export function createContext(catalog: Catalog, settings: DriftSettings, literals: readonly SqlLiteral[], mapped: readonly MappedModel[]): Context {
  const writes = new Map<string, SqlWrite[]>();
  for (const write of literals.flatMap(sqlWrites)) writes.set(write.file, [...(writes.get(write.file) ?? []), write]);
  const referrers = new Map<string, Relation[]>();
  for (const relation of catalog.relations) {
    for (const name of new Set(relation.foreignKeys.map(({ references }) => shownName(references)))) referrers.set(name, [...(referrers.get(name) ?? []), relation]);
  }
  return {
    catalog, settings, writes, referrers,
    readType: typeReader(catalog),
    vocabulary: createVocabulary(settings.synonyms),
    models: new Set(mapped.filter(({ status }) => status !== 'unmapped').map(({ model }) => model.name)),
  };
}

export function pairModel(mapped: MappedModel, relation: Relation, context: Context): Pairing {
  const { model } = mapped;
  const table = shownName(relation);
  const profile = profileOf(model, context.settings);
  const fields = model.fields.filter(({ skipped }) => skipped === undefined);
  const { exact, columns, rest } = matchExactly(relation, fields, model.language === 'typescript');
  const parts = (field: DeclaredField) => field.model !== undefined && context.models.has(field.model);
  const open = rest.filter((field) => !parts(field));
  const renames = pairRenames(columns, open, {
    table, columns: relation.columns, fields, profile,
    readType: context.readType, vocabulary: context.vocabulary, confirmed: context.settings.confirmed, denied: context.settings.denied,
  });
  return {
    mapped, model, relation, table, profile, exact, renames,
    missing: columns.filter((column) => !renames.some((rename) => rename.column === column)),
    extra: open.filter((field) => !renames.some((rename) => rename.field === field)),
  };
}

/** The config's profile stands for Rust models that show no library of their own. */
function profileOf({ language, profile }: DeclaredModel, { rustProfile }: DriftSettings): Profile {
  return profileNamed(language === 'rust' && rustProfile !== undefined ? rustProfile : profile);
}

/** By the column that the code names, else by the field's name; TypeScript's camelCase is the column's snake_case. */
function matchExactly(relation: Relation, fields: readonly DeclaredField[], anyCase: boolean) {
  const free = new Map(relation.columns.map((column) => [column.name, column]));
  const byPlain = anyCase ? new Map(relation.columns.map((column) => [plainName(column.name), column.name])) : undefined;
  const exact: { column: Column; field: DeclaredField }[] = [];
  const rest: DeclaredField[] = [];
  for (const field of fields) {
    const wanted = field.column?.name ?? field.name;
    const name = free.has(wanted) ? wanted : (byPlain?.get(plainName(wanted)) ?? snakeCase(wanted));
    const column = field.column && !anyCase ? free.get(wanted) : (free.get(wanted) ?? (anyCase ? free.get(name) : undefined));
    if (column) {
      exact.push({ column, field });
      free.delete(column.name);
    } else {
      rest.push(field);
    }
  }
  return { exact, rest, columns: relation.columns.filter(({ name }) => free.has(name)) };
}
