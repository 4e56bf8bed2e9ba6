/**
 * A catalog: what PostgreSQL says about a schema, as plain sorted JSON. It contains only facts; `model/` decides what
 * they mean for TypeScript. The same schema produces the same catalog on every supported server version and from every
 * source. A property that does not apply is absent, to keep the committed file small.
 *
 * `CREATE TABLE tasks (id bigint PRIMARY KEY, title text)` becomes, without the empty lists:
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
  /** Types that an extension or C code defines: citext, hstore, vector… */
  readonly baseTypes: readonly BaseType[];
  readonly functions: readonly RoutineFact[];
  /** The SQL expressions of the config, with what the database inferred for them. */
  readonly expressions: readonly InferredExpression[];
  /** The queries of the config's SQL files, with the types that the database infers; absent if there are none. */
  readonly queries?: readonly QueryFact[];
}

/** A name and its schema. */
export interface QualifiedName {
  readonly schema: string;
  readonly name: string;
}

/** A schema of the database. */
export interface SchemaFact {
  readonly name: string;
  /** The entry represents the schemas of all tenants, and its name is the pattern that they match: `tenant_*`. */
  readonly tenants?: true;
  readonly comment?: string;
}

/** The kind of a relation. Partitions have a kind of their own. */
export type RelationKind = 'table' | 'partitioned table' | 'partition' | 'view' | 'materialized view' | 'foreign table';

/** A table, a view, or another relation from which rows can be read. */
export interface Relation extends QualifiedName {
  readonly kind: RelationKind;
  readonly comment?: string;
  /** A partition's parent, or the parents of an `INHERITS` child. */
  readonly parents?: readonly QualifiedName[];
  /** What a partitioned table distributes its rows by: `RANGE (created_at)`. */
  readonly partitionKey?: string;
  /** The rows that a partition takes: `FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')`, or `DEFAULT`. */
  readonly partitionBound?: string;
  /**
   * Whether rows can be inserted: what `pg_relation_is_updatable` says of views and foreign tables; always true for
   * tables.
   */
  readonly insertable: boolean;
  /** The extension that owns it: `postgis` owns `spatial_ref_sys`. */
  readonly extension?: string;
  /** Row-level security is enabled, so a role that it applies to may not see every row. */
  readonly rowSecurity?: true;
  /** Other tables inherit from this one. Reading it also returns their rows, to which its keys do not apply. */
  readonly inherited?: true;
  /** A BEFORE INSERT trigger sees each row, so it may fill in what an INSERT omits. */
  readonly fillsInserts?: true;
  readonly columns: readonly Column[];
  readonly primaryKey?: Key;
  readonly uniques: readonly Key[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  /** Indexes that belong to no constraint. */
  readonly indexes: readonly Index[];
  /** Absent where there are none, as are policies. */
  readonly triggers?: readonly Trigger[];
  /** Policies of row-level security. */
  readonly policies?: readonly Policy[];
}

/**
 * A column of a relation. `title text NOT NULL` is
 * `{ name: 'title', type: { name: 'text', sql: 'text' }, notNull: true }`.
 */
export interface Column {
  readonly name: string;
  readonly type: TypeRef;
  /** Proven never null: for a table by NOT NULL, for a view by its query. */
  readonly notNull: boolean;
  /** Every write must satisfy NOT NULL, but older rows, and rows of tables that inherit the column, may hold null. */
  readonly refusesNull?: true;
  /**
   * The view proves that the column is never null, but the table's column has no NOT NULL: a write may set a null that
   * the view never shows.
   */
  readonly takesNull?: true;
  /** The default's expression, in canonical form (`spell-expression.ts`), with schema-qualified names. */
  readonly default?: string;
  readonly identity?: 'always' | 'by default';
  /** A `GENERATED ALWAYS AS (…)` column: the database computes it, and no statement can write it. */
  readonly generated?: 'stored' | 'virtual';
  /** The relation is a view or foreign table through which the column cannot be written. */
  readonly readOnly?: true;
  /**
   * The only statement that can write the column, because its view has a trigger or rule only for inserts or only for
   * updates.
   */
  readonly writtenBy?: 'insert' | 'update';
  /**
   * What fills a view's column that an INSERT omits: the default of a column behind it, otherwise a trigger or rule.
   */
  readonly filledBy?: 'default' | 'trigger';
  /** The collation treats different texts as equal, so a CHECK on the column proves nothing about its text. */
  readonly nondeterministic?: true;
  readonly comment?: string;
}

/**
 * A use of a type: the type's name and array dimensions. `varchar(128)[]` is
 * `{ name: 'varchar', dimensions: 1, modifier: 132, sql: 'character varying(128)[]' }`.
 */
export interface TypeRef {
  /** Absent for `pg_catalog`. */
  readonly schema?: string;
  /** `pg_type.typname`: `int8`, `varchar`, `order_status`. For an array, that of its elements. */
  readonly name: string;
  /** The declared array dimensions, or those that a view's query proves; absent for a scalar. */
  readonly dimensions?: Dimensions;
  /** `atttypmod`, if one is set. */
  readonly modifier?: number;
  /** The type as SQL spells it: `character varying(128)`. */
  readonly sql: string;
}

/** The number of an array's dimensions, or `unknown`. */
export type Dimensions = number | 'unknown';

/** A primary key or unique key. */
export interface Key {
  readonly name: string;
  readonly columns: readonly string[];
  /** `DEFERRABLE`: a statement or transaction may violate the key until it ends, and ON CONFLICT cannot use it. */
  readonly deferrable?: true;
}

/**
 * A foreign key. `task_id bigint REFERENCES tasks` is
 *
 *     {
 *       name: 'notes_task_id_fkey',
 *       columns: ['task_id'],
 *       references: { schema: 'public', name: 'tasks', columns: ['id'] },
 *     }
 */
export interface ForeignKey extends Key {
  readonly references: QualifiedName & { readonly columns: readonly string[] };
  readonly onDelete?: ReferentialAction;
  readonly onUpdate?: ReferentialAction;
  /** `NOT VALID` or `NOT ENFORCED`: rows that violate it may exist. */
  readonly notValid?: true;
  /**
   * The last column is a PERIOD: it does not equal that of a referenced row, but is covered by those of all referenced
   * rows together.
   */
  readonly period?: true;
}

/**
 * What happens to the referencing rows when the referenced row is deleted or its key changes. Absent for `NO ACTION`,
 * the default.
 */
export type ReferentialAction = 'restrict' | 'cascade' | 'set null' | 'set default';

/** A CHECK constraint: `{ name: 'tasks_title_check', expression: "(title <> ''::text)" }`. */
export interface Check {
  readonly name: string;
  /** The condition, in canonical form (`spell-expression.ts`). */
  readonly expression: string;
  /** `NOT VALID` or `NOT ENFORCED`: rows that violate it may exist. */
  readonly notValid?: true;
  /** `NO INHERIT`: does not apply to the rows of tables that inherit from this one. */
  readonly noInherit?: true;
}

/** An index: `{ name: 'tasks_title_idx', method: 'btree', unique: false, columns: ['title'] }`. */
export interface Index {
  readonly name: string;
  readonly method: string;
  readonly unique: boolean;
  /** A column's name, or null for an expression. */
  readonly columns: readonly (string | null)[];
  /** The WHERE clause of a partial index. */
  readonly predicate?: string;
}

/**
 * A trigger: `{ name: 'touch', timing: 'before', events: ['update'], columns: ['title'], level: 'row', function: {
 * schema: 'public', name: 'touch' } }`.
 */
export interface Trigger {
  readonly name: string;
  readonly timing: 'before' | 'after' | 'instead of';
  readonly events: readonly ('insert' | 'update' | 'delete' | 'truncate')[];
  /** The columns of `UPDATE OF`. */
  readonly columns?: readonly string[];
  readonly level: 'row' | 'statement';
  readonly function: QualifiedName;
  /** The condition of WHEN, in its one spelling. */
  readonly condition?: string;
  /** The columns of the new row that the function of a BEFORE row trigger may set, by its source or its argument. */
  readonly sets?: readonly string[];
  readonly disabled?: true;
}

/**
 * A policy of row-level security: `{ name: 'own_rows', command: 'select', using: "(owner = CURRENT_USER)" }`.
 */
export interface Policy {
  readonly name: string;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  /** The roles that it is for; absent for all. */
  readonly roles?: readonly string[];
  /** AS RESTRICTIVE: it must hold beside the others. */
  readonly restrictive?: true;
  /** Which rows are seen, and which may be written; each in its one spelling. */
  readonly using?: string;
  readonly check?: string;
}

/** An enum: `{ schema: 'public', name: 'mood', labels: ['sad', 'happy'] }`. */
export interface EnumType extends QualifiedName {
  /** In the enum's sort order. */
  readonly labels: readonly string[];
  readonly comment?: string;
}

/** A domain: a type with its own constraints, such as `CREATE DOMAIN email AS text CHECK (VALUE ~ '@')`. */
export interface DomainType extends QualifiedName {
  readonly base: TypeRef;
  readonly notNull: boolean;
  /** The collation treats different texts as equal, so a CHECK of the domain proves nothing about its text. */
  readonly nondeterministic?: true;
  readonly checks: readonly Check[];
  readonly default?: string;
  readonly comment?: string;
}

/** A composite type: `CREATE TYPE price AS (amount numeric, currency text)`. Row types of tables are not included. */
export interface CompositeType extends QualifiedName {
  readonly attributes: readonly { readonly name: string; readonly type: TypeRef }[];
  readonly comment?: string;
}

/** A range type: `CREATE TYPE span AS RANGE (subtype = int8)`. */
export interface RangeType extends QualifiedName {
  readonly subtype: TypeRef;
  /** The multirange type that PostgreSQL creates with it. */
  readonly multirange?: string;
  readonly comment?: string;
}

/** A type that is not composed of other types, such as `citext`. */
export interface BaseType extends QualifiedName {
  readonly extension?: string;
  readonly comment?: string;
}

/** A function or procedure of the schema. Those of extensions are omitted. */
export interface RoutineFact extends QualifiedName {
  readonly kind: 'function' | 'procedure' | 'aggregate' | 'window';
  readonly arguments: readonly RoutineArgument[];
  /** Absent for procedures. */
  readonly returns?: TypeRef;
  readonly returnsSet?: true;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  /** Returns null if any argument is null. */
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

/** A SQL expression over one row, from the config, with what the database knows about it. */
export interface InferredExpression {
  readonly relation: QualifiedName;
  readonly field: string;
  readonly sql: string;
  readonly type: TypeRef;
  /** The expression is proven never null, or the config asserts it and no row contradicts it. */
  readonly notNull: boolean;
  readonly assertNotNull?: true;
  /** The expression calls a VOLATILE function, directly or through a view: reading it may write. */
  readonly volatile?: true;
  /** The columns of the row that it reads, in the relation's order. */
  readonly needs: readonly string[];
}

/** A query of a SQL file, with what the database knows about it. */
export interface QueryFact {
  /** The path of the file, relative to the config's folder. */
  readonly file: string;
  /** The line on which the file names the query. */
  readonly line: number;
  readonly name: string;
  readonly kind: QueryKind;
  /** A digest of the statement and of what its file says about it. */
  readonly digest: string;
  readonly comment?: string;
  /**
   * The SQL before, between and after the parameters. `uses` has the index of the parameter after each part but the
   * last.
   */
  readonly parts: readonly string[];
  readonly uses: readonly number[];
  /** In the order in which they first appear in the text. */
  readonly parameters: readonly QueryParameter[];
  readonly columns: readonly QueryColumn[];
  /** The clause in which another query can use it: FROM, or WITH for a statement that writes and returns rows. */
  readonly standsIn?: 'from' | 'with';
  /** The relations that it reads, and those that it writes. A view is listed as itself. */
  readonly reads: readonly QualifiedName[];
  readonly writes: readonly QualifiedName[];
}

/**
 * How many rows a query returns: exactly one (`one`), one or none (`maybe`), any number (`many`), or none, because it
 * is run for its effect (`exec`).
 */
export type QueryKind = 'one' | 'maybe' | 'many' | 'exec';

export interface QueryParameter {
  readonly name: string;
  readonly type: TypeRef;
  /** Null is allowed, because the statement handles it or its file says so. */
  readonly nullable: boolean;
  /** The column that it is written to or equals, if there is exactly one. */
  readonly origin?: ColumnName;
}

export interface QueryColumn {
  readonly name: string;
  readonly type: TypeRef;
  /** Proven never null, provided that no parameter is null unless it is nullable. */
  readonly notNull: boolean;
  /** The relation's column that it is, if any. */
  readonly origin?: ColumnName;
}

/** A column of a relation. */
export interface ColumnName extends QualifiedName {
  readonly column: string;
}
