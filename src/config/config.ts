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
  /** In a JSON config, the schema that editors use for completion: `./node_modules/rowsmith/config.schema.json`. */
  readonly $schema?: string;
  /** The format of the config; defaults to 1. A later format is refused with a hint to update rowsmith. */
  readonly version?: 1;
  /**
   * Where the schema is read from: an object with exactly one of `url`, `sql`, `catalog` and `command`, or a string as
   * `--source` takes it. Defaults to `--source`, then `DATABASE_URL`, then libpq's `PG*` variables.
   */
  readonly source?: Source | string;
  /** Set to `false` to read no `.env` file. */
  readonly env?: false;
  /**
   * The time limit for reading the schema, in seconds. Defaults to 60 for a live database, including connecting and
   * waiting for locks, and to 600 for SQL files. For `drift` it limits the whole command and defaults to 600.
   */
  readonly timeout?: number;
  /**
   * The tables and views to generate for, as names, wildcards (`audit_*`, `billing.*`) or functions; defaults to all.
   * Partitions are left out unless a pattern matches them, and an extension's tables unless a pattern names them in
   * full (`spatial_ref_sys`). A pattern that matches nothing is an error, here and in every other setting.
   */
  readonly include?: readonly Pattern[];
  /** Tables and views to leave out again. */
  readonly exclude?: readonly Pattern[];
  /**
   * The schemas that hold one tenant each, as a wildcard: `tenant_*`. They share one set of types and models, whose
   * table names have no schema; `db.withSchema('tenant_17')` selects the tenant. Tables of all other schemas, `public`
   * included, keep their schema in their names.
   */
  readonly tenants?: string;
  /** The output folder; defaults to `generated`. */
  readonly out?: string;
  /**
   * The extension in the import lines of generated files. `js`, the default, suits `tsc` and Node; `ts` suits tools that
   * run TypeScript directly; `none` suits Next.js, other bundlers and CommonJS.
   */
  readonly imports?: ImportStyle;
  /** A folder of Handlebars templates. Each replaces rowsmith's template of the same name. */
  readonly templates?: string;
  /**
   * The driver your program reads with, which decides the JavaScript type of each column: `pg` (the default),
   * `pg-parsers` (`pg` with the generated `parsers.ts`) or `pglite`. `pg-parsers` also takes an object with choices.
   */
  readonly driver?: DriverName | ParsersConfig;
  /**
   * The style of `db.ts`. `rowsmith` is the default; `kysely-codegen` writes what kysely-codegen's command line would
   * write, using its own serializer; an object sets the options of either.
   */
  readonly tables?: 'rowsmith' | 'kysely-codegen' | RowsmithTablesConfig | KyselyCodegenConfig;
  /** What you know about the data beyond its schema, and the types you want for columns. */
  readonly types?: TypesConfig;
  /**
   * The database functions and procedures that get a typed caller: names, `schema.name`, wildcards, or functions;
   * defaults to none.
   */
  readonly functions?: readonly RoutinePattern[];
  /**
   * SQL files with queries, as globs: `['queries/*.sql']`, in the config's folder or below it. Each statement has a line
   * `-- name: openTickets :many` above it and gets a typed function; defaults to none.
   */
  readonly queries?: readonly string[];
  /**
   * Settings of models: one entry per table, by name, `schema.name` or wildcard. An entry may also be a function of the
   * table. An exact name wins over wildcards.
   */
  readonly models?: ModelsConfig;
  /** Plugins that take part in generation, called in this order. */
  readonly plugins?: readonly Plugin[];
  /**
   * Named parts of the schema, as lists of patterns: `{ billing: ['invoice*', 'payment*'] }`. Each gets a type and a view
   * of the database with only its tables, because the compiler is slow on a large `DB`.
   */
  readonly slices?: SlicesConfig;
  /**
   * Several outputs from one source, which is read once. Projects inherit the top-level settings, and each may set any
   * of them except `source`, `env`, `timeout`, `drift` and `diff`.
   */
  readonly projects?: readonly ProjectConfig[];
  /** How hand-written models are compared with the schema. */
  readonly drift?: DriftConfig;
  /** How `rowsmith diff` reports what changed in the schema. */
  readonly diff?: DiffConfig;
}

/** A project: one of several outputs, such as one for each package of a monorepo. */
export interface ProjectConfig
  extends Omit<Config, '$schema' | 'version' | 'source' | 'env' | 'timeout' | 'projects' | 'drift' | 'diff'> {
  /** The name that `--project` selects it by. */
  readonly name: string;
  /** The output folder. */
  readonly out: string;
}

/** The options of rowsmith's own table types. */
export interface RowsmithTablesConfig {
  /** Names tables and columns as Kysely's CamelCasePlugin does: `taskId` for `task_id`. */
  readonly camelCase?: boolean;
}

/** The options of kysely-codegen's command line, under its names. */
export interface KyselyCodegenConfig {
  /** Selects kysely-codegen's format. The other keys are options of its command line, under their own names. */
  readonly format: 'kysely-codegen';
  /** kysely-codegen's `--camel-case`. */
  readonly camelCase?: boolean;
  /** kysely-codegen's `--custom-imports`. */
  readonly customImports?: Record<string, string>;
  /** kysely-codegen's `--date-parser`. */
  readonly dateParser?: 'string' | 'timestamp';
  /** kysely-codegen's `--default-schema`. */
  readonly defaultSchemas?: string[];
  /** kysely-codegen's `--domains`. */
  readonly domains?: boolean;
  /** kysely-codegen's `--numeric-parser`. */
  readonly numericParser?: 'number' | 'number-or-string' | 'string';
  /** kysely-codegen's `--overrides`. */
  readonly overrides?: {
    /** Types by column, `table.column`. */
    readonly columns?: Record<string, string>;
  };
  /** kysely-codegen's `--partitions`. */
  readonly partitions?: boolean;
  /** kysely-codegen's `--runtime-enums`. */
  readonly runtimeEnums?: boolean | 'pascal-case' | 'screaming-snake-case';
  /** kysely-codegen's `--singularize`. */
  readonly singularize?: boolean | Record<string, string>;
  /** kysely-codegen's `--type-mapping`. */
  readonly typeMapping?: Record<string, string>;
  /** kysely-codegen's `--type-only-imports`. */
  readonly typeOnlyImports?: boolean;
}

/** The choices of the generated `parsers.ts`, for types that JavaScript can represent in several ways. */
export interface ParsersConfig {
  /** The driver; only `pg-parsers` has choices. */
  readonly name: 'pg-parsers';
  /** What a `bigint` column reads as; defaults to `bigint`. */
  readonly int8?: 'bigint' | 'string';
  /**
   * What dates and timestamps read as: `string`, the default, as Postgres prints them; `date`, a `Date`, in UTC where
   * there is no time zone; or the `Temporal` types of a module, for times too: `temporal-polyfill#Temporal`.
   */
  readonly dates?: 'string' | 'date' | `${string}#${string}`;
  /** A class for `numeric` whose constructor takes the number's text: `decimal.js#Decimal`. Defaults to text. */
  readonly numeric?: string;
}

export interface TypesConfig {
  /**
   * Set to `false` if no array holds a null element: `int[]` then reads as `number[]`. Postgres itself guarantees this
   * only where a `CHECK` says so.
   */
  readonly nullElements?: boolean;
  /**
   * Set to `false` if no date or timestamp is `infinity`: they then read as `Date` instead of `Date | number`, since `pg`
   * and PGlite read `infinity` as a number.
   */
  readonly infinity?: boolean;
  /**
   * Set to `local` if timestamps without time zone are in the time zone of your process, which is how `pg` and PGlite
   * read them. Without it, a note lists such columns.
   */
  readonly timestamps?: 'local';
  /** Other types for columns. The last match wins. Whether a column can be null stays what the database says. */
  readonly overrides?: readonly Override[];
  /** Gives the ids of each table a branded type, which foreign keys follow: `type TaskId = string & { … }`. */
  readonly brandIds?: boolean;
}

/** An override: the columns it applies to, by table, name and type, and their TypeScript type. */
export interface Override {
  /** The tables, as a pattern. */
  readonly table?: Pattern;
  /** The columns, by name or wildcard, or as a function of the column and its table. */
  readonly column?: string | ((column: Column, relation: Relation) => boolean);
  /** The Postgres type: `numeric`, `public.mood`, `*range`. For an array, the type of its elements. */
  readonly type?: string;
  /**
   * The type to read: `string`, `number`, `boolean`, `bigint`, `Date`, `Buffer`, `Uint8Array`, or an export of a module
   * (`./money#Money`).
   */
  readonly as: string;
  /** The type to write, if it differs. */
  readonly write?: string;
}

/** SQL files as a source, and what they do not say themselves. */
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
   * SQL files that run first and stand in for what no package provides, such as `pg_partman`. What they create is left
   * out of the output.
   */
  readonly stubs?: string | readonly string[];
  /**
   * The packages that provide extensions to PGlite, by extension name. `@electric-sql/pglite-<extension>` is found
   * automatically.
   */
  readonly extensions?: { readonly [extension: string]: string };
}

/** Migrations that are programs. They are the project's own, and run because the config names them. */
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
       * The URL of a live database, read as libpq reads it. `undefined`, which an unset `process.env.DATABASE_URL` gives,
       * means libpq's `PG*` variables.
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

/**
 * A pattern that selects tables and views: `tasks`, `billing.invoices`, `audit_*`, or a function. A pattern without a
 * dot is matched against the name, one with a dot against `schema.name`. `*` stands for any characters.
 */
export type Pattern = string | ((relation: QualifiedName & { readonly kind: Relation['kind'] }) => boolean);

/** Slices by name: `{ billing: ['invoice*', 'payment*'] }`. */
export interface SlicesConfig {
  readonly [name: string]: readonly Pattern[];
}

/**
 * A pattern that selects functions and procedures as `Pattern` selects relations. Overloads share a name, so only a
 * function can tell them apart.
 */
export type RoutinePattern = string | ((routine: RoutineFact) => boolean);

/** Settings of models: one entry per table, by name or wildcard, or a function of the table. An exact name wins. */
export interface ModelsConfig {
  /** The prefix to strip from table names: with `tasker_`, the table `tasker_tasks` becomes the model `Task`. */
  readonly stripPrefix?: string;
  readonly [table: string]: ModelConfig | ((relation: Relation) => ModelConfig) | string | undefined;
}

/** How one table becomes a model. */
export interface ModelConfig {
  /** The model's name; defaults to the table's name in singular PascalCase: `named_tasks` → `NamedTask`. */
  readonly name?: string;
  /** The name of the function to select from; defaults to the table's name in camelCase: `namedTasks`. */
  readonly plural?: string;
  /**
   * Field names, by column name or wildcard: a name, `{ as, default }`, or a function of the column. Defaults to the
   * column's name in camelCase.
   */
  readonly alias?: { readonly [column: string]: AliasConfig | ((column: Column) => AliasConfig) };
  /**
   * The state machine of this table, or a list of them. Those that a transitions table keeps are detected without
   * config: set this to add what no table says, to name a column that keeps a state, or to `false` to have none.
   */
  readonly state?: StateConfig | readonly StateConfig[] | false;
  /**
   * Computed fields, by name: with `sql`, with `code`, or neither to configure a detected database function. `false`
   * leaves a detected function out.
   */
  readonly computed?: { readonly [field: string]: ComputedConfig | false };
  /** Types of JSON columns, by column name: `./path/to/module#Type`, or `{ schema, validate }`. */
  readonly json?: { readonly [column: string]: JsonConfig };
  /**
   * What fills columns for which no value is given, by column name: `'database'` for a trigger, or `{ insert, update }`,
   * each `'now'` (the time, in the column's time zone) or `{ sql }`.
   */
  readonly filled?: { readonly [column: string]: FilledConfig };
}

/** Another name for a column, perhaps with a default for its nulls. */
export type AliasConfig =
  | string
  | {
      /** The field's name. */
      readonly as: string;
      /** What the field reads as where the column is null. */
      readonly default?: string | number | boolean;
    };

/** A state machine: a transitions table keeps it, or a column of the table itself. */
export type StateConfig = TransitionsStateConfig | ColumnStateConfig;

/** The settings of a state machine, whatever keeps its states. */
interface MachineConfig {
  /**
   * The field's name; for a column, the name that its functions use (`orderInState`). Defaults to `state`, unless
   * something else has that name.
   */
  readonly name?: string;
  /**
   * The first state. With a transitions table, it is the state of a row without transitions, which defaults to null; a
   * list names the states that a first transition may lead to. With a column, it is the state that an insert takes, or
   * a list of them; defaults to any.
   */
  readonly initial?: string | readonly string[];
  /** All states, if neither an enum nor a `CHECK` lists them. */
  readonly states?: readonly string[];
  /** The states that each state may change to; defaults to any. */
  readonly graph?: { readonly [state: string]: readonly string[] };
}

/**
 * A state machine that a transitions table keeps.
 *
 *     { transitions: 'tasker_task_transitions', initial: 'pending' }
 */
export interface TransitionsStateConfig extends MachineConfig {
  /** The transitions table: one row for each transition. */
  readonly transitions: string;
}

/**
 * A state machine that a column keeps. Its states are those of the column's enum or `CHECK`, else those that `states`
 * or `graph` name.
 *
 *     { column: 'status', initial: 'draft', graph: { draft: ['paid', 'cancelled'], paid: [], cancelled: [] } }
 */
export interface ColumnStateConfig extends MachineConfig {
  /** The column that keeps the state, instead of a transitions table. */
  readonly column: string;
}

/** A computed field: a SQL expression, a TypeScript function, or the settings of a detected database function. */
export type ComputedConfig = SqlFieldConfig | CodeFieldConfig | FoundFieldConfig;

/** A computed field as a SQL expression. The database says which type it has and whether it can be null. */
export interface SqlFieldConfig {
  /** A SQL expression over the row, which is called `t`. */
  readonly sql: string;
  /** `true` if the value is never null although the database cannot prove it. Generation asks the rows. */
  readonly notNull?: true;
  /** `true` if the function or SQL may be volatile, and so may write each time it is read. */
  readonly volatile?: true;
  /** The field's doc comment. */
  readonly comment?: string;
}

/** The settings of a detected field: a database function over the row. */
export type FoundFieldConfig = Omit<SqlFieldConfig, 'sql'>;

/** A computed field as a TypeScript function of other fields, which runs in your process. */
export interface CodeFieldConfig {
  /** A TypeScript function, as a module and its export: `./computed/task#ageSeconds`. */
  readonly code: string;
  /** The fields that the function receives, stored or computed. */
  readonly needs: readonly string[];
  /** The field's doc comment. */
  readonly comment?: string;
}

/** The type of a JSON column: a type, `./types#TaskContext`, or a Standard Schema (https://standardschema.dev). */
export type JsonConfig =
  | string
  | {
      /** A Standard Schema, as a module and its export: `./json#transitionMetadata`. */
      readonly schema: string;
      /** Whether the model's read functions run the schema. */
      readonly validate?: boolean;
    };
