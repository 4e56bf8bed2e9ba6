import type { Dimensions } from '../catalog/catalog.js';
import { onceForEach } from '../catalog/collections.js';

/** A TypeScript type, as data: what it means, not yet how it is spelled. */
export type TsType =
  | { readonly kind: 'builtin'; readonly name: BuiltinName }
  | { readonly kind: 'literal'; readonly value: string | number }
  /** Declared in the generated `types.ts`: an enum, or one of `sharedTypeNames`. */
  | { readonly kind: 'shared'; readonly name: string }
  /** An export of a module of the user's, a member of the namespace that it is, or the output of the Standard Schema that it is. */
  | { readonly kind: 'imported'; readonly module: string; readonly name: string; readonly member?: string; readonly schema?: true }
  /** JSON text that holds a value of a type. */
  | { readonly kind: 'json text'; readonly of: TsType }
  | { readonly kind: 'array'; readonly element: TsType }
  /** `NestedArray<…>` of `types.ts`: an array of any number of dimensions. */
  | { readonly kind: 'nested array'; readonly element: TsType }
  /** `Range<…>` of `types.ts`, with the type of its bounds. */
  | { readonly kind: 'range'; readonly bound: TsType }
  | { readonly kind: 'union'; readonly members: readonly TsType[] };

export type BuiltinName = 'string' | 'number' | 'boolean' | 'bigint' | 'null' | 'undefined' | 'Date' | 'Buffer' | 'Uint8Array';

/** The helper types that `types.ts` can declare, besides the schema's enums. */
export const sharedTypeNames = ['Circle', 'Interval', 'Json', 'JsonInput', 'JsonText', 'NestedArray', 'Point', 'Range'] as const;
export type SharedTypeName = (typeof sharedTypeNames)[number];
/** Whether a shared type is one of these, and none of the schema's own. */
export const isHelper = (name: string): boolean => sharedTypeNames.some((helper) => helper === name);

/** Types are compared by their text, which is made once for each: a large schema has few types, and each in many columns. */
const textOf = onceForEach((type: TsType) => JSON.stringify(type));

const builtins = new Map<BuiltinName, TsType>();
export function builtin(name: BuiltinName): TsType {
  const type = builtins.get(name) ?? { kind: 'builtin', name };
  builtins.set(name, type);
  return type;
}
export const shared = (name: string): TsType => ({ kind: 'shared', name });
export const literal = (value: string | number): TsType => ({ kind: 'literal', value });

export const listOf = (element: TsType): TsType => ({ kind: 'array', element });
export const range = (bound: TsType): TsType => ({ kind: 'range', bound });

/** `dimensions` arrays around an element. */
export function array(element: TsType, dimensions: Dimensions): TsType {
  if (dimensions === 'unknown') return { kind: 'nested array', element };
  return dimensions === 0 ? element : listOf(array(element, dimensions - 1));
}

/** Flat, and without repetition. */
export function union(...types: readonly TsType[]): TsType {
  const members = new Map<string, TsType>();
  for (const type of types.flatMap((type) => (type.kind === 'union' ? type.members : [type]))) members.set(textOf(type), type);
  const [first, ...others] = members.values();
  return first && others.length === 0 ? first : { kind: 'union', members: [...members.values()] };
}

export const nullable = onceForEach((type: TsType) => union(type, builtin('null')));

/** Of a property that may be given as undefined. */
export const orUndefined = onceForEach((type: TsType) => union(type, builtin('undefined')));

export function sameType(a: TsType, b: TsType): boolean {
  return a === b || textOf(a) === textOf(b);
}

export function isNullable(type: TsType): boolean {
  return type.kind === 'union' && type.members.some((member) => member.kind === 'builtin' && member.name === 'null');
}

/** The names of the shared types inside of a type. */
export function sharedNames(type: TsType): string[] {
  switch (type.kind) {
    case 'shared':
      return [type.name];
    case 'array':
      return sharedNames(type.element);
    case 'nested array':
      return ['NestedArray', ...sharedNames(type.element)];
    case 'range':
      return ['Range', ...sharedNames(type.bound)];
    case 'json text':
      return sharedNames(type.of);
    case 'union':
      return type.members.flatMap(sharedNames);
    default:
      return [];
  }
}
