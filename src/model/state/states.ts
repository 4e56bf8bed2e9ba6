import type { Check, Column, Relation, TypeRef } from '../../catalog/catalog.js';
import { intersectLiterals, literalsOfCheck } from '../../catalog/check-literals.js';
import { optional } from '../../catalog/collections.js';
import { byNameKey, nameKey } from '../../catalog/name-key.js';
import type { StateConfig } from '../../config/models.js';
import { didYouMean, RowsmithError } from '../../errors.js';
import type { StoredField } from '../stored-field.js';
import { builtin, holdsBigint, isNullable, literal, literalsIn, sameType, type TsType, union } from '../ts-type.js';
import type { StateScope } from './scope.js';
import type { StateValue } from './state-machine.js';

/** The labels of a column's enum, or of the enum that its domain is based on; undefined for another type. */
export const enumLabels = ({ catalog }: StateScope, base: TypeRef): readonly string[] | undefined =>
  byNameKey(catalog.enums).get(nameKey(base))?.labels;

/** Every state that the database lists: in the column's enum, in a CHECK on it, or in that of its domain. */
export function knownStates(
  scope: StateScope,
  checks: readonly Check[],
  column: Column,
): readonly StateValue[] | undefined {
  const { read, base = column.type } = scope.mapType(column.type);
  const checked = checks.map((check) => literalsOfCheck(check, column.name, base));
  return enumLabels(scope, base) ?? intersectLiterals([...checked, literalsIn(read)]);
}

/** What the config says about a machine's states, as values of the column. */
export interface DeclaredStates {
  readonly states?: readonly StateValue[];
  readonly initial?: StateValue;
  readonly first?: readonly StateValue[];
  readonly graph?: { readonly [state: string]: readonly StateValue[] };
}

export function declaredStates({ initial, graph }: StateConfig, value: (text: string) => StateValue): DeclaredStates {
  const changes = graph && Object.fromEntries(Object.entries(graph).map(([from, to]) => [from, to.map(value)]));
  const start =
    typeof initial === 'object' ? { first: initial.map(value) } : optional({ initial: initial && value(initial) });
  return { ...start, ...optional({ graph: changes }) };
}

/** Converts a state of the config, which is text, to the value that the driver reads. */
export function stateValue(read: TsType): (text: string) => StateValue {
  if (sameType(read, builtin('number'))) return Number;
  return sameType(read, builtin('boolean')) ? (text) => text === 'true' : (text) => text;
}

/** Throws if the config mentions an unknown state. */
export function checkStates(
  relation: Relation,
  states: readonly StateValue[] | undefined,
  { states: listed = [], initial, first = [], graph = {} }: DeclaredStates,
): void {
  if (!states) return;
  const starts = initial === undefined ? first : [initial];
  const known = states.map(String);
  const named = [
    ...[...starts, ...listed].map(String),
    ...Object.keys(graph),
    ...Object.values(graph).flat().map(String),
  ];
  const unknown = named.find((state) => !known.includes(state));
  if (unknown === undefined) return;
  const what = starts.map(String).includes(unknown) ? 'The initial state' : 'The state';
  throw new RowsmithError(
    'config-invalid',
    `${what} "${unknown}" of ${relation.name} is not one of its states.`,
    didYouMean(unknown, known) ?? `The states are: ${known.join(', ')}.`,
  );
}

export function stateType(states: readonly StateValue[] | undefined, read: TsType): TsType {
  if (read.kind === 'enum' || !states || holdsBigint(read)) return read;
  const literals = states.flatMap((state) => (typeof state === 'boolean' ? [] : [literal(state)]));
  return literals.length === states.length ? union(...literals) : read;
}

/** A field that is null only if there is no row: the key itself, unless it may be null. */
export function presentField(key: StoredField, stored: readonly StoredField[]): StoredField {
  return [key, ...stored].find(({ select }) => !isNullable(select)) ?? key;
}
