import type { Column, Relation } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { fieldWrites } from '../emit/contexts/field-writes.js';
import type { RelationModel } from '../model/model.js';
import type { Link } from '../model/related.js';
import type { StoredField } from '../model/stored-field.js';
import type { StoredEntry, Target } from './page.js';
import { shownType, stateType } from './shown-type.js';

/** Facts from outside of a model that its stored fields need. */
interface Surroundings {
  /** The foreign keys of its table. */
  readonly links: readonly Link[];
  readonly targets: ReadonlyMap<string, Target>;
  /** Columns of the table that findings of drift are about. */
  readonly drifting: ReadonlySet<string | null>;
}

/** The fields of a model that are columns. */
export function storedEntries(
  relation: Relation,
  { stored, stateMachines }: RelationModel,
  { links, targets, drifting }: Surroundings,
): StoredEntry[] {
  const columns = new Map(relation.columns.map((column) => [column.name, column]));
  return stored.flatMap((field) => {
    const column = columns.get(field.column);
    if (!column) return [];
    const link = links.find(({ key }) => key.columns.includes(field.column));
    const references = link && targets.get(link.parent.key);
    const entry = storedEntry(relation, column, field, references);
    const machine = field.state && stateMachines.find((candidate) => candidate.field === field.name);
    const type = machine ? stateType(machine) : entry.type;
    return [{ ...entry, type, drifts: drifting.has(field.column) }];
  });
}

function storedEntry(
  relation: Relation,
  column: Column,
  field: StoredField,
  references: Target | undefined,
): Omit<StoredEntry, 'drifts'> {
  return {
    name: field.name,
    type: shownType(field.validated?.output ?? field.fieldSelect),
    column: column.name,
    sqlType: column.type.sql,
    notNull: column.notNull,
    primary: relation.primaryKey?.columns.includes(column.name) ?? false,
    writes: writesOf(field),
    ...optional({
      default: column.default,
      readsAs: field.default === undefined ? undefined : JSON.stringify(field.default),
      references,
      generated: generatedBy(column),
      filledBy: filledBy(column, field),
      trigger: triggerOf(relation, column),
      comment: column.comment,
    }),
  };
}

/** How Postgres fills a column; undefined where it does not. */
function generatedBy({ identity, generated }: Column): StoredEntry['generated'] | undefined {
  if (identity) return 'identity';
  return generated ? 'generated' : undefined;
}

/** Who fills a column that a write leaves out, where neither a default nor Postgres itself does. */
function filledBy(column: Column, { filled, insert }: StoredField): string | undefined {
  const times = (['insert', 'update'] as const).filter((time) => filled?.[time] !== undefined);
  if (times.length > 0) return `the write functions, on ${times.join(' and ')}`;
  if (column.filledBy === 'trigger') return 'a trigger, on insert';
  if (column.filledBy === 'default') return 'a default of the table';
  const isOpen = column.notNull && column.default === undefined && generatedBy(column) === undefined;
  return isOpen && insert?.optional ? 'the database, on insert' : undefined;
}

/** The triggers that may set a column, with when they do. */
function triggerOf({ triggers = [] }: Relation, column: Column): string | undefined {
  const words = triggers
    .filter(({ sets, disabled }) => sets?.includes(column.name) && !disabled)
    .map(({ name, events }) => `${name}, on ${events.filter((event) => isWrite.has(event)).join(' and ')}`);
  return words.length > 0 ? words.join('; ') : undefined;
}

/** The events for which a trigger gets a new row. */
const isWrite: ReadonlySet<string> = new Set(['insert', 'update']);

function writesOf(field: StoredField): StoredEntry['writes'] {
  const { insert, update } = fieldWrites(field);
  if (!insert) return update ? 'update only' : 'read only';
  if (!update) return 'insert only';
  return insert.optional ? 'optional' : 'required';
}
