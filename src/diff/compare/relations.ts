import type { Relation } from '../../catalog/catalog.js';
import { shownName } from '../../report/shown-name.js';
import type { Axis, Change } from '../change.js';
import type { RelationPair } from '../pair.js';
import type { Side } from '../side.js';
import { compareColumns } from './columns.js';
import { compareConstraints } from './constraints.js';
import { between, type Comparison, relationMeaning } from './context.js';
import { compareGuarantees } from './guarantees.js';
import { compareReactions } from './reactions.js';
import { renameIn } from './sql-words.js';

/** Compares relations: those of the newer side in their order, then those that are gone. */
export function compareRelations(comparison: Comparison): Change[] {
  const { from, to, pairs } = comparison;
  const paired = new Set(pairs.map(({ before }) => before));
  const pairOf = new Map(pairs.map((pair) => [pair.after, pair]));
  const removed = from.catalog.relations.filter((relation) => !paired.has(relation));
  return [
    ...to.catalog.relations.flatMap((relation): Change[] => {
      const pair = pairOf.get(relation);
      return pair
        ? compareRelation(comparison, pair)
        : [{ rule: 'relation-added', relation: nameOf(relation), kind: relation.kind }];
    }),
    ...removed.map(
      (relation): Change => ({ rule: 'relation-removed', relation: nameOf(relation), kind: relation.kind }),
    ),
  ];
}

const nameOf = ({ schema, name }: Relation) => ({ schema, name });

function compareRelation(comparison: Comparison, pair: RelationPair): Change[] {
  const { before, after, renamed } = pair;
  const relation = nameOf(after);
  const kind = between(before.kind, after.kind);
  const writable = between(writableAxes(comparison.from, before), writableAxes(comparison.to, after));
  const secured = between(before.rowSecurity === true, after.rowSecurity === true);
  const inherited = between(before.inherited === true, after.inherited === true);
  const parents = between(parentNames(before, comparison.renamed), parentNames(after));
  const names = new Map(pair.columns.map((column) => [column.before.name, column.after.name]));
  const key = between(before.partitionKey && renameIn(before.partitionKey, names), after.partitionKey);
  const bound = between(before.partitionBound, after.partitionBound);
  const comment = between(before.comment, after.comment);
  return [
    ...(renamed
      ? [
          {
            rule: 'relation-renamed',
            relation,
            before: shownName(before),
            after: shownName(after),
            ...renamed,
          } as const,
        ]
      : []),
    ...(kind ? [{ rule: 'relation-kind', relation, ...kind } as const] : []),
    ...(writable ? [{ rule: 'relation-writable', relation, ...writable } as const] : []),
    ...(secured ? [{ rule: 'relation-row-security', relation, ...secured } as const] : []),
    ...(inherited ? [{ rule: 'relation-inherited', relation, ...inherited } as const] : []),
    ...(parents ? [{ rule: 'relation-parents', relation, ...parents } as const] : []),
    ...(key ? [{ rule: 'relation-partition-key', relation, ...key } as const] : []),
    // Where a table becomes a partition or stops being one, its parents say so.
    ...(bound?.before && bound.after
      ? [{ rule: 'relation-partition-bound', relation, before: bound.before, after: bound.after } as const]
      : []),
    ...(comment ? [{ rule: 'relation-comment', relation, ...comment } as const] : []),
    ...compareColumns(comparison, pair),
    ...compareConstraints(comparison, pair),
    ...compareGuarantees(comparison, pair),
    ...compareReactions(pair),
  ];
}

/** Writes that the relation itself takes. A table takes all, even where none of its columns can be written. */
function writableAxes(side: Side, relation: Relation): readonly Axis[] {
  const meaning = relationMeaning(side, relation);
  const views = relation.kind === 'view' || relation.kind === 'materialized view' || relation.kind === 'foreign table';
  const axes: readonly Axis[] = ['insert', 'update'];
  return views ? axes.filter((axis) => (axis === 'insert' ? relation.insertable : meaning?.updatable)) : axes;
}

function parentNames({ parents = [] }: Relation, renamed: Comparison['renamed'] = (name) => name): string[] {
  return parents.map((parent) => shownName(renamed(parent)));
}
