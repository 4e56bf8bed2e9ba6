import type { Column, Relation, TypeRef } from '../../catalog/catalog.js';
import { didYouMean, RowsmithError } from '../../errors.js';

/** A column that holds states. */
export interface StateColumn {
  readonly relation: Relation;
  readonly column: Column;
  /** Its type, or the base type of its domain. */
  readonly base: TypeRef;
  /** The labels of its enum. */
  readonly labels?: readonly string[];
}

/**
 * Whether a column of a type can hold a state and reads it back as it was written. Equal values of char(n), citext and
 * nondeterministic collations read differently, so no union of states would be correct.
 */
const holds: { readonly [type: string]: (state: string, sql: string) => boolean } = {
  text: isText,
  varchar: (state, sql) => isText(state) && [...state].length <= lengthOf(sql),
  int2: integerUpTo(2n ** 15n),
  int4: integerUpTo(2n ** 31n),
  int8: integerUpTo(2n ** 63n),
  bool: (state) => state === 'true' || state === 'false',
};

function isText(state: string): boolean {
  return !state.includes('\0');
}

/** `character varying(5)` → 5 */
function lengthOf(sql: string): number {
  return Number(/\((\d+)\)/.exec(sql)?.[1] ?? Number.POSITIVE_INFINITY);
}

function integerUpTo(limit: bigint): (state: string) => boolean {
  return (state) => /^(0|-?[1-9]\d*)$/.test(state) && BigInt(state) >= -limit && BigInt(state) < limit;
}

/** Throws if the column's type cannot hold states, or cannot hold one of those that the config names. */
export function refuseUnheld({ relation, column, base, labels }: StateColumn, named: readonly string[]): void {
  const place = `${relation.name}.${column.name}`;
  const holdsOne = holds[base.name];
  const fits = base.schema === undefined && base.dimensions === undefined && !column.nondeterministic;
  const isArray = column.type.dimensions !== undefined || base.dimensions !== undefined;
  if (isArray || (!labels && !(fits && Object.hasOwn(holds, base.name)))) {
    throw new RowsmithError(
      'state-not-readable',
      `${place} cannot keep a state: its type is ${column.type.sql}${column.nondeterministic ? ' of a nondeterministic collation' : ''}.`,
      'A state is an enum, text, varchar, an integer or a boolean, or a domain over one of them.',
    );
  }
  const unheld = named.find((state) => !(labels ? labels.includes(state) : holdsOne?.(state, base.sql)));
  if (unheld === undefined) return;
  throw new RowsmithError(
    'config-invalid',
    `The state "${unheld}" of ${relation.name} does not fit ${place}, whose type is ${base.sql}.`,
    labels
      ? (didYouMean(unheld, labels) ?? `The states are: ${labels.join(', ')}.`)
      : 'Check its spelling, or change the type of the column.',
  );
}

/** The value of a column's default if it is a constant: `'draft'::text` → `draft`. */
export function literalDefault({ default: expression = '' }: Column): string | undefined {
  const [, text, word] = /^\(?(?:'((?:[^']|'')*)'|(-?\d+|true|false))\)?(?:::.*)?$/s.exec(expression) ?? [];
  return text?.replaceAll("''", "'") ?? word;
}
