import type { TypeRef } from '../../catalog/catalog.js';

/**
 * What can go wrong at run time with a new SQL type, though the TypeScript type may be the same: a shorter varchar
 * refuses values, a `timestamp` that becomes `timestamptz` means another moment. Undefined where the type only got
 * wider.
 */
export function typeDanger(before: TypeRef, after: TypeRef): string | undefined {
  if ((before.dimensions ?? 0) !== (after.dimensions ?? 0)) return 'one is an array with different dimensions';
  if (before.schema === undefined && after.schema === undefined) {
    const [from, to] = [family(before), family(after)];
    if (from && to && from.name === to.name) return from.narrower(before, after);
    if (timeZones.get(before.name) === after.name || timeZones.get(after.name) === before.name)
      return 'the same value means a different moment: one has a time zone';
  }
  return before.sql === after.sql ? undefined : 'other values are accepted and read';
}

interface Family {
  readonly name: string;
  readonly narrower: (before: TypeRef, after: TypeRef) => string | undefined;
}

const timeZones: ReadonlyMap<string, string> = new Map([
  ['timestamp', 'timestamptz'],
  ['time', 'timetz'],
]);

/**
 * Types in families, in each of which a higher rank holds every value of a lower one:
 * https://www.postgresql.org/docs/current/datatype-numeric.html.
 */
const ranks: ReadonlyMap<string, readonly [family: string, rank: number]> = new Map([
  ['int2', ['integer', 1]],
  ['int4', ['integer', 2]],
  ['int8', ['integer', 3]],
  ['float4', ['float', 1]],
  ['float8', ['float', 2]],
  ['json', ['json', 1]],
  ['jsonb', ['json', 1]],
]);

function family(type: TypeRef): Family | undefined {
  const rank = ranks.get(type.name);
  if (rank) return { name: rank[0], narrower: byRank };
  if (type.name === 'varchar' || type.name === 'text') return { name: 'text', narrower: byLength };
  if (type.name === 'numeric') return { name: 'numeric', narrower: byPrecision };
  // Not char(n), which pads, and bit(n), which takes values of that length only: neither holds what the shorter one
  // does.
  if (['varbit', 'timestamp', 'timestamptz', 'time', 'timetz', 'interval'].includes(type.name))
    return { name: type.name, narrower: byLength };
  return undefined;
}

function byRank(before: TypeRef, after: TypeRef): string | undefined {
  return (ranks.get(after.name)?.[1] ?? 0) < (ranks.get(before.name)?.[1] ?? 0)
    ? 'values that were valid are out of range'
    : undefined;
}

/** The danger of a new length or precision. A type without a modifier has no limit, or the greatest precision. */
function byLength(before: TypeRef, after: TypeRef): string | undefined {
  const shorter = after.modifier !== undefined && (before.modifier === undefined || after.modifier < before.modifier);
  if (!shorter) return undefined;
  return /^(time|interval)/.test(after.name) ? 'fractions of a second are rounded' : 'longer values are refused';
}

/**
 * The danger of a new numeric(p, s), which has p - s digits before the point; its `atttypmod` is `(p << 16 | s) + 4`.
 */
function byPrecision(before: TypeRef, after: TypeRef): string | undefined {
  if (after.modifier === undefined) return undefined;
  if (before.modifier === undefined) return 'values are rounded, and larger ones refused';
  const digits = ({ modifier = 4 }: TypeRef) =>
    [((modifier - 4) >> 16) - ((modifier - 4) & 0x7ff), (modifier - 4) & 0x7ff] as const;
  const [[wholeBefore, scaleBefore], [wholeAfter, scaleAfter]] = [digits(before), digits(after)];
  if (wholeAfter < wholeBefore) return 'larger values are refused';
  return scaleAfter < scaleBefore ? 'values are rounded' : undefined;
}
