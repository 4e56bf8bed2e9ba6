import type { Dimensions } from '../catalog/catalog.js';
import { onceForEach } from '../catalog/collections.js';

/**
 * A TypeScript type, as data: what it means, not yet how it is spelled. `string | null` is
 * `{ kind: 'union', members: [{ kind: 'builtin', name: 'string' }, { kind: 'builtin', name: 'null' }] }`.
 */
export type TsType =
  | { readonly kind: 'builtin'; readonly name: BuiltinName }
  | { readonly kind: 'literal'; readonly value: string | number }
  /** A helper type, which `types.ts` declares if some column needs it. */
  | { readonly kind: 'helper'; readonly name: HelperName }
  /** An enum of the schema, by the name of its union in `types.ts`: `OrderStatus`. */
  | { readonly kind: 'enum'; readonly name: string }
  /** The ids of one table, by the name of their type in `types.ts`: `OrderId`. */
  | { readonly kind: 'brand'; readonly name: string }
  /** A composite type of the schema, by the name of its interface in `types.ts`: `Address`. */
  | { readonly kind: 'composite'; readonly name: string }
  /**
   * A type that one of the user's modules exports. With `member`, the export is a namespace, and this is that member of
   * it (`Temporal.Instant`); with `schema`, it is a Standard Schema, and this is its input or output.
   */
  | {
      readonly kind: 'imported';
      readonly module: string;
      readonly name: string;
      readonly member?: string;
      readonly schema?: 'input' | 'output';
    }
  /** JSON text that holds a value of a type. */
  | { readonly kind: 'json text'; readonly of: TsType }
  | { readonly kind: 'array'; readonly element: TsType }
  /** `NestedArray<…>` of `types.ts`: an array of any number of dimensions. */
  | { readonly kind: 'nested array'; readonly element: TsType }
  /** `Range<…>` of `types.ts`, with the type of its bounds. */
  | { readonly kind: 'range'; readonly bound: TsType }
  | { readonly kind: 'union'; readonly members: readonly TsType[] };

export type BuiltinName =
  | 'string'
  | 'number'
  | 'boolean'
  | 'bigint'
  | 'null'
  | 'undefined'
  | 'Date'
  | 'Buffer'
  | 'Uint8Array';

/**
 * The helper types that `types.ts` can declare in addition to the schema's own types. No type of the schema gets such a
 * name.
 */
export const helperNames = [
  'Circle',
  'Interval',
  'Json',
  'JsonInput',
  'JsonText',
  'NestedArray',
  'Point',
  'Range',
  'UtcTimestamp',
] as const;

export type HelperName = (typeof helperNames)[number];

export const isHelperName = (name: string): boolean => helperNames.some((helper) => helper === name);

/** The JSON of a type, by which types are compared; made once for each, since many columns share few types. */
const textOf = onceForEach((type: TsType) => JSON.stringify(type));

const builtins = new Map<BuiltinName, TsType>();
export function builtin(name: BuiltinName): TsType {
  const type = builtins.get(name) ?? { kind: 'builtin', name };
  builtins.set(name, type);
  return type;
}
export const helper = (name: HelperName): TsType => ({ kind: 'helper', name });
export const literal = (value: string | number): TsType => ({ kind: 'literal', value });

/** The values of a literal or a union of literals; undefined for a type with other members. */
export function literalsIn(type: TsType): readonly (string | number)[] | undefined {
  const members = type.kind === 'union' ? type.members : [type];
  const literals = members.flatMap((member) => (member.kind === 'literal' ? [member.value] : []));
  return literals.length === members.length ? literals : undefined;
}

export const listOf = (element: TsType): TsType => ({ kind: 'array', element });
export const range = (bound: TsType): TsType => ({ kind: 'range', bound });

/** An array of the given number of dimensions: `number[][]` for two. */
export function array(element: TsType, dimensions: Dimensions): TsType {
  if (dimensions === 'unknown') return { kind: 'nested array', element };
  return dimensions === 0 ? element : listOf(array(element, dimensions - 1));
}

/** The union of types, flattened and without duplicates; the type itself if there is only one. */
export function union(...types: readonly TsType[]): TsType {
  const members = new Map<string, TsType>();
  for (const type of types.flatMap((type) => (type.kind === 'union' ? type.members : [type])))
    members.set(textOf(type), type);
  const [first, ...others] = members.values();
  return first && others.length === 0 ? first : { kind: 'union', members: [...members.values()] };
}

export const nullable = onceForEach((type: TsType) => union(type, builtin('null')));

/** A type without its null. */
export const withoutNull = (type: TsType): TsType =>
  type.kind === 'union' ? union(...type.members.filter((member) => !sameType(member, builtin('null')))) : type;

/** The type of a property that may be passed as undefined. */
export const orUndefined = onceForEach((type: TsType) => union(type, builtin('undefined')));

export function sameType(a: TsType, b: TsType): boolean {
  return a === b || textOf(a) === textOf(b);
}

export function holdsBigint(type: TsType): boolean {
  return type.kind === 'union' ? type.members.some(holdsBigint) : sameType(type, builtin('bigint'));
}

export function isNullable(type: TsType): boolean {
  return type.kind === 'union' && type.members.some((member) => member.kind === 'builtin' && member.name === 'null');
}

/** The helper types that a type mentions. `JsonText` is omitted: `types.ts` always declares it with `Json`. */
export function helpersIn(type: TsType): HelperName[] {
  switch (type.kind) {
    case 'helper':
      return [type.name];
    case 'array':
      return helpersIn(type.element);
    case 'nested array':
      return ['NestedArray', ...helpersIn(type.element)];
    case 'range':
      return ['Range', ...helpersIn(type.bound)];
    case 'json text':
      return helpersIn(type.of);
    case 'union':
      return type.members.flatMap(helpersIn);
    default:
      return [];
  }
}
