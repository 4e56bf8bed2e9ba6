import type { Column, Relation } from '../../catalog/catalog.js';
import { intersectLiterals, literalsOfCheck } from '../../catalog/check-literals.js';
import { optional } from '../../catalog/collections.js';
import { homeSchema, relationKey, relationPath } from '../../catalog/home-schema.js';
import { byNameKey, nameKey } from '../../catalog/name-key.js';
import type { StateConfig } from '../../config/config.js';
import { didYouMean, RowsmithError } from '../../errors.js';
import { matchesQualified } from '../../selection/pattern.js';
import type { BaseOf } from '../filled.js';
import type { StateMachine, StateValue, StoredField, TransitionWrite } from '../model.js';
import { camelCase, pascalCase } from '../names.js';
import { modelName as unusedName } from '../reserved-names.js';
import type { RelationScope } from '../scope.js';
import { storedFields } from '../stored.js';
import { builtin, holdsBigint, isNullable, literal, nullable, sameType, type TsType, union } from '../ts-type.js';
import { detectTransitions, keysTo, neededIndex, readableKeys, type TransitionsTable, toState } from './detect.js';
import { arbiterOf, filledTimes, fromState, transitionWrite } from './write.js';

/** What the state machines of a relation are built from. */
export interface StateScope extends RelationScope {
  /** The tables that could keep transitions, and point at the relation. */
  readonly candidates: readonly Relation[];
  readonly stored: readonly StoredField[];
  readonly modelName: string;
}

/** The state machines of a relation: those that the config declares, and those that the catalog shows. */
export function stateMachines(scope: StateScope): StateMachine[] {
  const { relation, candidates, config } = scope;
  if (config.state === false) return [];
  const declared = config.state === undefined ? [] : [config.state].flat();
  const configured = declared.map((entry) => ({ table: declaredTable(scope, entry), entry }));
  const found = detectTransitions(candidates, relation)
    .filter(({ transitions }) => !configured.some(({ table }) => table.transitions === transitions))
    .map((table) => ({ table, entry: undefined }));
  return [...configured, ...found].map(({ table, entry }) => {
    const field = entry?.name ?? config.fields.machines.get(table.transitions) ?? 'state';
    return stateMachine(scope, table, field, entry ?? { transitions: table.transitions.name });
  });
}

/** The transitions table that the config names. Throws where it does not exist, or tells no newest row. */
function declaredTable({ catalog, relation }: StateScope, { transitions: name }: StateConfig): TransitionsTable {
  const transitions = catalog.relations.find((candidate) => matchesQualified(name, candidate));
  if (!transitions) {
    const hint = didYouMean(
      name,
      catalog.relations.map((candidate) => candidate.name),
    );
    throw new RowsmithError(
      'unknown-relation',
      `The config names an unknown table: models.${relation.name}.state.transitions is "${name}"`,
      hint ?? 'Is it left out by include or exclude?',
    );
  }
  if (!transitions.columns.some((column) => column.name === toState))
    throw unreadable(relation, transitions, `it has no column ${toState}`);
  const keys = keysTo(transitions, relation);
  const readable = readableKeys(transitions, keys);
  const [table] = readable;
  if (table && readable.length === 1) return table;
  const [key] = keys;
  if (!key) throw unreadable(relation, transitions, `it has no single-column foreign key to ${relation.name}`);
  throw unreadable(relation, transitions, `nothing proves which row is the newest: ${neededIndex(key)}`);
}

function stateMachine(scope: StateScope, table: TransitionsTable, field: string, config: StateConfig): StateMachine {
  const { catalog, relation, stored, modelName, mapType } = scope;
  const { transitions, foreignKey, newest } = table;
  const [column = ''] = foreignKey.columns;
  const [parentColumn = ''] = foreignKey.references.columns;
  const parent = stored.find((candidate) => candidate.column === parentColumn);
  const stateColumn = transitions.columns.find(({ name }) => name === toState);
  if (!parent || !stateColumn)
    throw unreadable(relation, transitions, 'its foreign key references no column of the model');
  const baseOf: BaseOf = (type) => mapType(type).base ?? type;
  const toValue = stateValue(mapType(baseOf(stateColumn.type)).read);
  const states = knownStates(scope, transitions, stateColumn) ?? config.states?.map(toValue);
  const declared = declaredStates(config, toValue);
  checkStates(relation, states, declared);
  const value = stateType(states, mapType(stateColumn.type).read);
  const { initial, first, graph } = declared;
  const before = transitions.columns.some(({ name, notNull }) => name === fromState && notNull) ? initial : undefined;
  const write = transitionWrite({ ...transitionsModel(scope, transitions), foreignKey: column, baseOf, initial });
  const changedAt = transitions.columns.find(({ name }) => name === 'created_at');
  return {
    field,
    typeName: unusedName(`${modelName}${pascalCase(field)}`),
    valuesName: `${camelCase(`${modelName}_${field}`)}s`,
    ...optional({ states, initial, before, first, graph }),
    value,
    type: initial === undefined ? nullable(value) : value,
    transitions: {
      schema: transitions.schema,
      name: transitions.name,
      key: relationKey(transitions, homeSchema(catalog)),
      path: relationPath(catalog, transitions),
    },
    foreignKey: column,
    parentColumn,
    parentField: parent.name,
    parentType: parent.fieldSelect,
    present: presentField(parent, stored).name,
    toState,
    newest,
    ...optional({ flag: newestFlag(transitions, column) }),
    arbiter: arbiterOf(transitions, column, newest),
    zones: write ? timeZones(scope, transitions, write) : {},
    ...(changedAt ? { changedAt: { column: changedAt.name, type: nullable(mapType(changedAt.type).read) } } : {}),
    ...optional({ write }),
  };
}

/** Every state that the database lists: in the column's enum, in a CHECK on it, or in that of its domain. */
function knownStates(
  { catalog, mapType }: StateScope,
  transitions: Relation,
  column: Column,
): readonly StateValue[] | undefined {
  const { read, base = column.type } = mapType(column.type);
  const labels = byNameKey(catalog.enums).get(nameKey(base))?.labels;
  const checked = intersectLiterals(
    transitions.checks.map((check) => literalsOfCheck(check, column.name, column.type)),
  );
  return labels ?? checked ?? literalsIn(read);
}

/** The members of a union of literals. */
function literalsIn(type: TsType): readonly StateValue[] | undefined {
  const members = type.kind === 'union' ? type.members : [type];
  const literals = members.flatMap((member) => (member.kind === 'literal' ? [member.value] : []));
  return literals.length === members.length ? literals : undefined;
}

/** What the config says of a machine's states, as values of the column. */
interface DeclaredStates {
  readonly initial?: StateValue;
  readonly first?: readonly StateValue[];
  readonly graph?: { readonly [state: string]: readonly StateValue[] };
}

function declaredStates({ initial, graph }: StateConfig, value: (text: string) => StateValue): DeclaredStates {
  const changes = graph && Object.fromEntries(Object.entries(graph).map(([from, to]) => [from, to.map(value)]));
  const start =
    typeof initial === 'object' ? { first: initial.map(value) } : optional({ initial: initial && value(initial) });
  return { ...start, ...optional({ graph: changes }) };
}

/** A state of the config, which is text there, as the column's type has it. */
function stateValue(read: TsType): (text: string) => StateValue {
  if (sameType(read, builtin('number'))) return Number;
  return sameType(read, builtin('boolean')) ? (text) => text === 'true' : (text) => text;
}

/** Throws where the config mentions a state that is none. */
function checkStates(
  relation: Relation,
  states: readonly StateValue[] | undefined,
  { initial, first = [], graph = {} }: DeclaredStates,
): void {
  if (!states) return;
  const starts = initial === undefined ? first : [initial];
  const known = states.map(String);
  const named = [...starts.map(String), ...Object.keys(graph), ...Object.values(graph).flat().map(String)];
  const unknown = named.find((state) => !known.includes(state));
  if (unknown === undefined) return;
  const what = starts.map(String).includes(unknown) ? 'The initial state' : 'The state';
  throw new RowsmithError(
    'config-invalid',
    `${what} "${unknown}" of ${relation.name} is not one of its states.`,
    didYouMean(unknown, known) ?? `The states are: ${known.join(', ')}.`,
  );
}

function stateType(states: readonly StateValue[] | undefined, read: TsType): TsType {
  if (read.kind === 'enum' || !states || holdsBigint(read)) return read;
  const literals = states.flatMap((state) => (typeof state === 'boolean' ? [] : [literal(state)]));
  return literals.length === states.length ? union(...literals) : read;
}

/** A field that is null only where there is no row: the key itself, unless it may be null. */
function presentField(key: StoredField, stored: readonly StoredField[]): StoredField {
  return [key, ...stored].find(({ select }) => !isNullable(select)) ?? key;
}

/** The flag of the newest row, whether it tells the newest or not. Older rows are null where two of them may not be false. */
function newestFlag(transitions: Relation, parent: string): StateMachine['flag'] | undefined {
  const flag = transitions.columns.find(({ name, type }) => name === 'most_recent' && type.name === 'bool');
  if (!flag) return undefined;
  const keys: readonly { readonly columns: readonly (string | null)[]; readonly predicate?: string }[] = [
    ...transitions.uniques,
    ...transitions.indexes.filter(({ unique }) => unique),
  ];
  const full = keys.some(
    ({ columns, predicate }) =>
      predicate === undefined && columns.length === 2 && columns.includes(parent) && columns.includes(flag.name),
  );
  return { column: flag.name, older: full && !flag.notNull ? null : false };
}

/** The table of transitions, as its own model has it. */
function transitionsModel(scope: StateScope, transitions: Relation) {
  const config = scope.configOf(transitions) ?? scope.config;
  return { transitions, stored: storedFields({ ...scope, relation: transitions, config }) };
}

function timeZones({ zoneOf }: StateScope, { columns }: Relation, write: TransitionWrite): StateMachine['zones'] {
  const filled = filledTimes(write);
  const times = columns.filter(({ name }) => filled.includes(name));
  return Object.fromEntries(
    times.flatMap(({ name, type }) => {
      const zone = zoneOf(type);
      return zone ? [[name, zone] as const] : [];
    }),
  );
}

function unreadable(parent: Relation, transitions: Relation, reason: string): RowsmithError {
  return new RowsmithError(
    'state-not-readable',
    `${transitions.name} does not determine the state of ${parent.name}: ${reason}.`,
    `Change models.${parent.name}.state, or the table.`,
  );
}
