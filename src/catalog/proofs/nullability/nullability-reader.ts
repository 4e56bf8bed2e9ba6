import { firstOwnOid } from '../../query/common.js';
import { textOf } from '../query-tree/constants.js';
import { isNode, listOf, type PgNode, type PgValue, queryOf } from '../query-tree/node-tree.js';
import { ancestor, isOldOrNew, number, subLinkTypes, typeOf } from '../query-tree/scope.js';
import { columnKey, joinedColumn, spelled } from '../query-tree/spelling.js';
import { ConditionReader, type Outcome } from './conditions.js';
import { EntryReader } from './entries.js';
import type { NullabilityFacts } from './facts.js';
import { hasGroups, mayBeLeftOut } from './grouping.js';
import { type Proven, together } from './proven.js';
import { narrowed, type ProvenBy, type QueryScope, withinAggregate } from './query-scope.js';
import { frameHoldsRow } from './window-frame.js';

/** Whether a node of one kind is never null. */
type Rule = (node: PgNode, scope: QueryScope) => boolean;

/**
 * Proves that expressions of an analysed query are never null. It is sound and not complete: a node that no rule knows
 * may be null. https://www.postgresql.org/docs/current/functions-comparison.html tells most rules; the node types are
 * those of PostgreSQL's `primnodes.h` and `parsenodes.h`, under the names that versions 14 to 18 print.
 */
export class NullabilityReader {
  private readonly entries: EntryReader;

  constructor(private readonly facts: NullabilityFacts) {
    this.entries = new EntryReader(facts, this.notNull, this.provenBy);
  }

  /** For each column of the query, in order, whether it is never null. */
  columns(query: PgValue): readonly boolean[] {
    const top = queryOf(query);
    return top ? this.entries.columns(top) : [];
  }

  private readonly notNull = (value: PgValue | undefined, scope: QueryScope): boolean => {
    if (!isNode(value)) return false;
    const { proven, leftOut } = scope;
    const isProven = proven.keys.size > 0 && proven.keys.has(spelled(value, scope));
    const isLeftOut = leftOut.size > 0 && mayBeLeftOut(value, spelled(value, scope), leftOut, scope);
    return isProven || (!isLeftOut && (this.rules[value.tag]?.(value, scope) ?? false));
  };

  private readonly provenBy: ProvenBy = (condition, scope) => this.proves(condition, 'true', scope);
  private readonly proves = (condition: PgValue | undefined, outcome: Outcome, scope: QueryScope): Proven =>
    new ConditionReader(scope, this.facts, this.notNull).proves(condition, outcome, scope);

  private readonly all = (values: PgValue | undefined, scope: QueryScope) =>
    listOf(values).every((value) => this.notNull(value, scope));
  private readonly any = (values: PgValue | undefined, scope: QueryScope) =>
    listOf(values).some((value) => this.notNull(value, scope));

  private readonly argument: Rule = ({ fields }, scope) => this.notNull(fields['arg'], scope);
  private readonly always: Rule = () => true;
  private readonly firstNotNull: Rule = ({ fields }, scope) => this.any(fields['args'], scope);
  private readonly call =
    (field: string): Rule =>
    (node, scope) => {
      const { fields } = node;
      if (fields['funcretset'] === 'true' || fields['opretset'] === 'true')
        return this.entries.givesNoNull(node, scope);
      const [first, ...others] = listOf(fields['args']);
      switch (this.facts.call(number(fields[field]))) {
        case 'total':
          return this.all(fields['args'], scope);
        case 'null-proof':
          // VARIADIC NULL stands for all the arguments.
          return fields['funcvariadic'] !== 'true' || this.all(fields['args'], scope);
        case 'of first':
          return this.notNull(first, scope) && (fields['funcvariadic'] !== 'true' || this.all(others, scope));
        case 'of growing fields':
          return growingFields.has(textOf(first) ?? '') && this.all(others, scope);
        case 'of built-in types':
          return listOf(fields['args']).every((arg) => isBuiltinType(arg)) && this.all(fields['args'], scope);
        case undefined:
          return false;
      }
    };

  /** A branch is evaluated where its condition is true, and those before it are not. */
  private readonly caseBranches: Rule = ({ fields }, scope) => {
    let rest = scope;
    for (const when of listOf(fields['args']).filter(isNode)) {
      const { expr, result } = when.fields;
      if (!this.notNull(result, narrowed(rest, this.proves(expr, 'true', rest)))) return false;
      if (this.notNull(expr, rest)) rest = narrowed(rest, this.proves(expr, 'false', rest));
    }
    return this.notNull(fields['defresult'], rest);
  };

  /** AND is null where some argument is and none is false: `x IS NOT NULL AND x > 3` never is. */
  private readonly connective: Rule = ({ fields }, scope) => {
    const args = listOf(fields['args']);
    const certain = args.filter((arg) => this.notNull(arg, scope));
    if (certain.length === args.length) return true;
    if (certain.length === 0 || fields['boolop'] === 'not') return false;
    const undecided = fields['boolop'] === 'and' ? 'true' : 'false';
    const rest = narrowed(scope, together(certain.map((arg) => this.proves(arg, undecided, scope))));
    // Each AND within an OR within an AND would be read twice as often as the one around it.
    const others = args.filter((arg) => !certain.includes(arg));
    return others.every((arg) => isNode(arg) && arg.tag !== 'BOOLEXPR' && this.notNull(arg, rest));
  };

  private readonly rules: { readonly [tag: string]: Rule } = {
    VAR: (node, scope) => this.variable(node, scope),
    CONST: ({ fields }) => fields['constisnull'] === 'false',
    PARAM: ({ fields }) => number(fields['paramkind']) === 0 && this.facts.parameterNotNull(number(fields['paramid'])),
    COALESCEEXPR: this.firstNotNull,
    COALESCE: this.firstNotNull,
    MINMAXEXPR: this.firstNotNull,
    MINMAX: this.firstNotNull,
    CASEEXPR: this.caseBranches,
    CASE: this.caseBranches,
    BOOLEXPR: this.connective,
    NULLTEST: this.always,
    BOOLEANTEST: this.always,
    DISTINCTEXPR: this.always,
    GROUPINGFUNC: this.always,
    ARRAYEXPR: this.always,
    ARRAY: this.always,
    ROWEXPR: this.always,
    ROW: this.always,
    OPEXPR: this.call('opfuncid'),
    FUNCEXPR: this.call('funcid'),
    SCALARARRAYOPEXPR: (node, scope) => this.arrayComparison(node, scope),
    RELABELTYPE: this.argument,
    COERCEVIAIO: this.argument,
    ARRAYCOERCEEXPR: this.argument,
    COERCETODOMAIN: this.argument,
    COLLATEEXPR: this.argument,
    // CURRENT_CATALOG and CURRENT_SCHEMA, 13 and 14, can be null; dates, times and roles cannot.
    SQLVALUEFUNCTION: ({ fields }) => number(fields['op']) < 13,
    SUBLINK: (node, scope) => this.subLink(node, scope),
    AGGREF: (node, scope) => this.aggregate(node, scope),
    WINDOWFUNC: (node, scope) => this.windowFunction(node, scope),
  };

  /** `x = ANY (array)`: null where `x`, the array or an element is. */
  private arrayComparison({ fields }: PgNode, scope: QueryScope): boolean {
    const [value, array] = listOf(fields['args']);
    const compares = this.facts.call(number(fields['opfuncid'])) === 'total';
    return compares && this.notNull(value, scope) && this.entries.elementsNotNull(array, scope);
  }

  /** EXISTS and ARRAY(…) always give a value; a scalar subquery does when it always has one row. */
  private subLink({ fields }: PgNode, scope: QueryScope): boolean {
    const kind = number(fields['subLinkType']);
    if (kind === subLinkTypes.exists || kind === subLinkTypes.array) return true;
    const query = fields['subselect'];
    return (
      kind === subLinkTypes.scalar &&
      isNode(query) &&
      hasOneRow(query) &&
      this.entries.columns(query, scope)[0] === true
    );
  }

  private aggregate({ fields }: PgNode, scope: QueryScope): boolean {
    const kind = this.facts.aggregate(number(fields['aggfnoid']));
    if (kind === 'counts') return true;
    const levels = number(fields['agglevelsup']);
    const owner = ancestor(scope, levels);
    // Without GROUP BY there may be no row at all; a FILTER may leave none.
    const hasRows = owner !== undefined && hasGroups(owner.query) && !fields['aggfilter'];
    if (!hasRows || !kind) return false;
    const within = withinAggregate(scope, levels);
    const values = listOf(fields['args'])
      .filter(isNode)
      .map((target) => target.fields['expr']);
    return kind === 'of rows' || values.every((value) => this.notNull(value, within));
  }

  /** Ranks are never null; aggregates over a frame that holds the row itself are what they are over one row. */
  private windowFunction({ fields }: PgNode, scope: QueryScope): boolean {
    const routine = number(fields['winfnoid']);
    const kind = this.facts.aggregate(routine);
    if (this.facts.isRanking(routine) || kind === 'counts') return true;
    if (!kind || fields['aggfilter'] || !frameHoldsRow(scope.query, number(fields['winref']))) return false;
    return kind === 'of rows' || this.all(fields['args'], scope);
  }

  /** A column of a range table entry, perhaps of an enclosing query's. */
  private variable({ fields }: PgNode, from: QueryScope): boolean {
    const scope = ancestor(from, number(fields['varlevelsup']));
    const index = number(fields['varno']);
    const column = number(fields['varattno']);
    if (!scope || isOldOrNew(fields)) return false;
    const joined = joinedColumn(scope, index, column);
    if (joined) return this.notNull(joined, scope);
    const key = columnKey(index, column);
    if (scope.proven.keys.has(key)) return true;
    return !scope.leftOut.has(key) && !scope.filled.has(index) && this.entries.columnNotNull(index, column, scope);
  }
}

const isBuiltinType = (value: PgValue) => typeOf(value) > 0 && typeOf(value) < firstOwnOid;

/** Fields of a time that grow with it: those of an infinite time are infinite, and those of no other are null. */
const growingFields = new Set(['epoch', 'year', 'isoyear', 'decade', 'century', 'millennium', 'julian']);

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
