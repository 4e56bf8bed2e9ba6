import type { QualifiedName, QueryKind, RelationKind } from '../catalog/catalog.js';
import type { GeneratedName } from './side.js';

/**
 * What a change can break: what a statement of yours reads, what a write may or must give, and calls of the functions
 * of queries in SQL files.
 */
export type Axis = 'select' | 'insert' | 'update' | 'call';

/** The facts of each kind of change. The keys are the rule ids, which stay the same across releases. */
export interface ChangeFacts {
  'schema-added': OfSchema;
  'schema-removed': OfSchema;
  'schema-comment': OfSchema & Between<string | undefined>;

  'relation-added': OfRelation & { readonly kind: RelationKind };
  'relation-removed': OfRelation & { readonly kind: RelationKind };
  'relation-renamed': OfRelation & Between<string> & Renamed;
  'relation-kind': OfRelation & Between<RelationKind>;
  /** Whether rows can be inserted and updated: a view or a foreign table may lose either. */
  'relation-writable': OfRelation & Between<readonly Axis[]>;
  /** Whether row-level security may hide rows. */
  'relation-row-security': OfRelation & Between<boolean>;
  /** Whether other tables inherit from it, so that reading it reads their rows as well. */
  'relation-inherited': OfRelation & Between<boolean>;
  'relation-parents': OfRelation & Between<readonly string[]>;
  /** What a partitioned table distributes its rows by, and which of them a partition takes. */
  'relation-partition-key': OfRelation & Between<string | undefined>;
  'relation-partition-bound': OfRelation & Between<string>;
  'relation-comment': OfRelation & Between<string | undefined>;

  'column-added': OfColumn & { readonly type: string } & Required;
  'column-removed': OfColumn & { readonly type: string } & Writable;
  'column-renamed': OfColumn & Between<string> & Renamed & Writable;
  'column-order': OfRelation & Between<readonly string[]>;
  'column-type': OfColumn & Between<string> & TypeEffect;
  'column-nullability': OfColumn & Between<'NULL' | 'NOT NULL'> & Required & Writable;
  'column-default': OfColumn & Between<string | undefined> & Required;
  'column-identity': OfColumn & Between<'always' | 'by default' | undefined> & Required;
  'column-generated': OfColumn & Between<'stored' | 'virtual' | undefined> & Required;
  /** Whether a view's or foreign table's column can be written. */
  'column-writable': OfColumn & Between<boolean>;
  /** Whether different texts may compare as equal. */
  'column-collation': OfColumn & Between<'deterministic' | 'nondeterministic'>;
  /** The literal union that CHECK constraints narrow the column's type to. */
  'column-values': OfColumn & Values & Writable;
  'column-comment': OfColumn & Between<string | undefined>;

  'primary-key-changed': OfRelation & Between<readonly string[] | undefined> & Harmless;
  'unique-added': OfConstraint & { readonly columns: readonly string[] } & Harmless;
  'unique-removed': OfConstraint & { readonly columns: readonly string[] } & Harmless;
  'foreign-key-added': OfConstraint & { readonly columns: readonly string[]; readonly references: string } & Harmless;
  'foreign-key-removed': OfConstraint & { readonly columns: readonly string[]; readonly references: string };
  'foreign-key-changed': OfConstraint & Between<string> & Harmless;
  /** Why a row whose key is not null may have no row over it; undefined where each has one. */
  'foreign-key-guarantee': OfConstraint & { readonly columns: readonly string[] } & Between<string | undefined>;
  'check-added': OfConstraint & { readonly expression: string } & Harmless;
  'check-removed': OfConstraint & { readonly expression: string };
  'check-changed': OfConstraint & Between<string>;
  'constraint-renamed': OfRelation & Between<string>;
  'index-added': OfConstraint & { readonly unique: boolean } & Harmless;
  'index-removed': OfConstraint & { readonly unique: boolean } & Harmless;
  'index-changed': OfConstraint & Between<string> & { readonly unique: boolean };

  'trigger-added': OfReaction;
  'trigger-removed': OfReaction;
  'trigger-changed': OfConstraint & Between<string> & Harmless;
  'policy-added': OfReaction;
  'policy-removed': OfReaction;
  'policy-changed': OfConstraint & Between<string> & Harmless;

  'enum-added': OfType;
  'enum-removed': OfType;
  'enum-renamed': OfType & Between<string> & Renamed;
  'enum-label-added': OfType & { readonly label: string };
  'enum-label-removed': OfType & { readonly label: string };
  'enum-labels-reordered': OfType & Between<readonly string[]>;
  'domain-added': OfType;
  'domain-removed': OfType;
  'domain-type': OfType & Between<string> & TypeEffect;
  'domain-nullability': OfType & Between<'NULL' | 'NOT NULL'>;
  'domain-default': OfType & Between<string | undefined>;
  'domain-values': OfType & Values;
  'domain-check': OfType & Between<readonly string[]>;
  'composite-added': OfType;
  'composite-removed': OfType;
  'composite-attributes': OfType & Between<readonly string[]>;
  'range-added': OfType;
  'range-removed': OfType;
  'range-subtype': OfType & Between<string>;
  'base-type-added': OfType;
  'base-type-removed': OfType;
  'base-type-extension': OfType & Between<string | undefined>;
  'type-comment': OfType & Between<string | undefined>;

  'function-added': OfRoutine;
  'function-removed': OfRoutine;
  'function-signature': OfRoutine & Between<string> & { readonly compatible: boolean };
  /** Volatility, and whether a null argument makes the result null. */
  'function-behaviour': OfRoutine & Between<string>;
  'function-comment': OfRoutine & Between<string | undefined>;

  'query-added': OfQuery;
  'query-removed': OfQuery;
  /** Whether the database refuses the query, with its reason and the place in the file. */
  'query-failed': OfQuery & Between<boolean> & { readonly place: QueryPlace; readonly message: string };
  'query-kind': OfQuery & Between<QueryKind>;
  /** The clauses of other queries that it can stand in: without one, a function is gone. */
  'query-clause': OfQuery & Between<'from' | 'with' | undefined>;
  'query-sql': OfQuery;
  'query-column-added': OfQueryPart;
  'query-column-removed': OfQueryPart;
  'query-column-type': OfQueryPart & Between<string> & FitOfType;
  'query-column-nullability': OfQueryPart & Between<'NULL' | 'NOT NULL'>;
  'query-argument-added': OfQueryPart & Required;
  'query-argument-removed': OfQueryPart;
  'query-argument-type': OfQueryPart & Between<string> & FitOfType;
  'query-argument-nullability': OfQueryPart & Between<'NULL' | 'NOT NULL'>;

  /** A thing that both sides have has another generated name. */
  'name-changed': OfNamed & Between<string>;
  /** A generated name means another thing: `before` and `after` say which. */
  'name-reused': OfNamed & Between<string> & { readonly name: string };
  /** A generated name is gone, though what tells of the change itself breaks nothing. */
  'name-removed': OfNamed & { readonly name: string };

  'computed-added': OfField;
  'computed-removed': OfField;
  'computed-type': OfField & Between<string> & Pick<TypeEffect, 'breaks'>;
  'computed-nullability': OfField & Between<'NULL' | 'NOT NULL'>;
  /** The literal union of a computed field: the states of a machine. */
  'computed-values': OfField & Values;
  'computed-sql': OfField & Between<string>;
}

export type Rule = keyof ChangeFacts;

/** One change of the schema: plain facts, not yet judged. */
export type Change = { [R in Rule]: ChangeOf<R> }[Rule];
export type ChangeOf<R extends Rule> = { readonly rule: R } & ChangeFacts[R];

interface OfSchema {
  readonly schema: string;
}

/** Name of the relation on the newer side, or on the older one where the relation is gone. */
interface OfRelation {
  readonly relation: QualifiedName;
}

interface OfColumn extends OfRelation {
  readonly column: string;
}

/** A computed field of the model. */
interface OfField extends OfRelation {
  readonly field: string;
}

/** A query of a SQL file. */
export interface OfQuery {
  readonly query: { readonly file: string; readonly name: string };
}

/** A field of a query's row, or one of its arguments. */
interface OfQueryPart extends OfQuery {
  readonly part: string;
}

interface QueryPlace {
  /** The path of its file from the working directory. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** Why a change that can be dangerous is none here; absent where it is. */
interface Harmless {
  readonly harmless?: string;
}

interface OfConstraint extends OfRelation {
  readonly name: string;
}

/** A trigger or policy, in words close to SQL. */
interface OfReaction extends OfConstraint, Harmless {
  readonly text: string;
}

interface OfType {
  readonly typeName: QualifiedName;
}

/** A function or procedure, with its arguments: `area(box)`. */
interface OfRoutine {
  readonly routine: QualifiedName;
  readonly signature: string;
}

/** A generated name of a relation or of a part of one, of a type, or of a routine. */
type OfNamed = (OfRelation | OfColumn | OfType | OfRoutine) & { readonly kind: GeneratedName['kind'] };

interface Between<Value> {
  readonly before: Value;
  readonly after: Value;
}

interface Renamed {
  /** `certain` where the database's own numbers prove the rename, else `suspected`. */
  readonly certainty: 'certain' | 'suspected';
  readonly because: string;
}

interface Writable {
  readonly writable: { readonly insert: boolean; readonly update: boolean };
}

interface Required {
  /** Every insert must give the column now; before, it could leave it out. */
  readonly required: boolean;
}

interface TypeEffect {
  /** The uses whose TypeScript type no longer fits. */
  readonly breaks: readonly Axis[];
  /** What can go wrong at run time although the types fit. */
  readonly danger?: string;
}

export interface FitOfType {
  /** Whether code that fitted the TypeScript type before still does, or would but for more literals of a union. */
  readonly fits: 'yes' | 'no' | 'but for literals';
}

/** A literal union before and after. `after` is absent when any value of the type is possible again. */
interface Values {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}
