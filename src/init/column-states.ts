import type { Catalog } from '../catalog/catalog.js';
import type { RelationModel, Schema } from '../model/model.js';
import { literalDefault } from '../model/state/column-states.js';
import type { StoredField } from '../model/stored-field.js';
import { literalsIn } from '../model/ts-type.js';

/** A column that looks as if it kept a state: its states are listed, and it is called so. */
export interface ProposedColumn {
  readonly table: string;
  readonly model: string;
  readonly column: string;
  readonly states: readonly string[];
  /** The state of a new row: the column's default, else the first state. */
  readonly initial: string;
}

/** The columns of tables that could keep a state. A table whose transitions are kept has its machine already. */
export function proposeColumnStates(
  catalog: Catalog,
  { relations, enums }: Pick<Schema, 'relations' | 'enums'>,
  keyOf: (relation: RelationModel['relation']) => string,
): ProposedColumn[] {
  const labels = new Map(enums.map(({ name, labels: all }) => [name, all]));
  return relations.flatMap((model) => {
    const { relation, stored, stateMachines } = model;
    if (stateMachines.length > 0 || relation.kind.endsWith('view')) return [];
    const facts = catalog.relations.find(({ schema, name }) => schema === relation.schema && name === relation.name);
    const found = stored.flatMap((field) => {
      const states = field.update ? statesOf(field, labels) : [];
      const column = facts?.columns.find(({ name }) => name === field.column);
      if (!column || !/^(status|state)$/i.test(column.name) || states.length < 2) return [];
      const byDefault = literalDefault(column);
      const initial = states.find((state) => state === byDefault) ?? states[0] ?? '';
      return [{ table: keyOf(relation), model: model.name, column: column.name, states, initial }];
    });
    return found.slice(0, 1);
  });
}

/** The labels of an enum, or the literals that a CHECK leaves; none where the type lists nothing. */
function statesOf({ value }: StoredField, labels: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (value.kind === 'enum') return labels.get(value.name) ?? [];
  return (literalsIn(value) ?? []).map(String);
}
