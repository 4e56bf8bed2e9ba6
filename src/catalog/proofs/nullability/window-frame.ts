import { isNode, listOf, type PgNode } from '../query-tree/node-tree.js';
import { number } from '../query-tree/scope.js';

/** `FRAMEOPTION_…` of `parsenodes.h`, as far as they are read. */
const options = {
  range: 0x2,
  startUnboundedPreceding: 0x20,
  startCurrentRow: 0x200,
  startOffsetPreceding: 0x800,
  endUnboundedFollowing: 0x100,
  endCurrentRow: 0x400,
  endOffsetFollowing: 0x4000,
  excludeCurrentRow: 0x8000,
  excludeGroup: 0x10000,
};

/**
 * Whether every frame of a window holds the row that it is made for, as the default does. Offsets count for rows and
 * groups only: those of values are compared by functions of their types.
 */
export function frameHoldsRow({ fields }: PgNode, window: number): boolean {
  const clause = listOf(fields['windowClause'])
    .filter(isNode)
    .find(({ fields: { winref } }) => number(winref) === window);
  if (!clause) return false;
  const frame = number(clause.fields['frameOptions']);
  const has = (...some: readonly (keyof typeof options)[]) => some.some((name) => (frame & options[name]) !== 0);
  const offsets = !has('range');
  const starts = has('startUnboundedPreceding', 'startCurrentRow') || (offsets && has('startOffsetPreceding'));
  const ends = has('endUnboundedFollowing', 'endCurrentRow') || (offsets && has('endOffsetFollowing'));
  return starts && ends && !has('excludeCurrentRow', 'excludeGroup');
}
