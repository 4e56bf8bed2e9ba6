import type { Column } from '../../catalog/catalog.js';
import type { DeclaredField } from '../declared.js';
import { placeOfField } from '../finding.js';
import type { Doubts, Pairing } from './pairing.js';

/** What a field is compared in: its model, what its column is of, and who reads it. */
export interface FieldScope extends Pick<Pairing, 'model' | 'table' | 'profile'> {
  /** Whether a query makes the rows, as those of a view: Postgres then calls every column nullable. */
  readonly isDerived: boolean;
  /** Where the statement stands whose column is compared, if it is not a column of the table. */
  readonly statement?: string;
  readonly doubts?: Doubts | undefined;
  /** Plain names of the columns that statements of the code set to null. */
  readonly nulled: ReadonlySet<string>;
}

/** The facts about a column that a field is compared with. */
export type Compared = Pick<Column, 'name' | 'type' | 'notNull' | 'default' | 'identity' | 'generated'>;

/** What a finding about a field and its column is about. */
export const placeOf = ({ table, model }: FieldScope, column: Compared, field: DeclaredField) => ({
  table,
  model,
  column: column.name,
  field: field.name,
  ...placeOfField(field),
});

/** A column as messages call it: `tasks.total`, `the column total of the statement at src/db.rs:12`. */
export const shownColumn = ({ table, statement }: FieldScope, { name }: Pick<Compared, 'name'>) =>
  statement === undefined ? `${table}.${name}` : `the column ${name} of the statement at ${statement}`;
