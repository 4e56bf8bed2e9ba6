import type { Column, Relation } from '../../catalog/catalog.js';
import type { DeclaredModel } from '../declared.js';

/**
 * Relations whose rows a query gives: views, and the tables that `CREATE TABLE AS` made of one. They have no keys, and
 * their columns are nullable for Postgres, whatever the query proves.
 */
export function derivedRelations(relations: readonly Relation[]): ReadonlySet<Relation> {
  const isView = ({ kind }: Relation) => kind.includes('view');
  // A view that takes inserts selects plain columns, so that a bare table with them may be the one below the view.
  const copied = new Set(relations.filter((one) => isView(one) && !one.insertable).map(namesOf));
  return new Set(relations.filter((one) => isView(one) || (isBare(one) && copied.has(namesOf(one)))));
}

function namesOf({ columns }: Relation): string {
  return JSON.stringify(columns.map(({ name }) => name).sort());
}

/** Whether a table has neither constraints nor defaults, as `CREATE TABLE AS` leaves it. */
function isBare({ primaryKey, uniques, foreignKeys, checks, columns }: Relation): boolean {
  const isPlain = ({ notNull, default: byDefault, identity, generated }: Column) =>
    !notNull && byDefault === undefined && identity === undefined && generated === undefined;
  return !primaryKey && [uniques, foreignKeys, checks].every(({ length }) => length === 0) && columns.every(isPlain);
}

/**
 * A model of a derived relation as one that only reads. Libraries declare it like a table, with a key by which they
 * tell rows apart, but no migration creates a table from that.
 */
export function asReader(model: DeclaredModel): DeclaredModel {
  if (model.covers !== 'schema') return model;
  const { covers: _, keys: __, inserts: ___, ...reader } = model;
  return reader;
}
