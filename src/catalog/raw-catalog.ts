import type { AggregateKind, CallKind, SetKind } from './proofs/nullability/facts.js';

/**
 * The lists of the catalog query, with those about columns merged into one; `AnsweredLists` has them as the server
 * sends them. Values are PostgreSQL's own letters: `kind: 'v'` is a view. Object ids are numbers, because an oid has 32
 * bits.
 */
export interface RawCatalog {
  readonly schemas: readonly { name: string; comment: string | null }[];
  readonly relations: readonly {
    id: number;
    schema: string;
    name: string;
    kind: 'r' | 'p' | 'v' | 'm' | 'f';
    partition: boolean;
    insertable: boolean | null;
    handled: number;
    /** Row-level security is enabled. */
    secured: boolean;
    /** The extension that created it or took it over. */
    extension: string | null;
    /** Other tables inherit from it. Reading it also returns their rows. */
    inherited: boolean;
    /** A BEFORE INSERT trigger sees each of its rows. */
    fills: boolean;
    partkey: string | null;
    bound: string | null;
    comment: string | null;
  }[];
  readonly parents: readonly { id: number; schema: string; name: string }[];
  readonly columns: readonly {
    rel: number;
    num: number;
    name: string;
    type: number;
    mod: number | null;
    dims: number | null;
    /** At first `attnotnull`; then set to false if that is unproven, and to true if a CHECK rejects null. */
    notnull: boolean;
    /** It is NOT NULL, but may hold nulls. */
    unproven: true | null;
    default: string | null;
    identity: 'a' | 'd' | null;
    generated: 's' | 'v' | null;
    updatable: boolean | null;
    nondeterministic: true | null;
    comment: string | null;
  }[];
  readonly constraints: readonly {
    rel: number;
    domain: number;
    name: string;
    kind: 'p' | 'u' | 'f' | 'c';
    key: readonly number[] | null;
    ref: number;
    refkey: readonly number[] | null;
    ondelete: string | null;
    onupdate: string | null;
    expression: string | null;
    valid: boolean;
    deferrable: boolean;
    noinherit: boolean;
    period: boolean;
  }[];
  readonly references: readonly { id: number; schema: string; name: string }[];
  readonly indexes: readonly {
    rel: number;
    name: string;
    method: string;
    unique: boolean;
    key: readonly number[];
    keys: number;
    predicate: string | null;
  }[];
  readonly triggers: readonly RawTrigger[];
  readonly policies: readonly RawPolicy[];
  readonly types: readonly RawType[];
  readonly modified: readonly { type: number; mod: number; sql: string }[];
  readonly labels: readonly { type: number; label: string }[];
  readonly attributes: readonly {
    owner: number;
    name: string;
    type: number;
    mod: number | null;
    dims: number | null;
  }[];
  readonly ranges: readonly { type: number; subtype: number; multirange: string | null }[];
  /** The analysed query of each view, as `pg_node_tree`. */
  readonly rules: readonly { view: number; tree: string }[];
  readonly builtins: readonly RawBuiltin[];
  readonly arrays: readonly RawArrayFact[];
  readonly routines: readonly RawRoutine[];
}

/**
 * A function and one known fact about whether its result is null: see `query/builtins.ts`. A function may have several.
 */
export interface RawBuiltin {
  id: number;
  kind: RoutineKind;
}

type RoutineKind =
  | AggregateKind
  | CallKind
  | SetKind
  | 'ranking'
  | 'gives elements'
  | 'steady'
  /** A built-in function that may return a value for null. */
  | 'not strict'
  /** A user-defined function that returns null for null. */
  | 'strict';

/**
 * An array type, or a function and what is known about the dimensions of the array that it returns: see
 * `proofs/dimensions/array-functions.ts`.
 */
export interface RawArrayFact {
  id: number;
  kind: 'type' | 'list' | 'nested' | 'first' | 'all';
}

/** A trigger that no constraint owns. `bits` is `tgtype`. */
export interface RawTrigger {
  rel: number;
  name: string;
  bits: number;
  columns: readonly number[];
  schema: string;
  function: string;
  /** The source of its function in PL/pgSQL, if the trigger may set columns of the new row. */
  source: string | null;
  /** The first argument of a function that sets the column that it is given. */
  argument: string | null;
  condition: string | null;
  disabled: boolean;
}

/** A policy of row-level security; no roles are all of them. */
export interface RawPolicy {
  rel: number;
  name: string;
  command: '*' | 'r' | 'a' | 'w' | 'd';
  permissive: boolean;
  roles: readonly string[] | null;
  using: string | null;
  check: string | null;
}

/** A type that something in the schema uses, or that the schema declares itself (`declared`). */
export interface RawType {
  id: number;
  schema: string;
  name: string;
  kind: 'b' | 'c' | 'd' | 'e' | 'm' | 'p' | 'r';
  element: number | null;
  sql: string;
  base: number | null;
  mod: number | null;
  dims: number | null;
  notnull: boolean;
  nondeterministic: true | null;
  default: string | null;
  comment: string | null;
  extension: string | null;
  declared: boolean;
}

/** A function or procedure. `args` are ids of types; `defaults` is the number of last arguments that have a default. */
export interface RawRoutine {
  schema: string;
  name: string;
  kind: 'f' | 'p' | 'a' | 'w';
  args: readonly number[];
  modes: readonly ('i' | 'o' | 'b' | 'v' | 't')[] | null;
  names: readonly string[] | null;
  defaults: number;
  returns: number;
  set: boolean;
  volatility: 'i' | 's' | 'v';
  strict: boolean;
  comment: string | null;
}
