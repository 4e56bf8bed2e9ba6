import { firstOwnOid } from '../../query/common.js';
import { arrayOf, truthOf } from '../query-tree/constants.js';
import { isNode, listOf, type PgNode, type PgValue } from '../query-tree/node-tree.js';
import { ancestor, isOldOrNew, number, subLinkTypes } from '../query-tree/scope.js';
import { columnKey, groupedExpression, joinedColumn, spelled } from '../query-tree/spelling.js';
import type { NullabilityFacts } from './facts.js';
import { certainConditions } from './join-tree.js';
import { either, impossible, nothing, type Proven, together } from './proven.js';
import { bareScope, type QueryScope } from './query-scope.js';
import { isRepeatable } from './repeatable.js';

/** What is known of the value of an expression. `known`: it is not null. */
export type Outcome = 'true' | 'false' | 'known';

/** What the outcome of a node of one kind proves. */
type Rule = (node: PgNode, outcome: Outcome, scope: QueryScope) => Proven;

/**
 * Tells which expressions over the rows of a query, its `home`, cannot be null because a condition is true: `p.id > 3`
 * proves `p.id`, since `>` gives null for null and WHERE leaves out what is null. A node that no rule knows proves
 * nothing. Postgres knows the same rules (`find_nonnullable_vars`, in `clauses.c`), for fewer nodes.
 */
export class ConditionReader {
  constructor(
    private readonly home: QueryScope,
    private readonly facts: NullabilityFacts,
    private readonly notNull: (value: PgValue | undefined, scope: QueryScope) => boolean,
  ) {}

  proves(value: PgValue | undefined, outcome: Outcome, scope: QueryScope): Proven {
    if (!isNode(value)) return nothing;
    const told = this.rules[value.tag]?.(value, outcome, scope) ?? nothing;
    const repeats = scope === this.home && value.tag !== 'VAR' && isRepeatable(value, this.facts);
    return repeats ? together([told, { keys: new Set([spelled(value, scope)]), entries: new Set() }]) : told;
  }

  private readonly eachOf = (values: PgValue | undefined, outcome: Outcome, scope: QueryScope) =>
    listOf(values).map((value) => this.proves(value, outcome, scope));
  private readonly known = (values: PgValue | undefined, scope: QueryScope) =>
    together(this.eachOf(values, 'known', scope));

  private readonly sameValue: Rule = ({ fields }, outcome, scope) => this.proves(fields['arg'], outcome, scope);
  private readonly argument: Rule = ({ fields }, _outcome, scope) => this.proves(fields['arg'], 'known', scope);
  private readonly firstNotNull: Rule = ({ fields }, outcome, scope) =>
    either(this.eachOf(fields['args'], outcome, scope));
  private readonly anyKnown: Rule = ({ fields }, _outcome, scope) =>
    either(this.eachOf(fields['args'], 'known', scope));
  private readonly call =
    (field: string): Rule =>
    ({ fields }, _outcome, scope) => {
      const givesSet = fields['funcretset'] === 'true' || fields['opretset'] === 'true';
      return !givesSet && this.facts.isStrict(number(fields[field])) ? this.known(fields['args'], scope) : nothing;
    };
  private readonly branches: Rule = ({ fields }, outcome, scope) =>
    either([
      this.proves(fields['defresult'], outcome, scope),
      ...listOf(fields['args'])
        .filter(isNode)
        .map((when) =>
          together([
            this.proves(when.fields['expr'], 'true', scope),
            this.proves(when.fields['result'], outcome, scope),
          ]),
        ),
    ]);
  /** A comparison of rows ends at the first columns that differ: only the first are surely compared. */
  private readonly rows: Rule = ({ fields }, _outcome, scope) => {
    const builtin = [...listOf(fields['opnos']), ...listOf(fields['opfamilies'])].every(isBuiltin);
    return builtin
      ? this.known([listOf(fields['largs'])[0] ?? null, listOf(fields['rargs'])[0] ?? null], scope)
      : nothing;
  };

  private readonly rules: { readonly [tag: string]: Rule } = {
    VAR: (node, outcome, scope) => this.variable(node, outcome, scope),
    CONST: (node, outcome) => {
      if (node.fields['constisnull'] === 'true') return impossible;
      const truth = truthOf(node);
      return outcome !== 'known' && truth !== undefined && String(truth) !== outcome ? impossible : nothing;
    },
    BOOLEXPR: (node, outcome, scope) => this.connective(node, outcome, scope),
    NULLTEST: (node, outcome, scope) => this.nullTest(node, outcome, scope),
    BOOLEANTEST: ({ fields }, outcome, scope) => {
      const told = outcome === 'known' ? undefined : booleanTests[number(fields['booltesttype'])]?.[outcome];
      return told ? this.proves(fields['arg'], told, scope) : nothing;
    },
    OPEXPR: this.call('opfuncid'),
    FUNCEXPR: this.call('funcid'),
    SCALARARRAYOPEXPR: (node, outcome, scope) => this.arrayComparison(node, outcome, scope),
    ROWCOMPAREEXPR: this.rows,
    ROWCOMPARE: this.rows,
    DISTINCTEXPR: ({ fields }, outcome, scope) => {
      if (outcome !== 'false') return nothing;
      const [left, right] = listOf(fields['args']);
      // Two values that are not distinct are both null, or neither.
      if (this.isValue(left, scope)) return this.proves(right, 'known', scope);
      return this.isValue(right, scope) ? this.proves(left, 'known', scope) : nothing;
    },
    NULLIFEXPR: ({ fields }, outcome, scope) => this.proves(listOf(fields['args'])[0], outcome, scope),
    COALESCEEXPR: this.firstNotNull,
    COALESCE: this.firstNotNull,
    MINMAXEXPR: this.anyKnown,
    MINMAX: this.anyKnown,
    CASEEXPR: this.branches,
    CASE: this.branches,
    RELABELTYPE: this.sameValue,
    COERCETODOMAIN: this.sameValue,
    COLLATEEXPR: this.sameValue,
    COERCEVIAIO: this.argument,
    ARRAYCOERCEEXPR: this.argument,
    FIELDSELECT: this.argument,
    SUBSCRIPTINGREF: ({ fields }, _outcome, scope) =>
      isBuiltin(fields['refcontainertype']) && !fields['refassgnexpr']
        ? together([this.proves(fields['refexpr'], 'known', scope), this.known(fields['refupperindexpr'], scope)])
        : nothing,
    SUBLINK: (node, outcome, scope) => this.subLink(node, outcome, scope),
  };

  /** Whether something simple is not null; other expressions hold conditions that would be read again and again. */
  private isValue(value: PgValue | undefined, scope: QueryScope): boolean {
    const isSimple = isNode(value) && (value.tag !== 'FUNCEXPR' || listOf(value.fields['args']).length === 0);
    return isSimple && simpleTags.has(value.tag) && this.notNull(value, scope);
  }

  /** A column of the query whose rows are asked about, perhaps from within a subquery of it. */
  private variable({ fields }: PgNode, outcome: Outcome, from: QueryScope): Proven {
    const { home } = this;
    if (isOldOrNew(fields)) return nothing;
    if (ancestor(from, number(fields['varlevelsup'])) !== home) return nothing;
    const index = number(fields['varno']);
    const column = number(fields['varattno']);
    const key = columnKey(index, column);
    const own: Proven = { keys: new Set([key]), entries: new Set([index]) };
    const grouped = home.leftOut.has(key) ? undefined : groupedExpression(home, index, column);
    return together([own, this.proves(joinedColumn(home, index, column) ?? grouped, outcome, home)]);
  }

  private connective({ fields }: PgNode, outcome: Outcome, scope: QueryScope): Proven {
    const { boolop, args } = fields;
    if (boolop === 'not') return together(this.eachOf(args, opposites[outcome], scope));
    const decided = boolop === 'and' ? 'true' : 'false';
    const all = () => together(this.eachOf(args, decided, scope));
    const one = () => either(this.eachOf(args, opposites[decided], scope));
    if (outcome === 'known') return either([all(), one()]);
    return outcome === decided ? all() : one();
  }

  /** `x IS NOT NULL` of a row says it of every column. */
  private nullTest({ fields }: PgNode, outcome: Outcome, scope: QueryScope): Proven {
    const { arg, nulltesttype, argisrow } = fields;
    const isNotNull = number(nulltesttype) === 1;
    if (outcome !== (isNotNull ? 'true' : 'false')) return nothing;
    const columns = isNotNull && argisrow === 'true' ? this.columnsOfRow(arg, scope) : nothing;
    return together([this.proves(arg, 'known', scope), columns]);
  }

  private columnsOfRow(row: PgValue | undefined, scope: QueryScope): Proven {
    if (!isNode(row)) return nothing;
    if (row.tag === 'ROWEXPR' || row.tag === 'ROW') return this.known(row.fields['args'], scope);
    const index = number(row.fields['varno']);
    const entry = scope.rangeTable[index - 1];
    const isOwnRow =
      row.tag === 'VAR' &&
      !isOldOrNew(row.fields) &&
      row.fields['varattno'] === '0' &&
      row.fields['varlevelsup'] === '0';
    if (!isOwnRow || scope !== this.home || !isNode(entry) || !isNode(entry.fields['eref'])) return nothing;
    const keys = listOf(entry.fields['eref'].fields['colnames']).map((_, column) => columnKey(index, column + 1));
    return { keys: new Set(keys), entries: new Set([index]) };
  }

  /**
   * `x = ANY (array)` and `x <> ALL (array)`, which is what IN and NOT IN are. An empty array gives an answer for a
   * null, too.
   */
  private arrayComparison({ fields }: PgNode, outcome: Outcome, scope: QueryScope): Proven {
    const [value, array] = listOf(fields['args']);
    const hasCompared = outcome === (fields['useOr'] === 'true' ? 'true' : 'false') || isFilled(array);
    const ofValue = hasCompared && this.facts.isStrict(number(fields['opfuncid']));
    return together([this.proves(array, 'known', scope), ofValue ? this.proves(value, 'known', scope) : nothing]);
  }

  private subLink({ fields }: PgNode, outcome: Outcome, scope: QueryScope): Proven {
    const { testexpr, subselect } = fields;
    switch (number(fields['subLinkType'])) {
      case subLinkTypes.exists:
        return outcome === 'true' ? this.someRow(subselect, scope) : nothing;
      case subLinkTypes.any:
        return outcome === 'true'
          ? together([this.proves(testexpr, 'true', scope), this.someRow(subselect, scope)])
          : nothing;
      case subLinkTypes.all:
        return outcome === 'false'
          ? together([this.proves(testexpr, 'false', scope), this.someRow(subselect, scope)])
          : nothing;
      case subLinkTypes.row:
        return this.proves(testexpr, outcome, scope);
      default:
        return nothing;
    }
  }

  /** What it proves that a subquery gives a row: that its conditions hold for some row. */
  private someRow(query: PgValue | undefined, scope: QueryScope): Proven {
    if (!isNode(query)) return nothing;
    const { fields } = query;
    const ofOtherRows = ['groupingSets', 'havingQual', 'setOperations'].some((field) => fields[field]);
    if (ofOtherRows || (fields['hasAggs'] === 'true' && !fields['groupClause'])) return nothing;
    const inner = bareScope(query, scope);
    return together(certainConditions(fields['jointree']).map((condition) => this.proves(condition, 'true', inner)));
  }
}

const isBuiltin = (id: PgValue | undefined) => number(id) > 0 && number(id) < firstOwnOid;

const simpleTags = new Set(['CONST', 'VAR', 'FUNCEXPR', 'SQLVALUEFUNCTION']);

const opposites = { true: 'false', false: 'true', known: 'known' } as const;

/** `BoolTestType` of `primnodes.h`: what a test says about its argument where it is true, and where it is false. */
const booleanTests: readonly { readonly true?: Outcome; readonly false?: Outcome }[] = [
  { true: 'true' },
  { false: 'true' },
  { true: 'false' },
  { false: 'false' },
  { false: 'known' },
  { true: 'known' },
];

/** Whether an array surely has an element. */
function isFilled(array: PgValue | undefined): boolean {
  if (isNode(array) && array.tag === 'ARRAYCOERCEEXPR') return isFilled(array.fields['arg']);
  if (isNode(array) && (array.tag === 'ARRAYEXPR' || array.tag === 'ARRAY'))
    return array.fields['multidims'] === 'false' && listOf(array.fields['elements']).length > 0;
  return arrayOf(array)?.empty === false;
}
