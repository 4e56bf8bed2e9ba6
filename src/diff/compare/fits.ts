import type { Axis } from '../change.js';
import type { FieldMeaning, Members } from '../side.js';

/** Whether every value of one union is a value of the other: `'a'` fits into `string`, and an enum does too. */
export function fits(members: Members, into: Members, enums: Names): boolean {
  return members.every(
    (member) =>
      into.includes(member) ||
      (isLiteral(member) && into.includes(baseOf(member))) ||
      (enums.has(member) && into.includes('string')),
  );
}

/** The names of the enums of both sides. */
type Names = ReadonlySet<string>;

const isLiteral = (member: string): boolean => member.startsWith("'") || /^-?\d+$/.test(member);

/** The literals of a union; empty where some member other than null is no literal. */
export function literalsOf(members: Members): Members {
  const values = withoutNull(members);
  return values.every(isLiteral) ? values : [];
}

/** A union without null, with each literal replaced by its type: `'a' | 1 | null` → `string | number`. */
export function plainType(members: Members): Members {
  return [...new Set(withoutNull(members).map((member) => (isLiteral(member) ? baseOf(member) : member)))];
}

export const withoutNull = (members: Members): Members => members.filter((member) => member !== 'null');
const baseOf = (literal: string): string => (literal.startsWith("'") ? 'string' : 'number');

/**
 * The statements that a column's new type breaks. Reading breaks where new values do not fit the old type, writing
 * where old values do not fit the new one.
 */
export function brokenByType(before: FieldMeaning, after: FieldMeaning, enums: Names): Axis[] {
  const writes: Writes = {
    insert: [before.insert?.accepts, after.insert?.accepts],
    update: [before.update, after.update],
  };
  return brokenByMembers(plainType(before.read), plainType(after.read), writes, enums);
}

type Writes = {
  readonly [axis in 'insert' | 'update']?: readonly [before: Members | undefined, after: Members | undefined];
};

export function brokenByMembers(readBefore: Members, readAfter: Members, writes: Writes, enums: Names): Axis[] {
  const refused = (pair: Writes['insert']) =>
    pair?.[0] !== undefined && pair[1] !== undefined && !fits(plainType(pair[0]), plainType(pair[1]), enums);
  return [
    ...(fits(readAfter, readBefore, enums) ? [] : (['select'] as const)),
    ...(refused(writes.insert) ? (['insert'] as const) : []),
    ...(refused(writes.update) ? (['update'] as const) : []),
  ];
}
