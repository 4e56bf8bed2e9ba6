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
} from '../query-tree/scope.js';

/** Facts about the database that the query does not hold. Ids are the oids that the node tree holds. */
export interface NullabilityFacts {
  /** Whether a column is proven not null: of a table by its constraint, of a view by its own query. */
  readonly columnNotNull: (relation: number, column: number) => boolean;
  /** Whether a function never gives null for arguments that are not null. */
  readonly isTotal: (routine: number) => boolean;
  /** When an aggregate is not null: always, over a row with values that are not null, or over any row. */
  readonly aggregate: (routine: number) => 'counts' | 'of values' | 'of rows' | undefined;
  /** Whether a window function numbers rows, which is never null. */
  readonly isRanking: (routine: number) => boolean;
}

/** Whether a node of one kind is never null. */
type Rule = (node: PgNode, scope: Scope) => boolean;

/**
 * Proves that expressions of an analysed query are never null. It is sound and not complete: a node that no rule knows
 * may be null. https://www.postgresql.org/docs/current/functions-comparison.html tells most rules; the node types are
 * those of PostgreSQL's `primnodes.h` and `parsenodes.h`, under the names that versions 14 to 18 print.
 */
export class NullabilityReader {
  constructor(private readonly facts: NullabilityFacts) {}

  /** For each column of the query, in order, whether it is never null. */
  columns(query: PgValue): boolean[] {
    const top = queryOf(query);
    return top ? this.queryColumns(scopeOf(top)) : [];
  }

  private queryColumns(scope: Scope): boolean[] {
    const { fields } = scope.query;
    const targets = targetsOf(scope.query);
    if (fields['setOperations']) return this.setOperationColumns(fields['setOperations'], scope, targets.length);
    // GROUPING SETS, ROLLUP and CUBE leave columns out row by row.
    if (fields['groupingSets']) return targets.map(() => false);
    return targets.map((target) => this.notNull(target.fields['expr'], scope));
  }

  /** A column of a UNION is never null when it is never null in any of its branches. */
  private setOperationColumns(operation: PgValue | undefined, scope: Scope, count: number): boolean[] {
    if (!isNode(operation)) return Array<boolean>(count).fill(false);
    if (operation.tag === 'RANGETBLREF') {
      const entry = scope.rangeTable[number(operation.fields['rtindex']) - 1];
      return isNode(entry) ? this.subqueryColumns(entry.fields['subquery'], scope) : Array<boolean>(count).fill(false);
    }
    const left = this.setOperationColumns(operation.fields['larg'], scope, count);
    const right = this.setOperationColumns(operation.fields['rarg'], scope, count);
    return left.map((column, index) => column && right[index] === true);
  }

  private subqueryColumns(query: PgValue | undefined, outer: Scope): boolean[] {
    return isNode(query) ? this.queryColumns(scopeOf(query, outer)) : [];
  }

  private notNull(value: PgValue | undefined, scope: Scope): boolean {
    if (!isNode(value)) return false;
    return this.rules[value.tag]?.(value, scope) ?? false;
  }

  private readonly all = (values: PgValue | undefined, scope: Scope) =>
    listOf(values).every((value) => this.notNull(value, scope));
  private readonly any = (values: PgValue | undefined, scope: Scope) =>
    listOf(values).some((value) => this.notNull(value, scope));

  private readonly argument: Rule = ({ fields }, scope) => this.notNull(fields['arg'], scope);
  private readonly always: Rule = () => true;
  private readonly firstNotNull: Rule = ({ fields }, scope) => this.any(fields['args'], scope);
  private readonly totalCall =
    (field: string): Rule =>
    ({ fields }, scope) => {
      const givesSet = fields['funcretset'] === 'true' || fields['opretset'] === 'true';
      return !givesSet && this.facts.isTotal(number(fields[field])) && this.all(fields['args'], scope);
    };

  private readonly caseBranches: Rule = ({ fields }, scope) =>
    this.notNull(fields['defresult'], scope) &&
    listOf(fields['args']).every((when) => isNode(when) && this.notNull(when.fields['result'], scope));

  private readonly rules: { readonly [tag: string]: Rule } = {
    VAR: (node, scope) => this.variable(node, scope),
    CONST: ({ fields }) => fields['constisnull'] === 'false',
    COALESCEEXPR: this.firstNotNull,
    COALESCE: this.firstNotNull,
    MINMAXEXPR: this.firstNotNull,
    MINMAX: this.firstNotNull,
    CASEEXPR: this.caseBranches,
    CASE: this.caseBranches,
    BOOLEXPR: ({ fields }, scope) => this.all(fields['args'], scope),
    NULLTEST: this.always,
    BOOLEANTEST: this.always,
    DISTINCTEXPR: this.always,
    ARRAYEXPR: this.always,
    ARRAY: this.always,
    ROWEXPR: this.always,
    ROW: this.always,
    OPEXPR: this.totalCall('opfuncid'),
    FUNCEXPR: this.totalCall('funcid'),
    RELABELTYPE: this.argument,
    COERCEVIAIO: this.argument,
    ARRAYCOERCEEXPR: this.argument,
    COERCETODOMAIN: this.argument,
    COLLATEEXPR: this.argument,
    // CURRENT_CATALOG and CURRENT_SCHEMA, 13 and 14, can be null; dates, times and roles cannot.
    SQLVALUEFUNCTION: ({ fields }) => number(fields['op']) < 13,
    SUBLINK: (node, scope) => this.subLink(node, scope),
    AGGREF: (node, scope) => this.aggregate(node, scope),
    WINDOWFUNC: ({ fields }) => this.facts.isRanking(number(fields['winfnoid'])),
  };

  /** EXISTS and ARRAY(…) always give a value; a scalar subquery does when it always has one row. */
  private subLink({ fields }: PgNode, scope: Scope): boolean {
    const kind = number(fields['subLinkType']);
    if (kind === subLinkTypes.exists || kind === subLinkTypes.array) return true;
    const query = fields['subselect'];
    return (
      kind === subLinkTypes.scalar &&
      isNode(query) &&
      hasOneRow(query) &&
      this.subqueryColumns(query, scope)[0] === true
    );
  }

  private aggregate({ fields }: PgNode, scope: Scope): boolean {
    const kind = this.facts.aggregate(number(fields['aggfnoid']));
    if (kind === 'counts') return true;
    const owner = ancestor(scope, number(fields['agglevelsup']));
    // Without GROUP BY there may be no row at all; a FILTER may leave none.
    const hasRows = owner !== undefined && listOf(owner.query.fields['groupClause']).length > 0 && !fields['aggfilter'];
    if (!hasRows || !kind) return false;
    const values = listOf(fields['args'])
      .filter(isNode)
      .map((target) => target.fields['expr']);
    return kind === 'of rows' || values.every((value) => this.notNull(value, scope));
  }

  /** A column of a range table entry, perhaps of an enclosing query's. */
  private variable({ fields }: PgNode, from: Scope): boolean {
    const scope = ancestor(from, number(fields['varlevelsup']));
    const index = number(fields['varno']);
    const entry = scope?.rangeTable[index - 1];
    if (!scope || !isNode(entry) || scope.nullable.has(index)) return false;
    const column = number(fields['varattno']);
    // 0 is the whole row, a negative number a system column.
    if (column <= 0) return number(entry.fields['rtekind']) === entryKinds.relation;
    switch (number(entry.fields['rtekind'])) {
      case entryKinds.relation:
        return this.facts.columnNotNull(number(entry.fields['relid']), column);
      case entryKinds.subquery:
        return this.subqueryColumns(entry.fields['subquery'], scope)[column - 1] === true;
      case entryKinds.join:
        return this.notNull(listOf(entry.fields['joinaliasvars'])[column - 1], scope);
      case entryKinds.values:
        return listOf(entry.fields['values_lists']).every((row) => this.notNull(listOf(row)[column - 1], scope));
      case entryKinds.commonTable:
        return this.commonTableColumn(entry, column, scope);
      case entryKinds.group:
        return this.notNull(listOf(entry.fields['groupexprs'])[column - 1], scope);
      default:
        return false;
    }
  }

  private commonTableColumn(entry: PgNode, column: number, from: Scope): boolean {
    const found = commonTable(entry, from);
    return found !== undefined && this.subqueryColumns(found.query, found.outer)[column - 1] === true;
  }
}

/**
 * Whether a query always gives one row: an aggregate without GROUP BY, or a SELECT without FROM, WHERE and the like.
 */
function hasOneRow({ fields }: PgNode): boolean {
  const restricted = ['groupClause', 'groupingSets', 'havingQual', 'limitCount', 'limitOffset', 'setOperations'].some(
    (field) => fields[field],
  );
  if (restricted || fields['hasTargetSRFs'] === 'true') return false;
  const from = fields['jointree'];
  return (
    fields['hasAggs'] === 'true' ||
    (isNode(from) && listOf(from.fields['fromlist']).length === 0 && !from.fields['quals'])
  );
}
