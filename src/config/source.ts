/** SQL files as a source, and what the files do not say themselves. */
export interface SqlSource {
  /** SQL files and folders, which are loaded into an embedded Postgres. */
  readonly sql: string | readonly string[];
  /**
   * The file names of migrations that are programs and change nothing in the schema: `['0007_backfill.go']`. Any other
   * program among the migrations is an error.
   */
  readonly allowMissing?: readonly string[];
  /** The `search_path` that each file starts with: `app, public`. */
  readonly searchPath?: string;
  /** Values of psql variables, which SQL refers to as `:name`, `:'name'` or `:"name"`. */
  readonly variables?: { readonly [name: string]: string };
  /**
   * SQL files that run first and create stubs of what no package provides, such as `pg_partman`. What they create is
   * omitted from the output.
   */
  readonly stubs?: string | readonly string[];
  /**
   * The packages that provide extensions to PGlite, by extension name. `@electric-sql/pglite-<extension>` is found
   * automatically.
   */
  readonly extensions?: { readonly [extension: string]: string };
}

/** Migrations that are programs. They belong to the project, and run because the config names them. */
export interface MigrationsSource {
  /**
   * A folder of migrations in TypeScript or JavaScript. They are programs of your project, and run on an embedded
   * Postgres because the config names them.
   */
  readonly migrations: string;
  /** The tool that the migrations are written for, as your project has it installed. */
  readonly tool: 'kysely' | 'knex';
  /** The packages that provide extensions to PGlite, as for `source.sql`. */
  readonly extensions?: { readonly [extension: string]: string };
}

/** Where a schema is read from: exactly one of `url`, `sql`, `migrations`, `command` and `catalog`. */
export type Source =
  /** A live database. */
  | {
      /**
       * The URL of a live database, read as libpq reads it. `undefined`, the value of an unset
       * `process.env.DATABASE_URL`, means libpq's `PG*` variables.
       */
      readonly url: string | undefined;
    }
  /** SQL files, or folders of them, loaded into an embedded Postgres. */
  | SqlSource
  /** Migrations in TypeScript or JavaScript, which run on an embedded Postgres. */
  | MigrationsSource
  /** A command that prints SQL. */
  | {
      /**
       * A shell command that prints SQL, run in the config's folder:
       * `prisma migrate diff --from-empty --to-schema prisma/schema.prisma --script`.
       */
      readonly command: string;
    }
  /** The catalog of an earlier run. */
  | {
      /** A `catalog.json` written by an earlier run. */
      readonly catalog: string;
    };
