import { didYouMean, RowsmithError } from '../errors.js';

/**
 * The shape of a value in the config. `configShape` in validate.ts describes the whole config; validation only walks
 * it.
 */
export type Shape =
  | { readonly kind: SimpleKind }
  | { readonly kind: 'one of'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: Shape }
  | ObjectShape
  | { readonly kind: 'either'; readonly of: readonly Shape[] };

interface ObjectShape {
  readonly kind: 'object';
  readonly keys: { readonly [key: string]: Shape };
  readonly required?: readonly string[];
  /** The shape of the values of all other keys. */
  readonly rest?: Shape;
  /** The key that distinguishes the object from its alternatives. */
  readonly markedBy?: string;
}

/** A kind of value that one test recognizes, and its name in errors. */
interface Simple {
  readonly named: string;
  readonly fits: (value: unknown) => boolean;
}

const simple = {
  string: { named: 'a string', fits: (value) => typeof value === 'string' },
  'optional string': { named: 'a string', fits: (value) => typeof value === 'string' },
  boolean: { named: 'a boolean', fits: (value) => typeof value === 'boolean' },
  function: { named: 'a function', fits: (value) => typeof value === 'function' },
  true: { named: 'true', fits: (value) => value === true },
  false: { named: 'false', fits: (value) => value === false },
  seconds: { named: 'a number above 0', fits: (value) => typeof value === 'number' && value > 0 },
  scalar: {
    named: 'a string, a number or a boolean',
    fits: (value) => ['string', 'number', 'boolean'].includes(typeof value),
  },
  date: { named: 'a date such as 2026-12-31', fits: isDate },
  'module reference': {
    named: 'an export of a module such as ./module#export',
    fits: (value) => typeof value === 'string' && value.includes('#'),
  },
  /** The version of the format, which is checked before everything else. */
  version: { named: 'a version', fits: () => true },
} as const satisfies { readonly [kind: string]: Simple };

type SimpleKind = keyof typeof simple;

function isDate(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}

/** Checks a value, and throws on the first part that does not fit. A key whose value is undefined counts as absent. */
export function check(value: unknown, shape: Shape, path: readonly string[], file: string): void {
  if (value === undefined && path.length > 0) return;
  switch (shape.kind) {
    case 'list':
      if (!Array.isArray(value)) throw invalid(file, path, `must be ${describe(shape)}`);
      value.forEach((item, index) => check(item, shape.of, [...path, String(index)], file));
      return;
    case 'object':
      checkObject(value, shape, path, file);
      return;
    case 'either': {
      const fitting = shape.of.find((candidate) => looksLike(value, candidate));
      if (!fitting) throw invalid(file, path, `must be ${describe(shape)}`);
      check(value, fitting, path, file);
      return;
    }
    case 'true':
    case 'false':
      if (!looksLike(value, shape)) throw invalid(file, path, `must be ${describe(shape)} or absent`);
      return;
    default:
      if (!looksLike(value, shape)) throw invalid(file, path, `must be ${describe(shape)}`);
  }
}

function checkObject(value: unknown, shape: ObjectShape, path: readonly string[], file: string): void {
  if (!looksLike(value, shape)) throw invalid(file, path, `must be ${describe(shape)}`);
  const entries = Object.entries(value as object);
  for (const [key, item] of entries) {
    const known = Object.hasOwn(shape.keys, key) ? shape.keys[key] : shape.rest;
    if (!known) throw unknownKey(file, [...path, key], Object.keys(shape.keys));
    check(item, known, [...path, key], file);
  }
  const missing = shape.required?.find((key) => !entries.some(([present]) => present === key));
  if (missing) throw invalid(file, [...path, missing], 'is missing');
}

/**
 * Whether a value is of the kind of a shape, regardless of its contents. This distinguishes the alternatives of
 * `either`.
 */
function looksLike(value: unknown, shape: Shape): boolean {
  switch (shape.kind) {
    case 'one of':
      return typeof value === 'string' && shape.values.includes(value);
    case 'list':
      return Array.isArray(value);
    case 'object':
      return isObject(value) && (shape.markedBy === undefined || shape.markedBy in value);
    case 'either':
      return shape.of.some((one) => looksLike(value, one));
    default:
      return simple[shape.kind].fits(value);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Describes a shape in words that fit after "must be": `a string or a list`. */
function describe(shape: Shape): string {
  switch (shape.kind) {
    case 'one of':
      return `one of ${shape.values.join(', ')}`;
    case 'list':
      return 'a list';
    case 'object':
      return 'an object';
    case 'either':
      return [...new Set(shape.of.map(describe))].join(' or ');
    default:
      return simple[shape.kind].named;
  }
}

/** The error for a value that does not fit, named by its position: `models.tasks.alias`. */
export function invalid(file: string, path: readonly string[], problem: string): RowsmithError {
  const place = path.length > 0 ? path.join('.') : 'the config';
  return new RowsmithError('config-invalid', `${file}: ${place} ${problem}`, 'docs/config.md describes every key.');
}

function unknownKey(file: string, path: readonly string[], known: readonly string[]): RowsmithError {
  const key = path.at(-1) ?? '';
  const hint = didYouMean(key, known) ?? `Known keys here: ${known.join(', ')}.`;
  return new RowsmithError('config-invalid', `${file}: unknown key "${path.join('.')}"`, hint);
}
