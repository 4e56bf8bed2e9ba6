import type { QualifiedName, TypeRef } from '../catalog/catalog.js';
import { shownName } from '../report/shown-name.js';
import type { Axis, Change, ChangeOf } from './change.js';
import { nameKey, queryKey, type RelationMeaning, type Side } from './side.js';

/** The generated code that a change concerns. */
export interface Touches {
  /** Generated names: `TaskerTasksTable.reason`, `Task.reason`, `TaskInsert.reason`. */
  readonly names: readonly string[];
  /** The generated file where they stand, below the output folder. */
  readonly file: string | null;
  readonly model: string | null;
  /** The model's name for the column, or the computed field. */
  readonly field: string | null;
  /** What code must name to be concerned by the change. */
  readonly footprint: Footprint;
}

/**
 * Names by which a change concerns code, as groups. Code is concerned when it matches a group, that is when it has one
 * name of each list in it: `[['tasks', 'Task'], ['reason']]` needs `tasks` or `Task`, and `reason`. The names of the
 * relation come first in a group; a write whose columns cannot be read counts as naming every column.
 */
export type Footprint = readonly (readonly (readonly string[])[])[];

export function touchesOf(change: Change, breaks: readonly Axis[], from: Side, to: Side): Touches {
  if (isOfName(change)) return touchesName(change, from, to);
  if ('column' in change) return touchesColumn(change, breaks, from, to);
  if ('field' in change) return touchesComputed(change, from, to);
  if ('relation' in change) return touchesRelation(change, from, to);
  if ('query' in change) return touchesQuery(change, from, to);
  if ('typeName' in change) return touchesType(change, breaks, from, to);
  return { ...nothing, footprint: 'routine' in change ? [[[change.routine.name]]] : [] };
}

type NameChange = ChangeOf<'name-changed'> | ChangeOf<'name-reused'> | ChangeOf<'name-removed'>;

const isOfName = (change: Change): change is NameChange =>
  change.rule === 'name-changed' || change.rule === 'name-reused' || change.rule === 'name-removed';

/** A generated name that changes is what code has to mention, both as it was and as it is. */
function touchesName(change: NameChange, from: Side, to: Side): Touches {
  const words = change.rule === 'name-changed' ? [change.before, change.after] : [change.name];
  if ('typeName' in change) return { ...nothing, names: words, file: to.meaning.typesFile, footprint: [[words]] };
  if (!('relation' in change)) return { ...nothing, names: words, footprint: [[words]] };
  const found = meanings(change.relation, undefined, from, to);
  const isPart = change.kind === 'field' || change.kind === 'relation';
  const owner = (meaning: RelationMeaning) => (change.kind === 'relation' ? meaning.relations : meaning.model);
  return {
    names: isPart ? distinct(found.flatMap((meaning) => words.map((word) => `${owner(meaning)}.${word}`))) : words,
    ...place(found),
    field: isPart ? (words[0] ?? null) : null,
    footprint: isPart
      ? [[found.flatMap((meaning) => [...relationWords(meaning), meaning.relations]), words]]
      : [[words]],
  };
}

const nothing: Touches = { names: [], file: null, model: null, field: null, footprint: [] };

/**
 * Generated names of a relation on each side that has it, the newer side first. `before` is its older name, if renamed.
 */
function meanings(relation: QualifiedName, before: unknown, from: Side, to: Side): RelationMeaning[] {
  const former = from.catalog.relations.find((candidate) => shownName(candidate) === before) ?? relation;
  const newer = to.meaning.relations.get(nameKey(relation));
  const older = from.meaning.relations.get(nameKey(relation)) ?? from.meaning.relations.get(nameKey(former));
  return [newer, older].filter((meaning) => meaning !== undefined);
}

function touchesRelation(change: Change & { readonly relation: QualifiedName }, from: Side, to: Side): Touches {
  const found = meanings(change.relation, change.rule === 'relation-renamed' ? change.before : undefined, from, to);
  const names = distinct(found.flatMap(({ tableName, model, plural }) => [tableName, model, plural]));
  return { names, ...place(found), field: null, footprint: [[found.flatMap(relationWords)]] };
}

function touchesColumn(
  change: Change & { readonly relation: QualifiedName; readonly column: string },
  breaks: readonly Axis[],
  from: Side,
  to: Side,
): Touches {
  const found = meanings(change.relation, undefined, from, to);
  const columns = change.rule === 'column-renamed' ? [change.after, change.before] : [change.column];
  const fields = found.flatMap((meaning) =>
    columns.flatMap((column) => {
      const field = meaning.fields.get(column);
      return field ? [{ meaning, column, ...field }] : [];
    }),
  );
  const names = distinct(
    fields.flatMap(({ meaning, column, field = column }) => columnNames({ meaning, column, field }, breaks)),
  );
  // An insert that must give the column from now on does not name it yet, so naming the relation is enough.
  const required = 'required' in change && change.required;
  // Code that has the new name of a rename is as it should be.
  const former = change.rule === 'column-renamed' ? fields.filter(({ column }) => column === change.before) : fields;
  const words = former.flatMap(({ column, field = column }) => [column, field]);
  const relation = found.flatMap(relationWords);
  return {
    names,
    ...place(found),
    field: fields[0]?.field ?? null,
    footprint: [required ? [relation] : [relation, words]],
  };
}

function touchesComputed(
  change: Change & { readonly relation: QualifiedName; readonly field: string },
  from: Side,
  to: Side,
): Touches {
  const found = meanings(change.relation, undefined, from, to);
  const names = distinct(found.map(({ model }) => `${model}.${change.field}`));
  return { names, ...place(found), field: change.field, footprint: [[found.flatMap(relationWords), [change.field]]] };
}

function touchesType(
  change: Change & { readonly typeName: QualifiedName },
  breaks: readonly Axis[],
  from: Side,
  to: Side,
): Touches {
  const former =
    change.rule === 'enum-renamed' ? from.catalog.enums.find((type) => shownName(type) === change.before) : undefined;
  const sides = [
    { side: to, type: change.typeName },
    { side: from, type: former ?? change.typeName },
  ];
  const enums = distinct(sides.flatMap(({ side, type }) => side.meaning.enums.get(nameKey(type)) ?? []));
  const users = sides.flatMap(({ side, type }) => usersOf(type, side));
  // An insert that leaves such a column out is concerned although it does not name the column.
  const unnamed =
    change.rule === 'domain-default' || (change.rule === 'domain-nullability' && change.after === 'NOT NULL');
  return {
    names: distinct([...enums, ...users.flatMap((user) => columnNames(user, breaks))]),
    file: to.meaning.typesFile,
    model: null,
    field: null,
    footprint: [
      ...(enums.length > 0 ? [[enums]] : []),
      ...users.map(({ meaning, column, field }) =>
        unnamed ? [relationWords(meaning)] : [relationWords(meaning), [column, field]],
      ),
    ],
  };
}

/** A query is what code has to mention, by any of its functions and types. */
function touchesQuery(change: Change & { readonly query: QueryId }, from: Side, to: Side): Touches {
  const key = queryKey(change.query);
  const { name } = change.query;
  const found = to.meaning.queries.get(key) ?? from.meaning.queries.get(key);
  const type = `${found?.typeName ?? name}${change.rule.startsWith('query-argument') ? 'Arguments' : 'Row'}`;
  return {
    names: ['part' in change ? `${type}.${change.part}` : name],
    file: found?.file ?? null,
    model: null,
    field: 'part' in change ? change.part : null,
    footprint: [[found?.names ?? [name]]],
  };
}

type QueryId = Parameters<typeof queryKey>[0];

interface NamedColumn {
  readonly meaning: RelationMeaning;
  readonly column: string;
  readonly field: string;
}

/** Generated names of a column that are concerned by a change which breaks these statements. */
function columnNames({ meaning: { tableName, model }, column, field }: NamedColumn, breaks: readonly Axis[]): string[] {
  return [
    `${tableName}.${column}`,
    `${model}.${field}`,
    ...(breaks.includes('insert') ? [`${model}Insert.${field}`] : []),
    ...(breaks.includes('update') ? [`${model}Update.${field}`] : []),
  ];
}

/** Columns that have the type, or an array or a domain of it. */
function usersOf(type: QualifiedName, { catalog, meaning }: Side): NamedColumn[] {
  const reached = new Set([nameKey(type)]);
  // Walking a set visits what is added meanwhile, so domains over domains are found too.
  for (const key of reached)
    for (const domain of catalog.domains) if (nameKey(domain.base) === key) reached.add(nameKey(domain));
  const uses = ({ type: used }: { readonly type: TypeRef }) => reached.has(nameKey(used));
  return catalog.relations.flatMap((relation) => {
    const named = meaning.relations.get(nameKey(relation));
    return named
      ? relation.columns
          .filter(uses)
          .map(({ name }) => ({ meaning: named, column: name, field: named.fields.get(name)?.field ?? name }))
      : [];
  });
}

function place(found: readonly RelationMeaning[]): Pick<Touches, 'file' | 'model'> {
  return { file: found[0]?.file ?? null, model: found[0]?.model ?? null };
}

/** Every name by which code can reach a relation. */
function relationWords({ key, tableName, model, plural }: RelationMeaning): string[] {
  const types = ['', 'Stored', 'Computed', 'Insert', 'Update'].map((suffix) => `${model}${suffix}`);
  return [key, tableName, plural, ...types, `to${model}Row`];
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)];
