import { schemaStatements } from '../schema.js';

/** A schema that is large in one way. */
export interface LargeSchema {
  readonly name: string;
  /** Of tables and views, for the time of each. */
  readonly tables: number;
  readonly config: object;
  readonly statements: () => Iterable<string>;
}

/** Tables of 12 columns in one schema. */
export function manyTables(tables: number): LargeSchema {
  return { name: `${tables.toLocaleString('en')} tables`, tables, config: {}, statements: () => schemaStatements({ tables }) };
}

/** Schemas with equal tables. */
export function manyTenants(tenants: number, tables = 10): LargeSchema {
  const pieces = [...schemaStatements({ tables })];
  const names = Array.from({ length: tenants }, (_, index) => `tenant_${index}`);
  return {
    name: `${tenants.toLocaleString('en')} tenants × ${tables} tables`,
    tables: tenants * tables,
    config: { tenants: 'tenant_*' },
    statements: () => names.flatMap((name) => [`CREATE SCHEMA ${name}; SET search_path = ${name};`, ...pieces]),
  };
}

/** The most columns that PostgreSQL lets a table have: https://www.postgresql.org/docs/current/limits.html. */
export function wideTable(columns = 1_600): LargeSchema {
  const types = ['integer', 'text NOT NULL', 'boolean DEFAULT false', 'timestamptz', 'jsonb', 'numeric(12,2)'];
  const list = Array.from({ length: columns }, (_, index) => `column_${index} ${types[index % types.length] ?? ''}`);
  return { name: `a table of ${columns.toLocaleString('en')} columns`, tables: 1, config: {}, statements: () => [`CREATE TABLE wide (${list.join(', ')})`] };
}

export function longEnum(labels = 10_000): LargeSchema {
  const list = Array.from({ length: labels }, (_, index) => `'label ${index}'`);
  return {
    name: `an enum of ${labels.toLocaleString('en')} labels`,
    tables: 1,
    config: {},
    statements: () => [`CREATE TYPE long AS ENUM (${list.join(', ')}); CREATE TABLE labelled (id integer PRIMARY KEY, label long NOT NULL, labels long[])`],
  };
}
