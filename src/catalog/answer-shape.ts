import { getHeapStatistics } from 'node:v8';
import type { AnsweredLists } from './answered-lists.js';
import { answerNotReadable } from './unreadable.js';

/** The type of a field. `?` means that null is allowed; `[]` is a list of such values. */
type Shape = 'number' | 'number?' | 'text' | 'text?' | 'boolean' | 'boolean?' | 'number[]' | 'number[]?' | 'text[]?';

/** The type of each field of each list. The type requires every field, so the compiler reports a missing one. */
const shapes: {
  readonly [Name in keyof AnsweredLists]: { readonly [Field in keyof AnsweredLists[Name][number]]: Shape };
} = {
  columns: { rel: 'number', num: 'number', name: 'text', type: 'number', notnull: 'boolean' },
  schemas: { name: 'text', comment: 'text?' },
  relations: {
    id: 'number',
    schema: 'text',
    name: 'text',
    kind: 'text',
    partition: 'boolean',
    insertable: 'boolean?',
    handled: 'number',
    secured: 'boolean',
    extension: 'text?',
    inherited: 'boolean',
    fills: 'boolean',
    partkey: 'text?',
    bound: 'text?',
    comment: 'text?',
  },
  parents: { id: 'number', schema: 'text', name: 'text' },
  details: {
    rel: 'number',
    num: 'number',
    mod: 'number?',
    dims: 'number?',
    identity: 'text?',
    generated: 'text?',
    updatable: 'boolean?',
    nondeterministic: 'boolean?',
  },
  // Null if the table was dropped in the meantime, because its expressions can no longer be printed.
  defaults: { rel: 'number', num: 'number', expression: 'text?' },
  comments: { rel: 'number', num: 'number', comment: 'text' },
  unproven: { rel: 'number', num: 'number' },
  constraints: {
    rel: 'number',
    domain: 'number',
    name: 'text',
    kind: 'text',
    key: 'number[]?',
    ref: 'number',
    refkey: 'number[]?',
    ondelete: 'text?',
    onupdate: 'text?',
    expression: 'text?',
    valid: 'boolean',
    deferrable: 'boolean',
    noinherit: 'boolean',
    period: 'boolean',
  },
  references: { id: 'number', schema: 'text', name: 'text' },
  indexes: {
    rel: 'number',
    name: 'text',
    method: 'text',
    unique: 'boolean',
    key: 'number[]',
    keys: 'number',
    predicate: 'text?',
  },
  triggers: {
    rel: 'number',
    name: 'text',
    bits: 'number',
    columns: 'number[]',
    schema: 'text',
    function: 'text',
    source: 'text?',
    argument: 'text?',
    condition: 'text?',
    disabled: 'boolean',
  },
  policies: {
    rel: 'number',
    name: 'text',
    command: 'text',
    permissive: 'boolean',
    roles: 'text[]?',
    using: 'text?',
    check: 'text?',
  },
  types: {
    id: 'number',
    schema: 'text',
    name: 'text',
    kind: 'text',
    element: 'number?',
    sql: 'text',
    base: 'number?',
    mod: 'number?',
    dims: 'number?',
    notnull: 'boolean',
    nondeterministic: 'boolean?',
    default: 'text?',
    comment: 'text?',
    extension: 'text?',
    declared: 'boolean',
  },
  modified: { type: 'number', mod: 'number', sql: 'text' },
  labels: { type: 'number', label: 'text' },
  attributes: { owner: 'number', name: 'text', type: 'number', mod: 'number?', dims: 'number?' },
  ranges: { type: 'number', subtype: 'number', multirange: 'text?' },
  rules: { view: 'number', tree: 'text' },
  builtins: { id: 'number', kind: 'text' },
  arrays: { id: 'number', kind: 'text' },
  routines: {
    schema: 'text',
    name: 'text',
    kind: 'text',
    args: 'number[]',
    modes: 'text[]?',
    names: 'text[]?',
    defaults: 'number',
    returns: 'number',
    set: 'boolean',
    volatility: 'text',
    strict: 'boolean',
    comment: 'text?',
  },
};

/** The names of all lists in the catalog query's answer. */
export const listNames = Object.keys(shapes) as readonly (keyof AnsweredLists)[];

/** The values of each field of a list, one per row; null if the list has no rows. */
export type Fields = Readonly<Record<string, readonly unknown[] | null>>;

/**
 * Reads one list of the catalog query's answer, `{"name":["a","b"],"kind":["r","v"]}`. A server may send anything, so a
 * value of the wrong type, or a nested one, is refused here, before it is used.
 */
export function readFields(
  list: unknown,
  text: unknown,
): { readonly list: keyof AnsweredLists; readonly fields: Fields } {
  const name = listNames.find((known) => known === list);
  if (name === undefined || typeof text !== 'string')
    throw answerNotReadable('it contains a list that was not requested');
  const fields = parse(text);
  const names = Object.entries<Shape>(shapes[name]);
  const [first] = names.map(([field]) => fields[field]);
  for (const [field, shape] of names) {
    if (!isColumn(fields[field], shape, first?.length)) throw answerNotReadable(`${name}.${field} is not valid`);
  }
  return { list: name, fields: fields as Fields };
}

function parse(text: string): Partial<Record<string, readonly unknown[] | null>> {
  refuseExpansion(text);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Partial<Record<string, readonly unknown[] | null>>;
  } catch {
    // The error is thrown below.
  }
  throw answerNotReadable('one of its lists is not a JSON object');
}

/** A text shorter than this cannot become large in memory. */
const short = 1_000_000;

/**
 * The maximum number of values in a list: a quarter of the heap, because a value other than a text takes at most 64
 * bytes (`{}`).
 */
const mostValues = () => getHeapStatistics().heap_size_limit / 256;

/**
 * Refuses a text whose values would not fit into memory, before it is parsed: three characters of JSON can become 64
 * bytes. Strings do not grow, so their contents are not counted.
 */
function refuseExpansion(text: string): void {
  if (text.length < short) return;
  const most = mostValues();
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfText(text, at);
    else if (character === ',' || character === '[' || character === '{') values++;
  }
  if (values > most) throw answerNotReadable(`one of its lists has more than ${Math.round(most / 1e6)} million values`);
}

/** The position of the quote that closes the string starting at `start`. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}

function isColumn(values: unknown, shape: Shape, rows: number | undefined): boolean {
  if (values === null) return rows === undefined;
  return Array.isArray(values) && values.length === rows && values.every(checks[shape]);
}

const isNumber = (value: unknown) => typeof value === 'number';
const isText = (value: unknown) => typeof value === 'string';
const isBoolean = (value: unknown) => typeof value === 'boolean';
const isNumbers = (value: unknown) => Array.isArray(value) && value.every(isNumber);

const checks: Readonly<Record<Shape, (value: unknown) => boolean>> = {
  number: isNumber,
  'number?': (value) => value === null || isNumber(value),
  text: isText,
  'text?': (value) => value === null || isText(value),
  boolean: isBoolean,
  'boolean?': (value) => value === null || isBoolean(value),
  'number[]': isNumbers,
  'number[]?': (value) => value === null || isNumbers(value),
  'text[]?': (value) => value === null || (Array.isArray(value) && value.every(isText)),
};
