import type { QualifiedName, TypeRef } from '../catalog/catalog.js';
import { shownName } from '../report/shown-name.js';
import type { Axis, Change } from './change.js';
import { nameKey, type RelationMeaning, type Side } from './side.js';

/** What of the generated code a change concerns. */
export interface Touches {
  /** `TaskerTasksTable.reason`, `Task.reason`, `TaskInsert.reason`. */
  readonly names: readonly string[];
  /** The generated file where they stand, below the output folder. */
  readonly file: string | null;
  readonly model: string | null;
  /** The model's name for the column, or the computed field. */
  readonly field: string | null;
  /** What code has to name to be concerned. */
  readonly footprint: Footprint;
}

/**
 * Code is concerned when one of the groups holds: for each list of a group it has one of the names. A group of a column has the
 * names of its relation first; a write whose columns cannot be read stands for the names of any column.
 */
export type Footprint = readonly (readonly (readonly string[])[])[];

export function touchesOf(change: Change, breaks: readonly Axis[], from: Side, to: Side): Touches {
  if ('column' in change) return touchesColumn(change, breaks, from, to);
  if ('field' in change) return touchesComputed(change, from, to);
  if ('relation' in change) return touchesRelation(change, from, to);
  if ('typeName' in change) return touchesType(change, breaks, from, to);
  return { ...nothing, footprint: 'routine' in change ? [[[change.routine.name]]] : [] };
}

const nothing: Touches = { names: [], file: null, model: null, field: null, footprint: [] };

/** The meaning on each side that has the relation, the newer one first. A renamed one has another name on the older side. */
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
  // An insert that has to give a column now does not name it yet.
  const required = 'required' in change && change.required;
  const words = fields.flatMap(({ column, field = column }) => [column, field]);
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
  // An insert that leaves such a column out is concerned, and does not name it.
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

interface NamedColumn {
  readonly meaning: RelationMeaning;
  readonly column: string;
  readonly field: string;
}

/** What is generated for a column and concerned by a change that breaks these statements. */
function columnNames({ meaning: { tableName, model }, column, field }: NamedColumn, breaks: readonly Axis[]): string[] {
  return [
    `${tableName}.${column}`,
    `${model}.${field}`,
    ...(breaks.includes('insert') ? [`${model}Insert.${field}`] : []),
    ...(breaks.includes('update') ? [`${model}Update.${field}`] : []),
  ];
}

/** The columns of a type, also of arrays and domains over it. */
function usersOf(type: QualifiedName, { catalog, meaning }: Side): NamedColumn[] {
  const reached = new Set([nameKey(type)]);
  // A set gives what is added to it while it is walked: domains over domains.
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

/** Every name under which code can reach a relation. */
function relationWords({ key, tableName, model, plural }: RelationMeaning): string[] {
  const types = ['', 'Stored', 'Computed', 'Insert', 'Update'].map((suffix) => `${model}${suffix}`);
  return [key, tableName, plural, ...types, `to${model}Row`];
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)];
