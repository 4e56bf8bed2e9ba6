import { isNode, listOf, type PgNode, type PgValue } from '../query-tree/node-tree.js';
import { number } from '../query-tree/scope.js';
import { type Proven, together } from './proven.js';

/** What is known about every row that a FROM and its conditions let pass. */
export interface JoinedRows {
  readonly proven: Proven;
  /** Entries of the range table that an outer join may fill with nulls. */
  readonly filled: ReadonlySet<number>;
}

/** `JoinType` of `nodes.h`: whether a join keeps rows of its left and right side that find no partner. */
const joinTypes = [
  { keepsLeft: false, keepsRight: false },
  { keepsLeft: true, keepsRight: false },
  { keepsLeft: true, keepsRight: true },
  { keepsLeft: false, keepsRight: true },
];

/**
 * Reads a FROM from the outside in. A condition that only rows with a partner fulfill makes an inner join of an outer
 * one, as Postgres's own planner does (`reduce_outer_joins`), and then the condition of that join holds as well.
 *
 * `FROM p LEFT JOIN q ON q.id = p.ref WHERE q.name = 'a'`: every row has a `q`, and `p.ref` is not null.
 *
 * `given` is known beforehand; `provenBy` tells what a condition proves where it is true.
 */
export function readJoins(
  tree: PgValue | undefined,
  given: Proven,
  provenBy: (condition: PgValue | undefined) => Proven,
): JoinedRows {
  let proven = given;
  const filled = new Set<number>();

  const read = (node: PgValue | undefined, known: Proven): void => {
    if (!isNode(node)) return;
    if (node.tag === 'FROMEXPR') {
      const holding = hold(node, known);
      for (const item of listOf(node.fields['fromlist'])) read(item, holding);
    }
    if (node.tag === 'JOINEXPR') readJoin(node, known);
  };

  const readJoin = (node: PgNode, known: Proven): void => {
    const { larg, rarg, jointype } = node.fields;
    const type = joinTypes[number(jointype)] ?? { keepsLeft: true, keepsRight: true };
    const left = entriesBelow(larg);
    const right = entriesBelow(rarg);
    const hasLeft = !type.keepsRight || left.some((entry) => known.entries.has(entry));
    const hasRight = !type.keepsLeft || right.some((entry) => known.entries.has(entry));
    const holding = hasLeft && hasRight ? hold(node, known) : known;
    readSide(larg, left, hasLeft ? holding : undefined);
    readSide(rarg, right, hasRight ? holding : undefined);
  };

  /** A side of a join: `known` is undefined where the other side may find no partner in it. */
  const readSide = (side: PgValue | undefined, entries: readonly number[], known: Proven | undefined): void => {
    if (known) read(side, known);
    else for (const entry of entries) filled.add(entry);
  };

  const hold = ({ fields }: PgNode, known: Proven): Proven => {
    const by = provenBy(fields['quals']);
    proven = together([proven, by]);
    return together([known, by]);
  };

  read(tree, given);
  return { proven, filled };
}

/** The entries of the range table that stand in a part of a FROM, joins themselves among them. */
export function entriesBelow(node: PgValue | undefined): number[] {
  if (!isNode(node)) return [];
  const { fromlist, larg, rarg, rtindex } = node.fields;
  const below = [...listOf(fromlist), larg, rarg].flatMap((part) => entriesBelow(part));
  return rtindex === undefined ? below : [number(rtindex), ...below];
}

/** The conditions that hold for every row of a FROM, whatever else is known: WHERE, and those of inner joins. */
export function certainConditions(node: PgValue | undefined): PgValue[] {
  if (!isNode(node)) return [];
  const { fromlist, larg, rarg, jointype, quals } = node.fields;
  const own = quals === undefined || quals === null ? [] : [quals];
  if (node.tag === 'FROMEXPR') return [...own, ...listOf(fromlist).flatMap(certainConditions)];
  if (node.tag !== 'JOINEXPR') return [];
  const { keepsLeft, keepsRight } = joinTypes[number(jointype)] ?? { keepsLeft: true, keepsRight: true };
  return [
    ...(keepsLeft || keepsRight ? [] : own),
    ...(keepsRight ? [] : certainConditions(larg)),
    ...(keepsLeft ? [] : certainConditions(rarg)),
  ];
}
