import { isNode, listOf, type PgNode, type PgValue } from '../node-tree.js';

/** A query, what encloses it, and which of its range table entries an outer join may fill with nulls. */
export interface Scope {
  readonly query: PgNode;
  readonly rangeTable: readonly PgValue[];
  readonly nullable: ReadonlySet<number>;
  readonly outer?: Scope;
}

export const number = (value: PgValue | undefined): number => Number(value ?? 0);

export const subLinkTypes = { exists: 0, scalar: 4, array: 6 };
export const entryKinds = { relation: 0, subquery: 1, join: 2, values: 5, commonTable: 6, group: 9 };

export function scopeOf(query: PgNode, outer?: Scope): Scope {
  const nullable = new Set<number>();
  markNullable(query.fields['jointree'], false, nullable);
  return { query, rangeTable: listOf(query.fields['rtable']), nullable, ...(outer ? { outer } : {}) };
}

/** Marks what stands on the side of an outer join that is filled with nulls. Join types: inner 0, left 1, full 2, right 3. */
function markNullable(node: PgValue | undefined, below: boolean, nullable: Set<number>): void {
  if (!isNode(node)) return;
  const { fields } = node;
  if (node.tag === 'FROMEXPR') for (const item of listOf(fields['fromlist'])) markNullable(item, below, nullable);
  if (below && fields['rtindex'] !== undefined) nullable.add(number(fields['rtindex']));
  if (node.tag !== 'JOINEXPR') return;
  const type = number(fields['jointype']);
  markNullable(fields['larg'], below || type === 2 || type === 3, nullable);
  markNullable(fields['rarg'], below || type === 1 || type === 2, nullable);
}

export function ancestor(scope: Scope | undefined, levels: number): Scope | undefined {
  let found = scope;
  for (let level = 0; level < levels; level++) found = found?.outer;
  return found;
}
