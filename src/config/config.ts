import type { Column, QualifiedName, Relation, RoutineFact } from '../catalog/catalog.js';
import type { Plugin } from '../plugins/plugin.js';
import type { DiffConfig } from './diff.js';
import type { DriftConfig } from './drift.js';
import type { DriverName } from './drivers.js';
import type { ImportStyle } from './import-style.js';
import type { ModelsConfig } from './models.js';
import type { Source } from './source.js';

/**
 * The config: what `rowsmith.config.ts` exports. Every path in it is relative to the config file.
 *
 *     export default defineConfig({ source: { sql: 'schema.sql' }, include: ['tasker_*'], out: 'generated' });
 */
export interface Config {
  /** In a JSON config, the schema that editors use for completion: `./node_modules/rowsmith/config.schema.json`. */
  readonly $schema?: string;
  /** The format of the config; defaults to 1. rowsmith refuses a newer format with a hint to update. */
  readonly version?: 1;
  /**
   * Where the schema is read from: an object with exactly one of `url`, `sql`, `migrations`, `command` and `catalog`,
   * or a string as `--source` takes it. Defaults to `--source`, then `DATABASE_URL`, then libpq's `PG*` variables.
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
   * Partitions are omitted unless a pattern matches them, and an extension's tables unless a pattern names them in full
   * (`spatial_ref_sys`). A pattern that matches nothing is an error, here and in every other setting.
   */
  readonly include?: readonly Pattern[];
  /** Tables and views to exclude, even if `include` selects them. */
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
   * The extension in the import lines of generated files. `js`, the default, suits `tsc` and Node; `ts` suits tools
   * that run TypeScript directly; `none` suits Next.js, other bundlers and CommonJS.
   */
  readonly imports?: ImportStyle;
  /** A folder of Handlebars templates. Each replaces rowsmith's template of the same name. */
  readonly templates?: string;
  /**
   * The driver your program reads with, which decides the JavaScript type of each column: `pg` (the default, also for
   * Neon), `pg-parsers` (`pg` with the generated `parsers.ts`), `postgres` (postgres.js) or `pglite`. `pg-parsers` also
   * takes an object with choices.
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
   * SQL files with queries, as globs: `['queries/*.sql']`, in the config's folder or below it. Each statement has a
   * line `-- name: openTickets :many` above it and gets a typed function; defaults to none.
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
   * Named parts of the schema, as lists of patterns: `{ billing: ['invoice*', 'payment*'] }`. Each gets a type and a
   * view of the database with only its tables, because the compiler is slow on a large `DB`.
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
   * What dates and timestamps read as: `string`, the default, as Postgres prints them; `date`, a `Date`, in UTC if
   * there is no time zone; or the `Temporal` types of a module, for times too: `temporal-polyfill#Temporal`.
   */
  readonly dates?: 'string' | 'date' | `${string}#${string}`;
  /** A class for `numeric` whose constructor takes the number's text: `decimal.js#Decimal`. Defaults to text. */
  readonly numeric?: string;
}

export interface TypesConfig {
  /**
   * Set to `false` if no array holds a null element: `int[]` then reads as `number[]`. Postgres itself guarantees this
   * only if a `CHECK` says so.
   */
  readonly nullElements?: boolean;
  /**
   * Set to `false` if no date or timestamp is `infinity`: they then read as `Date` instead of `Date | number`, since
   * `pg` and PGlite read `infinity` as a number.
   */
  readonly infinity?: boolean;
  /**
   * Set to `local` if timestamps without time zone are in the time zone of your process, which is how `pg` and PGlite
   * read them. Without it, a note lists such columns.
   */
  readonly timestamps?: 'local';
  /** Other types for columns. The last match wins. The database still decides whether a column can be null. */
  readonly overrides?: readonly Override[];
  /** Gives the ids of each table a branded type, which foreign keys share: `type TaskId = string & { … }`. */
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

/**
 * A pattern that selects tables and views: `tasks`, `billing.invoices`, `audit_*`, or a function. A pattern without a
 * dot is matched against the name, one with a dot against `schema.name`. `*` matches any characters.
 */
export type Pattern = string | ((relation: QualifiedName & { readonly kind: Relation['kind'] }) => boolean);

/** Slices by name: `{ billing: ['invoice*', 'payment*'] }`. */
export interface SlicesConfig {
  readonly [name: string]: readonly Pattern[];
}

/**
 * A pattern that selects functions and procedures as `Pattern` selects relations. Overloads share a name, so only a
 * function can distinguish them.
 */
export type RoutinePattern = string | ((routine: RoutineFact) => boolean);
