import type { Catalog, Relation } from '../../catalog/catalog.js';
import { byNameKey, nameKey } from '../../catalog/name-key.js';
import { spellIdentifier } from '../../catalog/sql.js';
import type { StateMachine, TransitionsStorage } from './state-machine.js';

/** How many examples a note spells out. A schema may have thousands, and a few show what the others look like. */
const shown = 5;

/** Notes for people about the indexes that would let filters by state read fewer rows. */
export function missingIndexNotes(
  catalog: Catalog,
  relations: readonly { readonly name: string; readonly stateMachines: readonly StateMachine[] }[],
): readonly string[] {
  const missing = relations.flatMap(({ name, stateMachines }) =>
    stateMachines.flatMap(
      (machine) =>
        (machine.storage.kind === 'transitions'
          ? missingStateIndex(catalog, `${name}.${machine.field}`, machine.storage)
          : undefined) ?? [],
    ),
  );
  return fewOf(missing, 'state machines would be faster to filter with such an index');
}

/** The first few notes, and how many others there are. */
function fewOf(notes: readonly string[], others: string): readonly string[] {
  const more = notes.length - shown;
  return more < 2 ? notes : [...notes.slice(0, shown), `${more} more ${others}.`];
}

/**
 * A note about a missing index that would let a filter by state read only the rows of that state. Finding the tasks in
 * one state among 200,000 took 18 ms with it and 144 ms without.
 */
function missingStateIndex(catalog: Catalog, state: string, machine: TransitionsStorage): string | undefined {
  if (machine.newest.by !== 'flag') return undefined;
  const transitions = byNameKey(catalog.relations).get(nameKey(machine.transitions));
  if (!transitions || hasStateIndex(transitions, machine)) return undefined;
  const { foreignKey, newest, toState } = machine;
  const columns = [toState, foreignKey].map(spellIdentifier).join(', ');
  const index = `CREATE INDEX ON ${tableName(machine.transitions)} (${columns}) WHERE ${spellIdentifier(newest.column)};`;
  return `Filtering by ${state} would be faster with an index: ${index}`;
}

/** The name with its schema, unless its key in `DB` has none either: the tenants' schema represents many schemas. */
function tableName({ schema, name, key }: TransitionsStorage['transitions']): string {
  return key === name ? spellIdentifier(name) : `${spellIdentifier(schema)}.${spellIdentifier(name)}`;
}

function hasStateIndex({ indexes }: Relation, { toState }: TransitionsStorage): boolean {
  return indexes.some(({ columns }) => columns[0] === toState);
}

/** Notes about the columns that callers of the transition function must provide, because nothing fills them. */
export function askedNotes(
  relations: readonly { readonly name: string; readonly stateMachines: readonly StateMachine[] }[],
): readonly string[] {
  const notes = relations.flatMap(({ name, stateMachines }) =>
    stateMachines.flatMap(({ field, storage }) => {
      if (storage.kind !== 'transitions') return [];
      const table = storage.transitions.name;
      const asked = (storage.write?.given ?? []).filter(({ insert }) => insert && !insert.optional);
      if (asked.length === 0) return [];
      const columns = asked.map(({ column }) => `${table}.${column}`).join(' and ');
      return [
        `Callers that change ${name}.${field} must provide ${columns}: nothing fills ${asked.length === 1 ? 'it' : 'them'}. Add a default, or set models.${table}.filled.`,
      ];
    }),
  );
  return fewOf(notes, 'state machines require columns too');
}
