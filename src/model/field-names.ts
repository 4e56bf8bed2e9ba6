import type { Catalog, Column, Relation, RoutineFact } from '../catalog/catalog.js';
import type { ColumnStateConfig, ModelConfig } from '../config/models.js';
import { matchesQualified } from '../selection/pattern.js';
import { type Alias, resolveAliases } from './aliases.js';
import { camelCase } from './names.js';
import { functionFieldNames } from './row-functions.js';
import { configKey, type SharedName, shownRelation } from './shared-names.js';
import { singular } from './singular.js';
import { declaredMachines } from './state/declared.js';
import { detectTransitions } from './state/detect.js';
import { columnWish, sharedWishes, uniqueNames, type Wish, type Wishes } from './unique-names.js';

/** The names of the fields of a relation's model. */
export interface FieldNames {
  /** The columns to which the config gives another name. */
  readonly aliases: ReadonlyMap<Column, Alias>;
  readonly columns: ReadonlyMap<Column, string>;
  /** The functions over the relation's row that are fields. */
  readonly functions: ReadonlyMap<RoutineFact, string>;
  /** The fields of state machines, by the tables that hold their transitions. */
  readonly machines: ReadonlyMap<Relation, string>;
  /** What the functions of state machines in columns are named after. */
  readonly columnMachines: ReadonlyMap<ColumnStateConfig, string>;
  /** The names that several of them share. */
  readonly shared: readonly SharedName[];
}

/** What the fields of a relation are named from. */
export interface FieldScope {
  readonly catalog: Catalog;
  readonly relation: Relation;
  readonly config: ModelConfig;
  /** The functions over its row that are fields, with the names that the config gives them. */
  readonly functions: ReadonlyMap<RoutineFact, string | undefined>;
  /** The tables that could hold its transitions. */
  readonly candidates: readonly Relation[];
}

/** Names the fields of a relation. Its columns, functions over its row, and state machines compete for names. */
export function fieldNames(scope: FieldScope): FieldNames {
  const { relation, config, functions } = scope;
  const aliases = resolveAliases(relation, config);
  const machines = machineTables(scope);
  const wishes = new Map<object, Wish>([
    ...relation.columns.map((column) => [column, columnWish(column.name, aliases.get(column)?.as)] as const),
    ...[...functions].map(([routine, given]) => [routine, functionWish(routine, given)] as const),
    ...[...machines].map(([table, given]) => [table, machineWish(scope, table, given)] as const),
  ]);
  const names = uniqueNames(wishes, { taken: writtenFields(config) });
  const of = <Item extends object>(items: Iterable<Item>) =>
    new Map([...items].map((item) => [item, names.get(item) ?? ''] as const));
  const named = { columns: of(relation.columns), functions: of(functions.keys()), machines: of(machines.keys()) };
  const shared = sharedFields(scope, names, wishes);
  return { aliases, ...named, columnMachines: columnMachineNames(scope, named), shared };
}

/**
 * What the functions of state machines in columns are named after: `state` if the model has no other machine and no
 * other field of that name; otherwise the column's field.
 */
function columnMachineNames(
  { relation, config }: FieldScope,
  { columns, functions, machines }: Pick<FieldNames, 'columns' | 'functions' | 'machines'>,
): Map<ColumnStateConfig, string> {
  const declared = declaredMachines(config).columns;
  const fields = [...columns, ...functions];
  const nameOf = ({ column: name, name: given }: ColumnStateConfig) => {
    if (given !== undefined) return given;
    const column = relation.columns.find((candidate) => candidate.name === name);
    const others = fields.flatMap(([item, field]) => (item === column ? [] : [field]));
    const isPlain = declared.length === 1 && machines.size === 0;
    if (isPlain && ![...others, ...writtenFields(config)].includes('state')) return 'state';
    return (column && columns.get(column)) ?? name;
  };
  return new Map(declared.map((entry) => [entry, nameOf(entry)]));
}

/** The fields that the config computes itself. */
function writtenFields({ computed = {} }: ModelConfig): string[] {
  return Object.entries(computed).flatMap(([name, field]) =>
    field !== false && ('sql' in field || 'code' in field) ? [name] : [],
  );
}

function functionWish(routine: RoutineFact, given: string | undefined): Wish {
  const original = JSON.stringify([routine.schema, routine.name]);
  return { given, names: functionFieldNames(routine), original };
}

/**
 * If the table records the time of a transition, the state comes with a second field for the time of the newest one. A
 * machine in a column would be named `state` as well.
 */
function machineWish({ relation, config }: FieldScope, transitions: Relation, given: string | undefined): Wish {
  const isAlone = declaredMachines(config).columns.length === 0;
  const isTimed = transitions.columns.some(({ name }) => name === 'created_at');
  return {
    given,
    names: [...(isAlone ? ['state'] : []), fullStateName(relation, transitions)],
    original: JSON.stringify([transitions.schema, transitions.name]),
    with: (name) => (isTimed ? [`${name}ChangedAt`] : []),
  };
}

/** `order_payment_transitions` of `orders` → `paymentState`, `order_transitions` → `orderState`. */
function fullStateName(relation: Relation, transitions: Relation): string {
  const own = transitions.name.replace(/_?transitions$/, '');
  const parent = singular(relation.name);
  const rest = own.startsWith(parent) ? own.slice(parent.length).replace(/^_/, '') : own;
  return camelCase(`${rest === '' ? parent : rest}_state`);
}

/** The tables that hold transitions of a relation, with the names that the config gives to the states. */
function machineTables({ catalog, relation, config, candidates }: FieldScope): Map<Relation, string | undefined> {
  if (config.state === false) return new Map();
  const declared = declaredMachines(config).transitions.flatMap((entry) => {
    const table = catalog.relations.find((candidate) => matchesQualified(entry.transitions, candidate));
    return table ? [[table, entry.name] as const] : [];
  });
  const found = detectTransitions(candidates, relation).map(({ transitions }) => [transitions, undefined] as const);
  return new Map([...found, ...declared]);
}

/** The names that a column shares with another field, each with the alias that assigns it to a column. */
function sharedFields(
  { catalog, relation, functions }: FieldScope,
  names: ReadonlyMap<object, string>,
  wishes: Wishes<object>,
): SharedName[] {
  const table = shownRelation(catalog, relation);
  const columns = new Set<object>(relation.columns);
  const routines = new Set<object>(functions.keys());
  const shown = (item: object) => {
    const { name } = item as Column | RoutineFact | Relation;
    if (columns.has(item)) return `${table}.${name}`;
    return routines.has(item) ? `${name}(${table})` : `the state by ${name}`;
  };
  return sharedWishes(names, wishes).flatMap(({ name, items, losers }) => {
    const own = losers.flatMap((item) => (columns.has(item) ? [(item as Column).name] : []));
    const favourite = own.find((column) => /^[a-z0-9_]+$/.test(column)) ?? own[0];
    if (favourite === undefined) return [];
    const things = items.map((item) => ({ thing: shown(item), called: names.get(item) ?? '' }));
    return [{ name, things, table: configKey(catalog, relation), entry: { alias: { [favourite]: name } } }];
  });
}
