import type { Axis, ChangeOf, Rule } from '../change.js';

/** What a change means for code: which statements it breaks, or whether it is dangerous though everything compiles. */
export interface Judgement {
  /** The statements that it breaks; empty where code keeps working. */
  readonly breaks: readonly Axis[];
  readonly dangerous: boolean;
  /** What happened, as it reads after the name of what changed: `became NOT NULL`. */
  readonly says: string;
  readonly why: string;
}

/** Judges of all rules that begin with a prefix. A rule without one does not compile. */
export type Judges<Prefix extends string> = {
  readonly [R in Rule & `${Prefix}-${string}`]: (change: ChangeOf<R>) => Judgement;
};

export const all: readonly Axis[] = ['select', 'insert', 'update'];

export function breaking(breaks: readonly Axis[], says: string, why: string): Judgement {
  return { breaks, dangerous: false, says, why };
}

export function dangerous(says: string, why: string): Judgement {
  return { breaks: [], dangerous: true, says, why };
}

export function safe(says: string, why: string): Judgement {
  return { breaks: [], dangerous: false, says, why };
}

/** A judgement of a breaking change where there are statements to break, else `otherwise`. */
export function breakingOr(breaks: readonly Axis[], says: string, why: string, otherwise: Judgement): Judgement {
  return breaks.length > 0 ? breaking(breaks, says, why) : otherwise;
}

export function writeAxes({ insert, update }: { readonly insert: boolean; readonly update: boolean }): Axis[] {
  return [...(insert ? (['insert'] as const) : []), ...(update ? (['update'] as const) : [])];
}

/** `before → after`, with expressions of several lines on one line. */
export function fromTo({
  before,
  after,
}: {
  readonly before: string | undefined;
  readonly after: string | undefined;
}): string {
  return `${shown(before)} → ${shown(after)}`;
}

export const shown = (text: string | undefined): string => (text === undefined ? 'none' : text.replace(/\s+/g, ' '));

/** Judgement of a rename: `renamed from a to b`, or that it looks like one. */
export function renamed({
  before,
  after,
  certainty,
  because,
}: {
  readonly before: string;
  readonly after: string;
  readonly certainty: string;
  readonly because: string;
}) {
  const says =
    certainty === 'certain'
      ? `was renamed from ${before} to ${after}`
      : `was probably renamed from ${before} to ${after}`;
  const doubt = certainty === 'certain' ? because : `${because}; if not, ${before} was removed and ${after} added`;
  return { says, why: `code that uses ${before} fails (${doubt})` };
}

/** Judges a changed literal union by the members that were added and removed. */
export function judgeValues(
  { before, after }: { readonly before?: readonly string[]; readonly after?: readonly string[] },
  writes: readonly Axis[],
): Judgement {
  if (before === undefined) {
    return breakingOr(
      writes,
      `now takes only ${list(after)}`,
      'other values are refused',
      safe(`is now only ${list(after)}`, 'it reads as a narrower type'),
    );
  }
  if (after === undefined)
    return breaking(
      ['select'],
      `now takes any value, not only ${list(before)}`,
      'what is read is no longer one of the union',
    );
  const added = after.filter((value) => !before.includes(value));
  const removed = before.filter((value) => !after.includes(value));
  const says = [
    ...(added.length > 0 ? [`takes ${list(added)} too`] : []),
    ...(removed.length > 0 ? [`no longer takes ${list(removed)}`] : []),
  ].join(' and ');
  if (removed.length > 0 && writes.length > 0) return breaking(writes, says, 'writing a removed value is refused');
  return added.length > 0
    ? dangerous(says, 'a switch over the union does not handle the new value')
    : safe(says, 'nothing can read it anymore');
}

const list = (values: readonly string[] | undefined): string => (values ?? []).join(', ');
