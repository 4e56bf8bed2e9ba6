import type { Catalog, ForeignKey, Relation } from '../../catalog/catalog.js';
import { nameKey } from '../../catalog/name-key.js';
import type { TransitionsStorage } from './state-machine.js';

/** A table that holds the transitions of another table's rows. */
export interface TransitionsTable {
  readonly transitions: Relation;
  readonly foreignKey: ForeignKey;
  readonly newest: TransitionsStorage['newest'];
}

export const toState = 'to_state';
const flag = 'most_recent';
const order = 'sort_key';

/** The tables that could hold transitions: they have `to_state`, and a column that orders or flags their rows. */
export function transitionsCandidates(catalog: Catalog): readonly Relation[] {
  return catalog.relations.filter(looksLikeTransitions);
}

/** The tables that could hold transitions of a relation, by the `nameKey` of the relation that they reference. */
export function candidatesByParent(candidates: readonly Relation[]): ReadonlyMap<string, readonly Relation[]> {
  const byParent = new Map<string, Relation[]>();
  for (const transitions of candidates) {
    const parents = new Set(transitions.foreignKeys.map(({ references }) => nameKey(references)));
    for (const parent of parents) byParent.set(parent, [...(byParent.get(parent) ?? []), transitions]);
  }
  return byParent;
}

/**
 * Finds the transitions tables of a relation without any config: tables with `to_state`, and a unique index that
 * identifies the newest row for each row of the relation.
 */
export function detectTransitions(candidates: readonly Relation[], parent: Relation): TransitionsTable[] {
  return candidates.flatMap((transitions) => {
    const found = readableKeys(transitions, keysTo(transitions, parent));
    return found.length === 1 ? found : [];
  });
}

/** The foreign keys that have an identifiable newest transition for each referenced row. */
export function readableKeys(transitions: Relation, keys: readonly ForeignKey[]): TransitionsTable[] {
  return keys.flatMap((foreignKey) => {
    const newest = newestBy(transitions, foreignKey);
    return newest ? [{ transitions, foreignKey, newest }] : [];
  });
}

/** A note for each table that looks like a transitions table but does not identify the newest row. */
export function undeterminedTransitions(candidates: readonly Relation[]): string[] {
  return candidates.flatMap((transitions) => {
    const [key, another] = transitions.foreignKeys;
    const single = transitions.foreignKeys.filter(({ columns }) => columns.length === 1);
    if (!key) return polymorphicNote(transitions);
    if (single.some((candidate) => newestBy(transitions, candidate))) return [];
    const parent = another ? 'another table' : key.references.name;
    const reason = another ? noIndexForOne : whyUndetermined(key);
    return [`${transitions.name} looks like the transitions of ${parent}, but ${reason}. No state field is generated.`];
  });
}

/**
 * A table with the transitions of several tables' rows, as Rails stores them: `transitionable_type` and
 * `transitionable_id`.
 */
function polymorphicNote({ name, columns }: Relation): string[] {
  const names = columns.map((column) => column.name);
  const of = names.find((type) => type.endsWith('_type') && names.includes(type.replace(/_type$/, '_id')));
  if (!of) return [];
  return [
    `${name} looks like the transitions of several tables (${of}, ${of.replace(/_type$/, '_id')}), but has a foreign key to none of them. No state field is generated.`,
  ];
}

const noIndexForOne = 'no unique index proves which row is the newest for one of its foreign keys';

function whyUndetermined(key: ForeignKey): string {
  if (key.columns.length > 1) return 'its foreign key has more than one column';
  return `nothing proves which row is the newest: ${neededIndex(key)}`;
}

/** What a transitions table lacks, for a message: an index that identifies the newest row of each parent. */
export function neededIndex({ columns }: ForeignKey): string {
  return `it needs a unique index on (${columns.join(', ')}, ${flag}) WHERE ${flag}, or on (${columns.join(', ')}, ${order}), all NOT NULL`;
}

/** The single-column foreign keys that reference a relation. */
export function keysTo(transitions: Relation, parent: Relation): ForeignKey[] {
  const pointsAtParent = ({ references }: ForeignKey) => nameKey(references) === nameKey(parent);
  return transitions.foreignKeys.filter((key) => key.columns.length === 1 && pointsAtParent(key));
}

function looksLikeTransitions({ columns }: Relation): boolean {
  const has = (name: string) => columns.some((column) => column.name === name);
  return has(toState) && (has(order) || has(flag));
}

/**
 * What identifies the newest transition of each parent: a unique index on (parent, most_recent) WHERE most_recent, or a
 * key or unique index on (parent, sort_key); undefined if neither exists.
 */
export function newestBy(
  transitions: Relation,
  { columns: [parent] }: ForeignKey,
): TransitionsStorage['newest'] | undefined {
  const keys = [...(transitions.primaryKey ? [transitions.primaryKey] : []), ...transitions.uniques];
  const uniques: readonly UniqueIndex[] = [...keys, ...transitions.indexes.filter(({ unique }) => unique)];
  const covers = ({ columns }: UniqueIndex, column: string) =>
    columns.length === 2 && columns.includes(parent ?? '') && columns.includes(column);
  const coversParent = ({ columns }: UniqueIndex) => columns.length === 1 && columns[0] === parent;

  const flagged = uniques.filter(({ predicate }) => predicate !== undefined && isFlagPredicate.test(predicate));
  if (flagged.some((index) => covers(index, flag) || coversParent(index))) return { by: 'flag', column: flag };
  // The highest number is the newest, but a null sorts above every number, and a unique index allows any number of
  // nulls.
  const counted = transitions.columns.some(({ name, notNull }) => name === order && notNull);
  const ordered = uniques.some((index) => index.predicate === undefined && covers(index, order));
  return counted && ordered ? { by: 'highest', column: order } : undefined;
}

/** A unique key, which has no predicate, or a unique index. A column is null where the index has an expression. */
interface UniqueIndex {
  readonly columns: readonly (string | null)[];
  readonly predicate?: string;
}

const isFlagPredicate = /^\(?most_recent( = true)?\)?$/;
