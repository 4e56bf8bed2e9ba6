import type { Relation } from '../catalog/catalog.js';
import { shownName } from '../report/shown-name.js';
import type { DeclaredModel } from './declared.js';
import { withoutDeclared } from './declared-tables.js';
import { languageOf } from './languages/languages.js';
import type { MappedModel } from './mapped-model.js';
import { judgePosition } from './read-by-position.js';
import { storedFields } from './stored-fields.js';
import { hintedRelation, indexNames, namesakes, relationNamed, type TableNames } from './table-names.js';
import { withoutTwins } from './twins.js';
import { listed, plainName, wordsOf } from './words.js';

/** Finds the table of each model: by what the code says, by name, by what its fields are called. */
export function mapModels(
  models: readonly DeclaredModel[],
  relations: readonly Relation[],
  stripPrefix: string | undefined,
): readonly MappedModel[] {
  const names = indexNames(relations, stripPrefix);
  const readers = new Set(models.filter((model) => model.readsRows).map(codeOf));
  const first = models.map((model) => judgePosition(withoutReader(mapByName(model, names), readers)));
  const rows = new Set(first.filter(({ status }) => status === 'compared').map(({ model }) => model.name));
  const isOpen = ({ status, model }: MappedModel) =>
    status === 'unmapped' && model.tables.every(({ mentioned }) => mentioned);
  const second = first.map((mapped) =>
    isOpen(mapped)
      ? (compositionOf(mapped.model, rows) ??
        baseOf(mapped.model) ??
        judgePosition(withoutReader(mapByColumns(mapped, names), readers)))
      : mapped,
  );
  return markProjections(withoutDeclared(withGuesses(withoutTwins(second))));
}

/**
 * Marks tables that models have by their names alone as guesses, where more types of the language have no table than
 * have one: then many names that look like a table's are none. A type nearly all of whose fields are the table's columns
 * is no guess.
 */
function withGuesses(mapped: readonly MappedModel[]): readonly MappedModel[] {
  // Types with a table, minus those without one, by language.
  const balance = new Map<string, number>();
  for (const { model, status } of mapped) {
    if (status !== 'compared' && status !== 'unmapped') continue;
    balance.set(codeOf(model), (balance.get(codeOf(model)) ?? 0) + (status === 'compared' ? 1 : -1));
  }
  const isGuess = ({ model, status, relation }: MappedModel) =>
    status === 'compared' && !isSaid(model) && !fits(model, relation) && (balance.get(codeOf(model)) ?? 0) < 0;
  return mapped.map((one) => (isGuess(one) ? { ...one, guessed: true } : one));
}

/** Whether nine of ten fields of a model, and at least three, are columns of a table. */
function fits({ fields }: DeclaredModel, relation: Relation | undefined): boolean {
  const found = storedFields(fields, relation);
  return found >= 3 && found >= fields.length * 0.9;
}

/** Whether the code shows that rows of the table are read into the model, or says that it is the table's. */
function isSaid({ readsRows, covers, tables }: DeclaredModel): boolean {
  return readsRows || covers !== undefined || tables.some(({ mentioned }) => !mentioned);
}

/**
 * Takes a table from a model that has it only by its name, its fields or a mention: where the code shows for other
 * models how rows are read into them, a type that it reads nothing into is none. `struct Config` beside
 * `query_as!(ConfigRow, …)`.
 */
function withoutReader(mapped: MappedModel, readers: ReadonlySet<string>): MappedModel {
  const { model, status, relation } = mapped;
  if (status !== 'compared' || !relation || model.readsRows || model.tables.some(({ mentioned }) => !mentioned))
    return mapped;
  const reason =
    model.unread || readers.has(codeOf(model)) ? 'the code reads no rows into it' : carrierReason(model, relation);
  return reason === undefined ? mapped : { model, status: 'other', relation, reason };
}

/** Endings of the names of types that carry values between programs: `UserDto`, `CreateUserRequest`. */
const carriers = /(?:D(?:to|TO)|Request|Response|Params|Props|Payload|Args|Filters?|Options|Body|Form|Fields?|Query)$/;

function carrierReason({ name, fields }: DeclaredModel, relation: Relation): string | undefined {
  const isTables = wordsOf(name).join() === wordsOf(relation.name).join();
  if (carriers.test(name) && !isTables) return 'its name says that it carries values, and nothing reads rows into it';
  if (fields.length > 1 && fields.every(({ type }) => type.absentOnly !== undefined))
    return 'each of its fields may be left out, and nothing reads rows into it';
  return undefined;
}

/** The language that a model's file is written in, whatever library it is for. */
function codeOf(model: DeclaredModel): string {
  return languageOf(model).code;
}

/** Beginnings and endings of the names of models that are only written: `NewTask`, `TaskUpdate`. */
const writing =
  /^(?:New|Create|Insert|Insertable|Update|Updateable|Patch)(?=[A-Z])|(?:Insert|Insertable|Create|CreateInput|Update|Updateable|UpdateInput|Input|Patch|Changeset)$/;

function mapByName(model: DeclaredModel, names: TableNames): MappedModel {
  const hinted = mapByHint(model, names);
  const { role } = model;
  if (role.kind !== 'row') {
    if (model.isInline) return { model, status: role.kind, reason: role.reason };
    const own = role.reason === 'its name says so' ? relationNamed(model.name, names) : undefined;
    if (own) return { model, status: 'compared', relation: own.relation, reason: own.reason };
    const relation = hinted?.relation ?? relationNamed(model.name.replace(writing, ''), names)?.relation;
    return { model, status: role.kind, reason: role.reason, ...(relation ? { relation } : {}) };
  }
  if (hinted) return hinted;
  const found = relationNamed(model.name, names);
  if (found) return { model, status: 'compared', ...found };
  const several = namesakes(model.name, names);
  if (several.length > 0) return ambiguous(model, several);
  return { model, status: 'unmapped', reason: 'no table has a name like it' };
}

function ambiguous(model: DeclaredModel, several: readonly Relation[]): MappedModel {
  const reason = `its name fits several tables: ${listed(several, shownName)}`;
  return { model, status: 'unmapped', reason, ambiguous: true };
}

/** Maps a model whose code names its table: to that table or, where the schema lacks it, to none. */
function mapByHint(model: DeclaredModel, names: TableNames): MappedModel | undefined {
  const [hint] = model.tables;
  if (!hint) return undefined;
  const meant = (hint.among ?? [hint]).flatMap((one) => hintedRelation(one, names) ?? []);
  if (meant.length > 1) return ambiguous(model, meant);
  const [relation] = meant;
  if (relation && hint.mentioned && !model.readsRows && !hasItsColumns(model, relation)) return undefined;
  if (relation) return { model, status: 'compared', relation, reason: `${hint.by} names the table` };
  if (hint.guessed || hint.mentioned) return undefined;
  return {
    model,
    status: 'unmapped',
    reason: `${hint.by} names ${hint.schema === undefined ? '' : `${hint.schema}.`}${hint.table}, which the schema does not have`,
  };
}

/** Whether at least half of the fields of a model are columns of a table, so that a mention of it may be meant. */
function hasItsColumns({ fields }: DeclaredModel, relation: Relation): boolean {
  return storedFields(fields, relation) >= fields.length / 2;
}

/** Maps a model that is made of other models: `{ task: Task, steps: Vec<WorkflowStep> }`. */
function compositionOf(model: DeclaredModel, rows: ReadonlySet<string>): MappedModel | undefined {
  const parts = model.fields.flatMap((field) =>
    field.model !== undefined && rows.has(field.model) ? [field.model] : [],
  );
  if (parts.length === 0) return undefined;
  return { model, status: 'composition', reason: `it is made of ${[...new Set(parts)].join(', ')}` };
}

/** Maps a model that others inherit from: its fields are compared as theirs. */
function baseOf(model: DeclaredModel): MappedModel | undefined {
  const { inheritedBy = [] } = model;
  return inheritedBy.length === 0
    ? undefined
    : { model, status: 'other', reason: `its fields are inherited by ${listed(inheritedBy)}` };
}

/** Columns that most tables have, so that they tell nothing about which table a model is. */
const everywhere = new Set([
  'id',
  'name',
  'description',
  'createdat',
  'updatedat',
  'deletedat',
  'createdby',
  'updatedby',
  'status',
  'type',
  'version',
  'title',
]);

function mapByColumns(mapped: MappedModel, { byColumn }: TableNames): MappedModel {
  const fields = mapped.model.fields
    .map(({ name, column }) => plainName(column?.name ?? name))
    .filter((name) => !everywhere.has(name));
  const counts = new Map<Relation, number>();
  for (const field of fields)
    for (const relation of byColumn.get(field) ?? []) counts.set(relation, (counts.get(relation) ?? 0) + 1);
  const [best, second] = [...counts].sort(([, a], [, b]) => b - a);
  if (!best || best[1] < 3 || best[1] < fields.length * 0.6 || (second && second[1] > best[1] * 0.7)) return mapped;
  const telling = best[0].columns.filter(({ name }) => !everywhere.has(plainName(name))).length;
  if (best[1] < telling * 0.5) return mapped;
  return {
    model: mapped.model,
    status: 'compared',
    relation: best[0],
    guessed: true,
    reason: `${best[1]} of its fields are columns of ${shownName(best[0])}`,
  };
}

/**
 * Decides among several models of one table: the one with most columns stays, and one whose table is a guess only where
 * no other is there. The others become projections.
 */
function markProjections(mapped: readonly MappedModel[]): readonly MappedModel[] {
  const best = new Map<string, { readonly mapped: MappedModel; readonly rank: number }>();
  for (const candidate of mapped) {
    if (candidate.status !== 'compared' || !candidate.relation) continue;
    const key = keyOf(candidate);
    const columns = storedFields(candidate.model.fields, candidate.relation);
    const rank = candidate.guessed ? columns - mostColumns : columns;
    if (rank > (best.get(key)?.rank ?? -Infinity)) best.set(key, { mapped: candidate, rank });
  }
  return mapped.map((candidate) => {
    const chosen = best.get(keyOf(candidate))?.mapped;
    if (candidate.status !== 'compared' || !chosen || chosen === candidate) return candidate;
    return {
      ...candidate,
      status: 'projection',
      reason: `${candidate.reason}; ${chosen.model.path} ${candidate.guessed && !chosen.guessed ? 'is surely of it' : 'has more of its columns'}`,
    };
  });
}

/** Columns that no table of PostgreSQL exceeds. */
const mostColumns = 1600;

function keyOf({ model, relation }: MappedModel): string {
  return JSON.stringify([model.language, relation?.schema, relation?.name]);
}
