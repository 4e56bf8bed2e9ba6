import type { Relation } from '../catalog/catalog.js';
import { shownName } from '../report/shown-name.js';
import type { DeclaredModel, TableHint } from './declared.js';
import { append } from './group.js';
import { plainName, wordsOf } from './words.js';

/** A model and its table, or the reason why it has none. The report lists every declared model. */
export interface MappedModel {
  readonly model: DeclaredModel;
  readonly status: 'compared' | 'projection' | 'insert' | 'update' | 'composition' | 'other' | 'unmapped';
  readonly relation?: Relation;
  readonly reason: string;
  /** Whether the model's name fits several tables. */
  readonly ambiguous?: true;
}

interface Names {
  /** The first relation that is shown so, and the first that is called so with or without its schema. */
  readonly shown: ReadonlyMap<string, Relation>;
  readonly called: ReadonlyMap<string, Relation>;
  /** By schema and name (`pathKey`): no name of a table can be taken for that of another schema's. */
  readonly at: ReadonlyMap<string, Relation>;
  readonly schemas: ReadonlySet<string>;
  readonly byPlainName: ReadonlyMap<string, readonly Relation[]>;
  readonly byColumn: ReadonlyMap<string, readonly Relation[]>;
}

/** Finds the table of each model: by what the code says, by name, by what its fields are called. */
export function mapModels(
  models: readonly DeclaredModel[],
  relations: readonly Relation[],
  stripPrefix: string | undefined,
): readonly MappedModel[] {
  const names = indexNames(relations, stripPrefix);
  const first = models.map((model) => mapByName(model, names));
  const rows = new Set(first.filter(({ status }) => status === 'compared').map(({ model }) => model.name));
  const isOpen = ({ status, model }: MappedModel) => status === 'unmapped' && model.tables.length === 0;
  const second = first.map((mapped) =>
    isOpen(mapped)
      ? (compositionOf(mapped.model, rows) ?? baseOf(mapped.model) ?? mapByColumns(mapped, names))
      : mapped,
  );
  return markProjections(second);
}

function indexNames(relations: readonly Relation[], stripPrefix: string | undefined): Names {
  const byPlainName = new Map<string, Relation[]>();
  const byColumn = new Map<string, Relation[]>();
  const prefixes = stripPrefix === undefined ? commonPrefixes(relations) : [stripPrefix];
  for (const relation of relations) {
    const stripped = prefixes
      .filter((prefix) => relation.name.startsWith(prefix) && relation.name.length > prefix.length)
      .map((prefix) => relation.name.slice(prefix.length));
    for (const key of new Set([relation.name, ...stripped].map(nameKey))) append(byPlainName, key, relation);
    for (const { name } of relation.columns) append(byColumn, plainName(name), relation);
  }
  return {
    shown: firstByName(relations, (relation) => [shownName(relation)]),
    called: firstByName(relations, ({ schema, name }) => [name, `${schema}.${name}`]),
    at: firstByName(relations, ({ schema, name }) => [pathKey(schema, name)]),
    schemas: new Set(relations.map(({ schema }) => schema)),
    byPlainName,
    byColumn,
  };
}

function pathKey(schema: string, name: string): string {
  return JSON.stringify([schema, name]);
}

function firstByName(
  relations: readonly Relation[],
  namesOf: (relation: Relation) => readonly string[],
): ReadonlyMap<string, Relation> {
  const found = new Map<string, Relation>();
  for (const relation of relations)
    for (const name of namesOf(relation)) if (!found.has(name)) found.set(name, relation);
  return found;
}

/** First words of names, `tasker_`, that at least three tables and half of all tables begin with. */
function commonPrefixes(relations: readonly Relation[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { name } of relations) {
    const prefix = /^[^_]+_/.exec(name)?.[0];
    if (prefix !== undefined) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= 3 && count * 2 >= relations.length).map(([prefix]) => prefix);
}

/** A name with every word in singular, the same for `NamedTasksNamedStep` and `named_tasks_named_steps`. */
function nameKey(name: string): string {
  return wordsOf(name).join('_');
}

/** Beginnings and endings that say what a type is for, not what it is about: `TaskRow` is about `Task`. */
const decorations = /(?:Row|Record|Model|Entity|Table|Schema|Dto|DTO|Db|DB)$|^(?:Db|DB|I(?=[A-Z][a-z]))/;
const writing =
  /^(?:New|Create|Insert|Insertable|Update|Updateable|Patch)(?=[A-Z])|(?:Insert|Insertable|Create|CreateInput|Update|Updateable|UpdateInput|Input|Patch|Changeset)$/;

function mapByName(model: DeclaredModel, names: Names): MappedModel {
  const hinted = mapByHint(model, names);
  const { role } = model;
  if (role.kind !== 'row') {
    const own = role.reason === 'it is named as one' ? relationNamed(model.name, names) : undefined;
    if (own) return { model, status: 'compared', relation: own.relation, reason: own.reason };
    const relation = hinted?.relation ?? relationNamed(model.name.replace(writing, ''), names)?.relation;
    return { model, status: role.kind, reason: role.reason, ...(relation ? { relation } : {}) };
  }
  if (hinted) return hinted;
  const found = relationNamed(model.name, names);
  if (found) return { model, status: 'compared', ...found };
  const several = namesakes(model.name, names);
  if (several.length > 0)
    return {
      model,
      status: 'unmapped',
      reason: `its name fits several tables: ${listed(several, shownName)}`,
      ambiguous: true,
    };
  return { model, status: 'unmapped', reason: 'no table is named like it' };
}

/** Maps a model whose code names its table: to that table or, where the schema lacks it, to none. */
function mapByHint(model: DeclaredModel, names: Names): MappedModel | undefined {
  const [hint] = model.tables;
  if (!hint) return undefined;
  const relation = hintedRelation(hint, names);
  if (relation) return { model, status: 'compared', relation, reason: `${hint.by} names the table` };
  return {
    model,
    status: 'unmapped',
    reason: `${hint.by} names ${hint.schema === undefined ? '' : `${hint.schema}.`}${hint.table}, which the schema does not have`,
  };
}

function hintedRelation({ table, schema }: TableHint, { at, shown, called, schemas }: Names): Relation | undefined {
  if (schema !== undefined) return at.get(pathKey(schema, table));
  const [name = table, module] = table.split('::').reverse();
  if (module === undefined) return shown.get(table) ?? called.get(table);
  // `schema::billing::invoices` is in the schema `billing`, if the database has one; `crate::schema::tasks` is `tasks`.
  return schemas.has(module) ? at.get(pathKey(module, name)) : (at.get(pathKey('public', name)) ?? called.get(name));
}

function relationNamed(
  name: string,
  { byPlainName }: Names,
): { readonly relation: Relation; readonly reason: string } | undefined {
  const bare = name.replace(decorations, '');
  for (const candidate of new Set([name, bare])) {
    const found = byPlainName.get(nameKey(candidate)) ?? [];
    const [relation] = found;
    if (relation && found.length === 1)
      return { relation, reason: `its name is the table's: ${candidate} → ${shownName(relation)}` };
  }
  return undefined;
}

/** The tables that a name fits, where there are several. */
function namesakes(name: string, { byPlainName }: Names): readonly Relation[] {
  const candidates = [name, name.replace(decorations, '')].map(
    (candidate) => byPlainName.get(nameKey(candidate)) ?? [],
  );
  return candidates.find((found) => found.length > 1) ?? [];
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

const mostListed = 20;

/** Names for a sentence: the first 20 and how many more there are, since every model gets such a sentence. */
function listed<Item>(items: readonly Item[], nameOf: (item: Item) => string = String): string {
  const names = items.slice(0, mostListed).map(nameOf).join(', ');
  return items.length > mostListed ? `${names} and ${items.length - mostListed} more` : names;
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

function mapByColumns(mapped: MappedModel, { byColumn }: Names): MappedModel {
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
    reason: `${best[1]} of its fields are columns of ${shownName(best[0])}`,
  };
}

/** Decides among several models of one table: the one with most columns stays, the others become projections. */
function markProjections(mapped: readonly MappedModel[]): readonly MappedModel[] {
  const best = new Map<string, { readonly mapped: MappedModel; readonly columns: number }>();
  for (const candidate of mapped) {
    if (candidate.status !== 'compared' || !candidate.relation) continue;
    const key = keyOf(candidate);
    const names = new Set(candidate.relation.columns.map(({ name }) => plainName(name)));
    const columns = candidate.model.fields.filter(({ name, column }) =>
      names.has(plainName(column?.name ?? name)),
    ).length;
    if (columns > (best.get(key)?.columns ?? -1)) best.set(key, { mapped: candidate, columns });
  }
  return mapped.map((candidate) => {
    const chosen = best.get(keyOf(candidate))?.mapped;
    if (candidate.status !== 'compared' || !chosen || chosen === candidate) return candidate;
    return {
      ...candidate,
      status: 'projection',
      reason: `${candidate.reason}; ${chosen.model.path} has more of its columns`,
    };
  });
}

function keyOf({ model, relation }: MappedModel): string {
  return JSON.stringify([model.language, relation?.schema, relation?.name]);
}
