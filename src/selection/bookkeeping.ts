/** Names of tables in which migration tools record what has run. */
const tables: ReadonlySet<string> = new Set([
  '_prisma_migrations',
  '__drizzle_migrations',
  'kysely_migration',
  'kysely_migration_lock',
  'flyway_schema_history',
  'schema_migrations',
  'ar_internal_metadata',
  '_sqlx_migrations',
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

export function isBookkeeping({ name }: { readonly name: string }): boolean {
  return tables.has(name);
}

/** The tables of Prisma's implicit relations, which few schemas have: `_PostToTag`. */
const implicitRelations = '_*To*';

/**
 * Whether a pattern names what a migration tool keeps for itself. `init` writes such patterns, with their schema where
 * that is needed. A database has those tables, and the SQL files of the same schema have none.
 */
export function namesBookkeeping(pattern: string): boolean {
  const name = pattern.slice(pattern.lastIndexOf('.') + 1);
  return isBookkeeping({ name }) || name === implicitRelations;
}
