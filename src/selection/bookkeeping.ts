/** Names of the tables in which migration tools record what has run. */
const tables: ReadonlySet<string> = new Set([
  '_prisma_migrations',
  '__drizzle_migrations',
  'kysely_migration',
  'kysely_migration_lock',
  'flyway_schema_history',
  // Used by tern, and by Flyway before version 5.
  'schema_version',
  'schema_migrations',
  'ar_internal_metadata',
  '_sqlx_migrations',
  'seaql_migrations',
  'typeorm_metadata',
  'goose_db_version',
  'gorp_migrations',
  '__diesel_schema_migrations',
  'knex_migrations',
  'knex_migrations_lock',
  'pgmigrations',
  'mikro_orm_migrations',
  'SequelizeMeta',
  'alembic_version',
  'django_migrations',
  'databasechangelog',
  'databasechangeloglock',
  'atlas_schema_revisions',
]);

/** Schemas that contain only such tables. */
const schemas: ReadonlySet<string> = new Set(['sqitch']);

export function isBookkeeping({ schema, name }: { readonly schema: string; readonly name: string }): boolean {
  return schemas.has(schema) || tables.has(name);
}

/** The tables of Prisma's implicit relations, which few schemas have: `_PostToTag`. */
const implicitRelations = '_*To*';

/**
 * Whether a pattern names a migration tool's own tables. `init` writes such patterns, with their schema if necessary.
 * They may match nothing: a database has those tables, but the SQL files of the same schema do not.
 */
export function namesBookkeeping(pattern: string): boolean {
  const dot = pattern.lastIndexOf('.');
  const name = pattern.slice(dot + 1);
  return isBookkeeping({ schema: pattern.slice(0, Math.max(dot, 0)), name }) || name === implicitRelations;
}
