/**
 * A catalog: what PostgreSQL says about a schema, as plain sorted JSON. It holds facts only; what they mean for
 * TypeScript is decided in `model/`. The same schema gives the same catalog on every supported server version and from
 * every source. A property that does not apply is absent, so that the committed file stays small.
 *
 * `CREATE TABLE tasks (id bigint PRIMARY KEY, title text)` gives, with the empty lists left out:
 *
 * ```json
 * {
 *   "schemas": [{ "name": "public" }],
 *   "relations": [
 *     {
 *       "schema": "public",
 *       "name": "tasks",
 *       "kind": "table",
 *       "insertable": true,
 *       "columns": [
 *         { "name": "id", "type": { "name": "int8", "sql": "bigint" }, "notNull": true },
 *         { "name": "title", "type": { "name": "text", "sql": "text" }, "notNull": false }
 *       ],
 *       "primaryKey": { "name": "tasks_pkey", "columns": ["id"] }
 *     }
 *   ]
 * }
 * ```
 */
export interface Catalog {
  readonly schemas: readonly SchemaFact[];
  readonly relations: readonly Relation[];
  readonly enums: readonly EnumType[];
  readonly domains: readonly DomainType[];
  readonly composites: readonly CompositeType[];
  readonly ranges: readonly RangeType[];
  /** Types that an extension or C code brings: citext, hstore, vector… */
  readonly baseTypes: readonly BaseType[];
  readonly functions: readonly RoutineFact[];
  /** What the database inferred for the SQL expressions of the config. */
  readonly expressions: readonly InferredExpression[];
  /** The queries of the config's SQL files, with the types that the database infers; absent where there are none. */
  readonly queries?: readonly QueryFact[];
}

/** A name inside a schema. */
export interface QualifiedName {
  readonly schema: string;
  readonly name: string;
}

/** A schema of the database. */
export interface SchemaFact {
  readonly name: string;
  /** The schema stands for those of all tenants, and its name is the pattern that they match: `tenant_*`. */
  readonly tenants?: true;
  readonly comment?: string;
}

/** The kind of a relation. A partition is a table of its own kind. */
export type RelationKind = 'table' | 'partitioned table' | 'partition' | 'view' | 'materialized view' | 'foreign table';

/** A table, a view, or another relation that rows can be read from. */
export interface Relation extends QualifiedName {
  readonly kind: RelationKind;
  readonly comment?: string;
  /** A partition's parent, or the parents of an `INHERITS` child. */
  readonly parents?: readonly QualifiedName[];
  /** Whether rows can be inserted, as `pg_relation_is_updatable` says (views and foreign tables; tables always can). */
  readonly insertable: boolean;
  /** The extension that it belongs to: `postgis`, of `spatial_ref_sys`. */
  readonly extension?: string;
  /** Row-level security is enabled: whoever it holds for may not see every row. */
  readonly rowSecurity?: true;
  /** Tables inherit from this one: reading it reads their rows as well, which its keys do not hold for. */
  readonly inherited?: true;
  /** A BEFORE INSERT trigger sees each row, so that it may fill in what an INSERT leaves out. */
  readonly fillsInserts?: true;
  readonly columns: readonly Column[];
  readonly primaryKey?: Key;
  readonly uniques: readonly Key[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  /** Indexes that no constraint owns. */
  readonly indexes: readonly Index[];
}

/**
 * A column of a relation. `title text NOT NULL` is `{ name: 'title', type: { name: 'text', sql: 'text' }, notNull: true
 * }`.
 */
export interface Column {
  readonly name: string;
  readonly type: TypeRef;
  /** Proven never null: by NOT NULL on a table, by the query of a view. */
  readonly notNull: boolean;
  /** NOT NULL for every write, while rows from before, or of tables that inherit the column, may hold null. */
  readonly refusesNull?: true;
  /**
   * A view proves it never null, and its table has no NOT NULL for it: a write may give a null that the view never
   * shows.
   */
  readonly takesNull?: true;
  /** The default's expression, in its one spelling (`spell-expression.ts`), names with their schemas. */
  readonly default?: string;
  readonly identity?: 'always' | 'by default';
  /** A `GENERATED ALWAYS AS (…)` column: the database derives it, nobody writes it. */
  readonly generated?: 'stored' | 'virtual';
  /** The relation is a view or foreign table that cannot write the column. */
  readonly readOnly?: true;
  /**
   * The only statement that can write the column: its view has a trigger or rule for inserts alone, or for updates
   * alone.
   */
  readonly writtenBy?: 'insert' | 'update';
  /**
   * What fills in a view's column that an insert leaves out: a default of a column behind it, or else a trigger or a
   * rule.
   */
  readonly filledBy?: 'default' | 'trigger';
  /** The collation compares different texts as equal, so a CHECK on the column proves nothing about its text. */
  readonly nondeterministic?: true;
  readonly comment?: string;
}

/**
 * A type where it is used: its name, and the array dimensions around it. `varchar(128)[]` is `{ name: 'varchar',
 * dimensions: 1, modifier: 132, sql: 'character varying(128)[]' }`.
 */
export interface TypeRef {
  /** Absent for `pg_catalog`. */
  readonly schema?: string;
  /** `pg_type.typname`: `int8`, `varchar`, `order_status`. For arrays the element's. */
  readonly name: string;
  /** Declared array dimensions, or those that the query of a view proves; absent for a scalar. */
  readonly dimensions?: Dimensions;
  /** `atttypmod` where one is set. */
  readonly modifier?: number;
  /** As SQL spells it: `character varying(128)`. */
  readonly sql: string;
}

/** The number of an array's dimensions; `unknown` where nothing tells it. */
export type Dimensions = number | 'unknown';

/** A primary or a unique key. */
export interface Key {
  readonly name: string;
  readonly columns: readonly string[];
  /** `DEFERRABLE`: a statement or a transaction may break the key until it ends, and ON CONFLICT cannot use it. */
  readonly deferrable?: true;
}

/**
 * A foreign key. `task_id bigint REFERENCES tasks` is `{ name: 'notes_task_id_fkey', columns: ['task_id'], references:
 * { schema: 'public', name: 'tasks', columns: ['id'] } }`.
 */
export interface ForeignKey extends Key {
  readonly references: QualifiedName & { readonly columns: readonly string[] };
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  /** `NOT VALID` or `NOT ENFORCED`: rows that break it may exist. */
  readonly notValid?: true;
  /**
   * The last column is a PERIOD, which is covered by those of the referenced rows together, and equals none of them.
   */
  readonly period?: true;
}

/**
 * What a foreign key does when the row it refers to is deleted or changes its key. `NO ACTION`, the default, is absent.
 */
export type ReferentialAction = 'restrict' | 'cascade' | 'set null' | 'set default';

/** A CHECK constraint: `{ name: 'tasks_title_check', expression: "(title <> ''::text)" }`. */
export interface Check {
  readonly name: string;
  /** The condition, in its one spelling. */
  readonly expression: string;
  /** `NOT VALID` or `NOT ENFORCED`: rows that break it may exist. */
  readonly notValid?: true;
  /** Does not hold for the rows of tables that inherit from this one. */
  readonly noInherit?: true;
}

/** An index: `{ name: 'tasks_title_idx', method: 'btree', unique: false, columns: ['title'] }`. */
export interface Index {
  readonly name: string;
  readonly method: string;
  readonly unique: boolean;
  /** A column's name, or null for an expression. */
  readonly columns: readonly (string | null)[];
  /** The WHERE of a partial index. */
  readonly predicate?: string;
}

/** An enum: `{ schema: 'public', name: 'mood', labels: ['sad', 'happy'] }`. */
export interface EnumType extends QualifiedName {
  /** In the database's order. */
  readonly labels: readonly string[];
  readonly comment?: string;
}

/** A domain: a type with constraints of its own, such as `CREATE DOMAIN email AS text CHECK (VALUE ~ '@')`. */
export interface DomainType extends QualifiedName {
  readonly base: TypeRef;
  readonly notNull: boolean;
  /** The collation compares different texts as equal, so a CHECK of the domain proves nothing about its text. */
  readonly nondeterministic?: true;
  readonly checks: readonly Check[];
  readonly default?: string;
  readonly comment?: string;
}

/** A composite type: `CREATE TYPE price AS (amount numeric, currency text)`. Row types of tables are not listed. */
export interface CompositeType extends QualifiedName {
  readonly attributes: readonly { readonly name: string; readonly type: TypeRef }[];
  readonly comment?: string;
}

/** A range type: `CREATE TYPE span AS RANGE (subtype = int8)`. */
export interface RangeType extends QualifiedName {
  readonly subtype: TypeRef;
  /** The multirange type that comes with it. */
  readonly multirange?: string;
  readonly comment?: string;
}

/** A type that is made of no others. */
export interface BaseType extends QualifiedName {
  readonly extension?: string;
  readonly comment?: string;
}

/** A function or procedure of the schema; those of extensions are left out. */
export interface RoutineFact extends QualifiedName {
  readonly kind: 'function' | 'procedure' | 'aggregate' | 'window';
  readonly arguments: readonly RoutineArgument[];
  /** Absent for procedures. */
  readonly returns?: TypeRef;
  readonly returnsSet?: true;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  /** Returns null when any argument is null. */
  readonly strict?: true;
  readonly comment?: string;
}

/** An argument of a function or procedure, or a column of its result (`out`, `table`). */
export interface RoutineArgument {
  readonly name?: string;
  readonly type: TypeRef;
  readonly mode: 'in' | 'out' | 'inout' | 'variadic' | 'table';
  readonly hasDefault?: true;
}

/** A SQL expression over one row, from the config, and what the database knows about it. */
export interface InferredExpression {
  readonly relation: QualifiedName;
  readonly field: string;
  readonly sql: string;
  readonly type: TypeRef;
  /** The expression is proven never null, or the config promises it and no row says otherwise. */
  readonly notNull: boolean;
  readonly assertNotNull?: true;
  /** The expression calls a VOLATILE function, itself or in a view that it reads: reading it may write. */
  readonly volatile?: true;
  /** The columns of the row that it reads, in the relation's order. */
  readonly needs: readonly string[];
}

/** A query of a SQL file, and what the database knows about it. */
export interface QueryFact {
  /** The path of the file from the config's folder. */
  readonly file: string;
  /** The line that names it. */
  readonly line: number;
  readonly name: string;
  readonly kind: QueryKind;
  /** A digest of the statement and of what its file says of it. */
  readonly digest: string;
  readonly comment?: string;
  /** The SQL before, between and behind the parameters, and the parameter that stands behind each, by its index. */
  readonly parts: readonly string[];
  readonly uses: readonly number[];
  /** In the order in which the text names them first. */
  readonly parameters: readonly QueryParameter[];
  readonly columns: readonly QueryColumn[];
  /** The clause of another query that it can stand in: FROM, or WITH for a statement that writes and gives rows. */
  readonly standsIn?: 'from' | 'with';
  /** The relations that it reads, and those that it writes, views as themselves. */
  readonly reads: readonly QualifiedName[];
  readonly writes: readonly QualifiedName[];
}

/**
 * How many rows a query gives: exactly one, one or none, any number; or none, since it is run for what it does.
 */
export type QueryKind = 'one' | 'maybe' | 'many' | 'exec';

export interface QueryParameter {
  readonly name: string;
  readonly type: TypeRef;
  /** Null may be given: the statement means something by it, or its file says so. */
  readonly nullable: boolean;
  /** The column that it is written to, or that it equals, where that is one. */
  readonly origin?: ColumnName;
}

export interface QueryColumn {
  readonly name: string;
  readonly type: TypeRef;
  /** Proven never null, where no parameter is null that may not be. */
  readonly notNull: boolean;
  /** The column of a relation that it is. */
  readonly origin?: ColumnName;
}

/** A column of a relation. */
export interface ColumnName extends QualifiedName {
  readonly column: string;
}
