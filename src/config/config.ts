import type { Column, QualifiedName, Relation, RoutineFact } from '../catalog/catalog.js';
import type { Plugin } from '../plugins/plugin.js';
import type { DiffConfig } from './diff.js';
import type { DriftConfig } from './drift.js';
import type { DriverName } from './drivers.js';
import type { FilledConfig } from './filled.js';
import type { ImportStyle } from './import-style.js';

/**
 * The config: what `rowsmith.config.ts` exports. Every path in it is relative to the config file.
 *
 *     export default defineConfig({ source: { sql: 'schema.sql' }, include: ['tasker_*'], out: 'generated' });
 */
export interface Config {
  /** In a JSON config: where editors find what its keys mean, `./node_modules/rowsmith/config.schema.json`. */
  readonly $schema?: string;
  /**
   * The format of the config, 1 when absent. A later format gets another number, so that an older rowsmith can say that
   * it does not know it.
   */
  readonly version?: 1;
  /** Where the schema is read from, or the same as `--source` has it. Without it: `--source`, then `DATABASE_URL`, then libpq's `PG*` variables. */
  readonly source?: Source | string;
  /** `false`: no `.env` file is read. */
  readonly env?: false;
  /** Seconds to read the schema in: of a live database, connecting included, 60 when absent; of SQL files 600. */
  readonly timeout?: number;
  /**
   * The relations to generate for; all of them when absent. Partitions are left out unless a pattern names them, and
   * relations of an extension unless one names them in full: `spatial_ref_sys`.
   */
  readonly include?: readonly Pattern[];
  /** Relations to leave out of those. */
  readonly exclude?: readonly Pattern[];
  /**
   * Schemas of equal tables, one for each tenant: `tenant_*`. They make one set of types and models, whose tables have
   * no schema in their names: `db.withSchema('tenant_17')` chooses the tenant. Those of other schemas, `public` too,
   * are called with theirs.
   */
  readonly tenants?: string;
  /** The folder for the output; `generated` when absent. */
  readonly out?: string;
  /**
   * How generated files name each other in their import lines: with `.js` as compilers and Node want them (when
   * absent), with `.ts` for what runs or bundles TypeScript as it is written, or with nothing for bundlers and CommonJS.
   */
  readonly imports?: ImportStyle;
  /** A folder of Handlebars templates that replace rowsmith's of the same name. */
  readonly templates?: string;
  /**
   * What the program reads the database with; `pg` when absent. The types say which JavaScript values it gives: `pg`
   * with its default parsers, `pg` with those of the generated `parsers.ts`, or PGlite.
   */
  readonly driver?: DriverName | ParsersConfig;
  /**
   * How `db.ts` is written. `kysely-codegen`: as its command line writes it, by its own serializer, so that nothing
   * else has to change; the package is loaded only then. `{ camelCase: true }`: with the names that a program with
   * Kysely's CamelCasePlugin uses.
   */
  readonly tables?: 'rowsmith' | 'kysely-codegen' | RowsmithTablesConfig | KyselyCodegenConfig;
  /** What is known about the values in the database beyond its schema. */
  readonly types?: TypesConfig;
  /** The functions and procedures to write callers for; none when absent. */
  readonly functions?: readonly RoutinePattern[];
  /** How tables become models. */
  readonly models?: ModelsConfig;
  /** What takes part in generation, in this order. */
  readonly plugins?: readonly Plugin[];
  /**
   * Named parts of the schema. For each there is a type of its tables, and a view of the database that has them alone.
   * A large `DB` is slow to check; a slice costs what it holds.
   */
  readonly slices?: SlicesConfig;
  /** Several outputs of one source, which is read once. What a project leaves out is what stands beside `projects`. */
  readonly projects?: readonly ProjectConfig[];
  /** How hand-written models are compared with the schema. */
  readonly drift?: DriftConfig;
  /** How `rowsmith diff` reports what changed in the schema. */
  readonly diff?: DiffConfig;
}

/** A project: an output of its own, as for one package of several. */
export interface ProjectConfig
  extends Omit<Config, '$schema' | 'version' | 'source' | 'env' | 'timeout' | 'projects' | 'drift' | 'diff'> {
  /** What `--project` calls it. */
  readonly name: string;
  readonly out: string;
}

/** The options of rowsmith's own table types. */
export interface RowsmithTablesConfig {
  /** Tables and columns as Kysely's CamelCasePlugin names them: `taskId` for `task_id`. */
  readonly camelCase?: boolean;
}

/** The options of kysely-codegen's command line, under its names. */
export interface KyselyCodegenConfig {
  readonly format: 'kysely-codegen';
  readonly camelCase?: boolean;
  readonly customImports?: Record<string, string>;
  readonly dateParser?: 'string' | 'timestamp';
  readonly defaultSchemas?: string[];
  readonly domains?: boolean;
  readonly numericParser?: 'number' | 'number-or-string' | 'string';
  readonly overrides?: { readonly columns?: Record<string, string> };
  readonly partitions?: boolean;
  readonly runtimeEnums?: boolean | 'pascal-case' | 'screaming-snake-case';
  readonly singularize?: boolean | Record<string, string>;
  readonly typeMapping?: Record<string, string>;
  readonly typeOnlyImports?: boolean;
}

/** The parsers of the generated `parsers.ts`, for types that JavaScript has several for. */
export interface ParsersConfig {
  readonly name: 'pg-parsers';
  /** `bigint` when absent. */
  readonly int8?: 'bigint' | 'string';
  /**
   * Dates and timestamps: as Postgres prints them (when absent), as `Date`, in UTC where they have no time zone, or,
   * with times, as the `Temporal` types of the module that is named: `temporal-polyfill#Temporal`.
   */
  readonly dates?: 'string' | 'date' | `${string}#${string}`;
  /** A class for numeric, `decimal.js#Decimal`, made from the number's text; text when absent. */
  readonly numeric?: string;
}

export interface TypesConfig {
  /**
   * `false`: no array holds NULL among its elements, so `int[]` reads as `number[]`. Postgres itself never promises it.
   */
  readonly nullElements?: boolean;
  /**
   * `false`: no date or timestamp is `infinity`, so they read as `Date`. `pg` and PGlite read `infinity` as a number.
   */
  readonly infinity?: boolean;
  /**
   * `local`: timestamps without time zone are of the zone of the program's process, as `pg` and PGlite read them. Ends
   * the note about it.
   */
  readonly timestamps?: 'local';
  /**
   * Other types for columns; the last that matches counts. Whether a column may be null stays what the database says.
   */
  readonly overrides?: readonly Override[];
  /** A type of its own for the ids of each table, which foreign keys follow: `type TaskId = string & { … }`. */
  readonly brandIds?: boolean;
}

/**
 * An override: columns by table, name and type, each perhaps with wildcards or as a function, and their TypeScript
 * type.
 */
export interface Override {
  readonly table?: Pattern;
  readonly column?: string | ((column: Column, relation: Relation) => boolean);
  /** The Postgres type: `numeric`, `public.mood`, `*range`. For arrays it is the type of the elements. */
  readonly type?: string;
  /**
   * `string`, `number`, `boolean`, `bigint`, `Date`, `Buffer`, `Uint8Array`, or an export of a module: `./money#Money`.
   */
  readonly as: string;
  /** The type to write, where it differs. */
  readonly write?: string;
}

/** SQL files as a source, and what is known of them that they do not say. */
export interface SqlSource {
  readonly sql: string | readonly string[];
  /** Names of migrations that are programs and change nothing in the schema: `['0007_backfill.go']`. */
  readonly allowMissing?: readonly string[];
  /** The `search_path` under which each file begins: `app, public`. */
  readonly searchPath?: string;
  /** Variables of psql's, which the SQL names as `:name`, `:'name'` or `:"name"`. */
  readonly variables?: { readonly [name: string]: string };
  /**
   * SQL files that run first and stand for what the schema needs and no package has. What they make is left out of the
   * output.
   */
  readonly stubs?: string | readonly string[];
  /**
   * Packages that bring an extension to PGlite, by the extension's name. `@electric-sql/pglite-<extension>` is found
   * without.
   */
  readonly extensions?: { readonly [extension: string]: string };
}

/** Migrations that are programs. They are the project's own, and run because the config names them. */
export interface MigrationsSource {
  /** Their folder. */
  readonly migrations: string;
  /** The tool that they are written for. The project has its package. */
  readonly tool: 'kysely' | 'knex';
  /** As for SQL files: packages that bring an extension to PGlite, by the extension's name. */
  readonly extensions?: { readonly [extension: string]: string };
}

/** Where a schema is read from: exactly one of `url`, `sql`, `migrations`, `command` and `catalog`. */
export type Source =
  /** A live database. `undefined`, as an unset `process.env.DATABASE_URL` gives, means libpq's `PG*` variables. */
  | { readonly url: string | undefined }
  /** SQL files, or folders of them, loaded into an embedded Postgres. */
  | SqlSource
  /** Migrations in TypeScript or JavaScript, which run on an embedded Postgres. */
  | MigrationsSource
  /** A command of the shell that prints SQL: `prisma migrate diff --from-empty --to-schema … --script`. */
  | { readonly command: string }
  /** A `catalog.json` written by an earlier run. */
  | { readonly catalog: string };

/**
 * A pattern that names relations: `tasks`, `billing.invoices`, `audit_*`, or a function. A pattern without a dot looks
 * at the name alone, one with a dot at `schema.name`. `*` stands for any characters.
 */
export type Pattern = string | ((relation: QualifiedName & { readonly kind: Relation['kind'] }) => boolean);

/** Slices by name: `{ billing: ['invoice*', 'payment*'] }`. */
export interface SlicesConfig {
  readonly [name: string]: readonly Pattern[];
}

/**
 * A pattern that names functions and procedures as `Pattern` names relations. Overloads share a name, so only a
 * function tells them apart.
 */
export type RoutinePattern = string | ((routine: RoutineFact) => boolean);

/**
 * The models: one entry for each table, by its name or a wildcard. A function may decide by the table. The exact name
 * wins.
 */
export interface ModelsConfig {
  /** A prefix that table names have and model names do not: `tasker_tasks` → `Task`. */
  readonly stripPrefix?: string;
  readonly [table: string]: ModelConfig | ((relation: Relation) => ModelConfig) | string | undefined;
}

/** How one table becomes a model. */
export interface ModelConfig {
  /** The model's name; by default the table's in singular PascalCase. */
  readonly name?: string;
  /** The name of the function that makes the model a relation; by default the table's in camelCase. */
  readonly plural?: string;
  /** Other names for columns, by column name or wildcard. By default the column's name in camelCase. */
  readonly alias?: { readonly [column: string]: AliasConfig | ((column: Column) => AliasConfig) };
  /**
   * The state machines that transitions tables keep for this table. They are found without config; it adds what no
   * table says, or false to have none.
   */
  readonly state?: StateConfig | readonly StateConfig[] | false;
  /** Fields that are computed on read, by name; false leaves out one that was found. */
  readonly computed?: { readonly [field: string]: ComputedConfig | false };
  /** TypeScript types for JSON columns, by column name. */
  readonly json?: { readonly [column: string]: JsonConfig };
  /** Who fills columns, so that no caller has to: by column name. */
  readonly filled?: { readonly [column: string]: FilledConfig };
}

/** Another name for a column. With a default, the field reads as the default where the column is null. */
export type AliasConfig = string | { readonly as: string; readonly default?: string | number | boolean };

/**
 * A state machine that a transitions table keeps.
 *
 *     { transitions: 'tasker_task_transitions', initial: 'pending' }
 */
export interface StateConfig {
  /** The table that holds one row for each transition. */
  readonly transitions: string;
  /** The field's name; `state` where nothing else would be called so. */
  readonly name?: string;
  /**
   * The state of a row without transitions. Without it, such a row's state is null. Of a list the first transition
   * leads to one, and a row without any has none.
   */
  readonly initial?: string | readonly string[];
  /** Every state, where neither an enum nor a CHECK on the transitions table says so. */
  readonly states?: readonly string[];
  /** For each state, those that it may change to; any, without. */
  readonly graph?: { readonly [state: string]: readonly string[] };
}

/** A computed field: by a SQL expression, by a TypeScript function, or of a database function that is found. */
export type ComputedConfig = SqlFieldConfig | CodeFieldConfig | FoundFieldConfig;

/**
 * A computed field by a SQL expression over the row `t`. Its type, and whether it can be null, are asked of the
 * database.
 */
export interface SqlFieldConfig {
  readonly sql: string;
  /** Promises what the database cannot prove; the rows are asked whether it is true. */
  readonly notNull?: true;
  /** Says that the expression may call VOLATILE functions, which can write, each time it is read. */
  readonly volatile?: true;
  /** What the field means, for its doc comment. */
  readonly comment?: string;
}

/** What is added to a field that is found: that of a database function over the row. */
export type FoundFieldConfig = Omit<SqlFieldConfig, 'sql'>;

/** A computed field by a TypeScript function of some of the model's fields, computed in process from a selected row. */
export interface CodeFieldConfig {
  /** The module, relative to the config file, and its export: `./computed/task#ageSeconds`. */
  readonly code: string;
  /** The stored or computed fields that it gets. */
  readonly needs: readonly string[];
  readonly comment?: string;
}

/**
 * The type of a JSON column: a type, `./types#TaskContext`, or a Standard Schema (https://standardschema.dev) whose
 * output is the type.
 */
export type JsonConfig =
  | string
  | {
      readonly schema: string;
      /** Run the schema on what `readX` reads. */
      readonly validate?: boolean;
    };
