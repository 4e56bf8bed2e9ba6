import type { Relation } from '../catalog/catalog.js';
import type { Declared, MadeTable, TableHint } from './declared.js';
import type { SqlLiteral } from './declared-statement.js';
import { byStatement } from './filled-models.js';
import type { MappedModel } from './mapped-model.js';
import { missingRelation } from './missing-relation.js';
import { isAt, sqlWrites } from './sql-writes.js';
import { isToolTable } from './tool-tables.js';
import { plainName } from './words.js';

/**
 * A model that names a table which exists although the schema has none: one of the system catalogs, of a migration
 * tool, of PostGIS or Supabase, a partition, or one that the code creates. It is compared with nothing.
 */
export function withoutForeign(
  mapped: MappedModel,
  { made = [] }: Declared,
  relations: readonly Relation[],
  leftOut: readonly Relation[],
): MappedModel {
  const { model, status } = mapped;
  const [hint] = model.tables;
  if (status !== 'unmapped' || !hint) return mapped;
  const { table } = hint;
  const { schema } = hint;
  const lacksSchema =
    hint.by === byStatement && schema !== undefined && relations.every((one) => one.schema !== schema);
  const maker = made.find((one) => one.table === table && isMadeFor(one, model.file));
  const reason =
    toolOf(hint) ??
    (lacksSchema ? `the source has no schema ${schema}` : undefined) ??
    platformOf(hint, relations) ??
    partitionOf(table, relations) ??
    (leftOut.some((relation) => isAt(relation, table.split(/::|\./))) ? 'the config leaves it out' : undefined) ??
    (maker && `the code of ${maker.file} makes it`);
  return reason === undefined ? mapped : { model, status: 'other', reason: `${hint.by} names ${table}: ${reason}` };
}

/** The tables and views of PostGIS, by their plain names: generated types list them. */
const ofPostgis = new Set(['spatialrefsys', 'geometrycolumns', 'geographycolumns', 'rastercolumns', 'rasteroverviews']);

function toolOf({ table, schema }: TableHint): string | undefined {
  const [name = table, module = schema] = table.split(/::|\./).reverse();
  if (isToolTable(name)) return 'a migration tool makes it';
  if (ofPostgis.has(plainName(name))) return 'PostGIS makes it';
  if (/^_?timescaledb_/.test(module ?? '')) return 'TimescaleDB makes it';
  const isSystem = module === 'information_schema' || module === 'pg_catalog' || name.startsWith('pg_');
  return isSystem ? 'it is a table of the system catalogs' : undefined;
}

/** Says that a table is Supabase's: its schema is one that Supabase manages, and the source has no table in it. */
function platformOf({ table, schema }: TableHint, relations: readonly Relation[]): string | undefined {
  const [, named = schema ?? ''] = table.split(/::|\./).reverse();
  const isKnown = relations.some((relation) => relation.schema === named);
  return /^(?:auth|storage|realtime)$/.test(named) && !isKnown ? `the schema ${named} is Supabase's` : undefined;
}

/** Says that a table is a partition, by its name: `tasks_2024_01` of `tasks`. The schema may leave partitions out. */
function partitionOf(table: string, relations: readonly Relation[]): string | undefined {
  const parent = relations.find(
    ({ kind, name }) =>
      kind === 'partitioned table' &&
      table.startsWith(`${name}_`) &&
      /^(?:partition\w*|default|p?\d\w*|[0-9a-f]{2})$/.test(table.slice(name.length + 1)),
  );
  return parent && `it is a partition of ${parent.name}`;
}

/**
 * The statements about the schema's tables, without those about a table of the same name that their file makes, which
 * may be in SQLite.
 */
export function ownStatements({ literals, made = [] }: Declared): readonly SqlLiteral[] {
  if (made.length === 0) return literals;
  const isForeign = (path: readonly string[], file: string) =>
    made.some((one: MadeTable) => !one.everywhere && one.file === file && one.table === path.at(-1));
  return literals.filter((literal) => !sqlWrites(literal).some(({ table, file }) => isForeign(table, file)));
}

/** Whether a statement is refused because it needs a table that the code creates at run time. */
export function isAboutMade(
  { literal, error = '' }: { readonly literal: SqlLiteral; readonly error?: string },
  { made = [] }: Declared,
): boolean {
  const table = missingRelation(error);
  return made.some((one) => one.table === table && isMadeFor(one, literal.file));
}

/** Whether a table that code makes is there for the code of a file. */
function isMadeFor({ temporary, everywhere, file }: MadeTable, user: string): boolean {
  return temporary || everywhere === true || file === user;
}
