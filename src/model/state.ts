import type { Catalog, Column, ForeignKey, Relation } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { typeKey } from '../catalog/select.js';
import type { StateConfig } from '../config/config.js';
import { matchesRelation } from '../config/pattern.js';
import { didYouMean, RowsmithError } from '../errors.js';
import { intersectLiterals, literalsOfCheck } from './check-literals.js';
import type { StateMachine, StoredField } from './model.js';
import { camelCase } from './names.js';
import { relationKey } from './relation-key.js';
import { builtin, literal, nullable, union, type TsType } from './ts-type.js';
import type { TypeMapper } from './types.js';

const toState = 'to_state';

/** Resolves the state machine that a config declares for a relation: who points at it, what tells the newest transition. */
export function stateMachine(
  catalog: Catalog,
  relation: Relation,
  stored: readonly StoredField[],
  modelName: string,
  config: StateConfig,
  mapType: TypeMapper,
): StateMachine {
  const transitions = findTransitions(catalog, relation, config);
  const foreignKey = parentKey(transitions, relation);
  const [column] = foreignKey.columns;
  const [parentColumn] = foreignKey.references.columns;
  const parentField = stored.find((field) => field.column === parentColumn)?.name;
  const stateColumn = transitions.columns.find(({ name }) => name === toState);
  if (!column || !parentColumn || !parentField) throw unreadable(relation, transitions, 'its foreign key has more than one column');
  if (!stateColumn) throw unreadable(relation, transitions, `it has no column ${toState}`);
  const states = knownStates(catalog, transitions, stateColumn, config);
  if (config.initial !== undefined && states && !states.includes(config.initial)) {
    throw new RowsmithError('config-invalid', `The initial state "${config.initial}" of ${relation.name} is none of its states.`, didYouMean(config.initial, states) ?? `The states are: ${states.join(', ')}.`);
  }
  const type = stateType(states, stateColumn, mapType);
  return {
    field: 'state',
    typeName: `${modelName}State`,
    valuesName: `${camelCase(modelName)}States`,
    ...optional({ states, initial: config.initial }),
    type: config.initial === undefined ? nullable(type) : type,
    transitions: { schema: transitions.schema, name: transitions.name, key: relationKey(transitions) },
    foreignKey: column,
    parentColumn,
    parentField,
    toState,
    newest: newestBy(relation, transitions, column),
  };
}

function findTransitions(catalog: Catalog, relation: Relation, { transitions: name }: StateConfig): Relation {
  const found = catalog.relations.find((candidate) => matchesRelation(name, candidate));
  if (found) return found;
  const hint = didYouMean(name, catalog.relations.map((candidate) => candidate.name));
  throw new RowsmithError('unknown-relation', `The config names an unknown table: models.${relation.name}.state.transitions is "${name}"`, hint ?? 'Is it left out by include or exclude?');
}

function parentKey(transitions: Relation, parent: Relation): ForeignKey {
  const keys = transitions.foreignKeys.filter(({ references }) => references.schema === parent.schema && references.name === parent.name);
  const [key] = keys;
  if (key && keys.length === 1) return key;
  throw unreadable(parent, transitions, `it has ${keys.length === 0 ? 'no foreign key' : `${keys.length} foreign keys`} to ${parent.name}; it needs exactly one`);
}

/** From the enum, then from a CHECK on the column, then from the config. */
function knownStates(catalog: Catalog, transitions: Relation, column: Column, config: StateConfig): readonly string[] | undefined {
  const labels = catalog.enums.find((type) => typeKey(type) === typeKey(column.type))?.labels;
  const checked = intersectLiterals(transitions.checks.map((check) => literalsOfCheck(check, column.name, column.type)));
  return labels ?? checked?.map(String) ?? config.states;
}

function stateType(states: readonly string[] | undefined, column: Column, mapType: TypeMapper): TsType {
  const { read } = mapType(column.type);
  if (read.kind === 'shared' || !states) return read.kind === 'shared' ? read : builtin('string');
  return union(...states.map(literal));
}

/** A unique index on (parent, most_recent) proves one newest row; a unique (parent, sort_key) orders them. */
function newestBy(parent: Relation, transitions: Relation, foreignKey: string): StateMachine['newest'] {
  const uniques = [
    ...transitions.uniques.map(({ columns }) => ({ columns, predicate: undefined })),
    ...transitions.indexes.filter(({ unique }) => unique),
  ];
  const covers = (columns: readonly (string | null)[], column: string) => columns.length === 2 && columns.includes(foreignKey) && columns.includes(column);
  const flagged = uniques.some(
    ({ columns, predicate }) =>
      predicate !== undefined && /^\(?most_recent( = true)?\)?$/.test(predicate) && (covers(columns, 'most_recent') || (columns.length === 1 && columns[0] === foreignKey)),
  );
  if (flagged) return { by: 'flag', column: 'most_recent' };
  if (uniques.some(({ columns, predicate }) => predicate === undefined && covers(columns, 'sort_key'))) return { by: 'highest', column: 'sort_key' };
  throw unreadable(parent, transitions, `nothing tells its newest row: it needs a unique index on (${foreignKey}, most_recent) WHERE most_recent, or on (${foreignKey}, sort_key)`);
}

function unreadable(parent: Relation, transitions: Relation, reason: string): RowsmithError {
  return new RowsmithError(
    'state-not-readable',
    `${transitions.name} cannot tell the state of ${parent.name}: ${reason}.`,
    `Change models.${parent.name}.state, or the table. State machines are described in the README.`,
  );
}
