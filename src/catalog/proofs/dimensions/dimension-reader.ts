import type { Dimensions } from '../../catalog.js';
import { isNode, listOf, type PgNode, type PgValue, queryOf } from '../query-tree/node-tree.js';
import {
  ancestor,
  commonTable,
  entryKinds,
  number,
  type Scope,
  scopeOf,
  subLinkTypes,
  targetsOf,
  typeOf,
} from '../query-tree/scope.js';

/** Facts about the database that the query does not hold. Ids are the oids that the node tree holds. */
export interface DimensionFacts {
  /** The dimensions of a column: of a table's as they are declared, of a view's by its own query. */
  readonly columnDimensions: (relation: number, column: number) => Dimensions;
  /** Whether a type is an array; undefined for a type that nothing is known about. */
  readonly isArrayType: (type: number) => boolean | undefined;
  /** How the dimensions of what a function gives follow from its arguments: see `array-functions.ts`. */
  readonly routine: (routine: number) => 'list' | 'nested' | 'first' | 'all' | undefined;
}

/** The dimensions of the array that a node of one kind gives. */
type Rule = (node: PgNode, scope: Scope) => Dimensions;

/** Null and the empty array have no dimensions: they fit any number of them. */
const none = 0;

/**
 * Tells how many dimensions the arrays have that expressions of an analysed query give. Postgres knows it of no
 * expression, and of a column only what was declared. A node that no rule knows says `unknown`. The node types are
 * those of `primnodes.h`.
 */
export class DimensionReader {
  constructor(private readonly facts: DimensionFacts) {}

  /** For each column of the query, in order; what it says of columns that are no arrays means nothing. */
  columns(query: PgValue): Dimensions[] {
    const top = queryOf(query);
    return top ? this.queryColumns(scopeOf(top)) : [];
  }

  private queryColumns(scope: Scope): Dimensions[] {
    const targets = targetsOf(scope.query);
    const union = scope.query.fields['setOperations'];
    if (union) return targets.map((_, index) => this.branches(union, scope, index));
    return targets.map((target) => this.of(target.fields['expr'], scope));
  }

  private branches(operation: PgValue | undefined, scope: Scope, column: number): Dimensions {
    if (!isNode(operation)) return 'unknown';
    if (operation.tag !== 'RANGETBLREF') {
      const { larg, rarg } = operation.fields;
      return combine([this.branches(larg, scope, column), this.branches(rarg, scope, column)]);
    }
    const entry = scope.rangeTable[number(operation.fields['rtindex']) - 1];
    return isNode(entry) ? this.subqueryColumn(entry.fields['subquery'], scope, column) : 'unknown';
  }

  private subqueryColumn(query: PgValue | undefined, outer: Scope, column: number): Dimensions {
    return (isNode(query) ? this.queryColumns(scopeOf(query, outer))[column] : undefined) ?? 'unknown';
  }

  private of(value: PgValue | undefined, scope: Scope): Dimensions {
    return (isNode(value) ? this.rules[value.tag]?.(value, scope) : undefined) ?? 'unknown';
  }

  private readonly all = (values: PgValue | undefined, scope: Scope) =>
    combine(listOf(values).map((value) => this.of(value, scope)));
  private readonly argument: Rule = ({ fields }, scope) => this.of(fields['arg'], scope);
  private readonly arguments: Rule = ({ fields }, scope) => this.all(fields['args'], scope);
  private readonly call =
    (field: string): Rule =>
    ({ fields }, scope) => {
      const [argument] = listOf(fields['args']);
      // The arguments of an aggregate are targets.
      const first = isNode(argument) && argument.tag === 'TARGETENTRY' ? argument.fields['expr'] : argument;
      switch (this.facts.routine(number(fields[field]))) {
        case 'list':
          return 1;
        case 'nested':
          return deeper(this.of(first, scope));
        case 'first':
          return this.of(first, scope);
        case 'all':
          return this.all(fields['args'], scope);
        case undefined:
          return 'unknown';
      }
    };
  private readonly branchesOfCase: Rule = ({ fields }, scope) =>
    combine([
      this.of(fields['defresult'], scope),
      ...listOf(fields['args']).map((when) => (isNode(when) ? this.of(when.fields['result'], scope) : 'unknown')),
    ]);
  private readonly constructed: Rule = ({ fields }, scope) =>
    fields['multidims'] === 'false' ? 1 : deeper(this.all(fields['elements'], scope));

  private readonly rules: { readonly [tag: string]: Rule } = {
    VAR: (node, scope) => this.variable(node, scope),
    CONST: constantDimensions,
    COALESCEEXPR: this.arguments,
    COALESCE: this.arguments,
    MINMAXEXPR: this.arguments,
    MINMAX: this.arguments,
    NULLIFEXPR: ({ fields }, scope) => this.of(listOf(fields['args'])[0], scope),
    CASEEXPR: this.branchesOfCase,
    CASE: this.branchesOfCase,
    ARRAYEXPR: this.constructed,
    ARRAY: this.constructed,
    RELABELTYPE: this.argument,
    ARRAYCOERCEEXPR: this.argument,
    COLLATEEXPR: this.argument,
    FUNCEXPR: this.call('funcid'),
    OPEXPR: this.call('opfuncid'),
    AGGREF: this.call('aggfnoid'),
    WINDOWFUNC: this.call('winfnoid'),
    SUBLINK: (node, scope) => this.subLink(node, scope),
  };

  /** `ARRAY(SELECT …)` is of one dimension, unless what is selected is an array itself. */
  private subLink({ fields }: PgNode, scope: Scope): Dimensions {
    const kind = number(fields['subLinkType']);
    const query = fields['subselect'];
    if (!isNode(query) || (kind !== subLinkTypes.scalar && kind !== subLinkTypes.array)) return 'unknown';
    const selected = this.subqueryColumn(query, scope, 0);
    if (kind === subLinkTypes.scalar) return selected;
    const [target] = listOf(query.fields['targetList']);
    const isArray = this.facts.isArrayType(typeOf(isNode(target) ? target.fields['expr'] : undefined));
    if (isArray === undefined) return 'unknown';
    return isArray ? deeper(selected) : 1;
  }

  /** A column of a range table entry, perhaps of an enclosing query's. */
  private variable({ fields }: PgNode, from: Scope): Dimensions {
    const scope = ancestor(from, number(fields['varlevelsup']));
    const entry = scope?.rangeTable[number(fields['varno']) - 1];
    const column = number(fields['varattno']);
    if (!scope || !isNode(entry) || column <= 0) return 'unknown';
    switch (number(entry.fields['rtekind'])) {
      case entryKinds.relation:
        return this.facts.columnDimensions(number(entry.fields['relid']), column);
      case entryKinds.subquery:
        return this.subqueryColumn(entry.fields['subquery'], scope, column - 1);
      case entryKinds.join:
        return this.of(listOf(entry.fields['joinaliasvars'])[column - 1], scope);
      case entryKinds.values:
        return combine(listOf(entry.fields['values_lists']).map((row) => this.of(listOf(row)[column - 1], scope)));
      case entryKinds.commonTable:
        return this.commonTableColumn(entry, column, scope);
      case entryKinds.group:
        return this.of(listOf(entry.fields['groupexprs'])[column - 1], scope);
      default:
        return 'unknown';
    }
  }

  private commonTableColumn(entry: PgNode, column: number, from: Scope): Dimensions {
    const found = commonTable(entry, from);
    return found && !found.recursive ? this.subqueryColumn(found.query, found.outer, column - 1) : 'unknown';
  }
}

/** The dimensions of a value that is one of several: theirs, where they agree. */
function combine(all: readonly Dimensions[]): Dimensions {
  const [first = none, ...others] = new Set(all.filter((dimensions) => dimensions !== none));
  return others.length === 0 ? first : 'unknown';
}

/** The dimensions of an array of such arrays. Of empty ones Postgres makes an empty one. */
const deeper = (dimensions: Dimensions): Dimensions =>
  dimensions === 'unknown' || dimensions === none ? dimensions : dimensions + 1;

/**
 * The dimensions of a constant, `:constvalue 28 [ 112 0 0 0 1 0 0 0 …]`: behind the length of the array stands their
 * number, in the server's byte order.
 */
function constantDimensions({ fields }: PgNode): Dimensions {
  if (fields['constisnull'] === 'true') return none;
  const bytes = listOf(fields['constvalue']).slice(6, 10).map(Number);
  return bytes.length === 4 ? bytes.reduce((sum, byte) => sum + Math.abs(byte), 0) : 'unknown';
}
