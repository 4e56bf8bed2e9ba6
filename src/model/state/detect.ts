import type { Catalog, ForeignKey, Relation } from '../../catalog/catalog.js';
import { groupBy } from '../../catalog/collections.js';
import { typeKey } from '../../catalog/type-key.js';
import type { StateMachine } from '../model.js';

/** A table that keeps the transitions of another table's rows. */
export interface TransitionsTable {
  readonly transitions: Relation;
  readonly foreignKey: ForeignKey;
  readonly newest: StateMachine['newest'];
}

export const toState = 'to_state';
const flag = 'most_recent';
const order = 'sort_key';

/** The tables that could keep transitions; found once for all relations. */
export function transitionsCandidates(catalog: Catalog): readonly Relation[] {
  return catalog.relations.filter(looksLikeTransitions);
}

/** Those of each relation that they point at, by its `typeKey`. */
export function candidatesByParent(candidates: readonly Relation[]): ReadonlyMap<string, readonly Relation[]> {
  const pairs = candidates.flatMap((transitions) => [...new Set(transitions.foreignKeys.map(({ references }) => typeKey(references)))].map((parent) => ({ parent, transitions })));
  return new Map([...groupBy(pairs, ({ parent }) => parent)].map(([parent, group]) => [parent, group.map(({ transitions }) => transitions)]));
}

/**
 * Finds the transitions tables of a relation without any config: tables with `to_state`, and a unique index that tells the
 * newest row for each row of the relation.
 */
export function detectTransitions(candidates: readonly Relation[], parent: Relation): TransitionsTable[] {
  return candidates.flatMap((transitions) => {
    const found = keysTo(transitions, parent).flatMap((foreignKey) => {
      const newest = newestBy(transitions, foreignKey);
      return newest ? [{ transitions, foreignKey, newest }] : [];
    });
    return found.length === 1 ? found : [];
  });
}

/** What looks like a transitions table and tells no newest row, as notes for people. */
export function undeterminedTransitions(candidates: readonly Relation[]): string[] {
  return candidates.flatMap((transitions) => {
    const [key, another] = transitions.foreignKeys;
    if (!key || transitions.foreignKeys.some((candidate) => candidate.columns.length === 1 && newestBy(transitions, candidate))) return [];
    const parent = another ? 'another table' : key.references.name;
    const reason = another
      ? 'no unique index tells the newest row for one of its foreign keys'
      : key.columns.length > 1
        ? 'its foreign key has more than one column'
        : `nothing tells its newest row: ${neededIndex(key)}`;
    return [`${transitions.name} looks like the transitions of ${parent}, but ${reason}. No state field is generated.`];
  });
}

export function neededIndex({ columns }: ForeignKey): string {
  return `it needs a unique index on (${columns.join(', ')}, ${flag}) WHERE ${flag}, or on (${columns.join(', ')}, ${order}), all NOT NULL`;
}

export function keysTo(transitions: Relation, parent: Relation): ForeignKey[] {
  return transitions.foreignKeys.filter(({ references, columns }) => references.schema === parent.schema && references.name === parent.name && columns.length === 1);
}

function looksLikeTransitions({ columns }: Relation): boolean {
  const has = (name: string) => columns.some((column) => column.name === name);
  return has(toState) && (has(order) || has(flag));
}

/** A unique index on (parent, most_recent) WHERE most_recent proves one newest row; a key or unique index on (parent, sort_key) orders them. */
export function newestBy(transitions: Relation, { columns: [parent] }: ForeignKey): StateMachine['newest'] | undefined {
  const uniques = [
    ...[transitions.primaryKey, ...transitions.uniques].flatMap((key) => (key ? [{ columns: key.columns, predicate: undefined }] : [])),
    ...transitions.indexes.filter(({ unique }) => unique),
  ];
  const covers = (columns: readonly (string | null)[], column: string) => columns.length === 2 && columns.includes(parent ?? '') && columns.includes(column);
  const flagged = uniques.some(
    ({ columns, predicate }) =>
      predicate !== undefined && /^\(?most_recent( = true)?\)?$/.test(predicate) && (covers(columns, flag) || (columns.length === 1 && columns[0] === parent)),
  );
  if (flagged) return { by: 'flag', column: flag };
  // A null sorts before every number, and a unique index lets any number of nulls in.
  const counted = transitions.columns.some(({ name, notNull }) => name === order && notNull);
  const ordered = counted && uniques.some(({ columns, predicate }) => predicate === undefined && covers(columns, order));
  return ordered ? { by: 'highest', column: order } : undefined;
}
