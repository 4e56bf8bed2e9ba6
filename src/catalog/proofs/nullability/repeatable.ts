import { firstOwnOid } from '../../query/common.js';
import { isNode, listOf, type PgNode, type PgValue } from '../query-tree/node-tree.js';
import { number } from '../query-tree/scope.js';
import type { NullabilityFacts } from './facts.js';

type RepeatableFacts = Pick<NullabilityFacts, 'isSteady' | 'aggregate'>;
type Rule = (node: PgNode, facts: RepeatableFacts) => boolean;

/**
 * Whether an expression has the same value each time that it is evaluated over the same row: what `data ->> 'name' IS
 * NOT NULL` proves of the expression in WHERE, it proves of the same one in SELECT. Subqueries are none, since one with
 * LIMIT may take another row.
 */
export function isRepeatable(value: PgValue | undefined, facts: RepeatableFacts): boolean {
  if (!isNode(value)) return false;
  return rules[value.tag]?.(value, facts) ?? false;
}

const all = (values: PgValue | undefined, facts: RepeatableFacts) =>
  listOf(values).every((value) => isRepeatable(value, facts));

const argument: Rule = ({ fields }, facts) => isRepeatable(fields['arg'], facts);
const everyArgument: Rule = ({ fields }, facts) => all(fields['args'], facts);
const call =
  (field: string): Rule =>
  ({ fields }, facts) =>
    facts.isSteady(number(fields[field])) && all(fields['args'], facts);

const rules: { readonly [tag: string]: Rule } = {
  VAR: () => true,
  CONST: () => true,
  PARAM: ({ fields }) => number(fields['paramkind']) === 0,
  OPEXPR: call('opfuncid'),
  FUNCEXPR: call('funcid'),
  RELABELTYPE: argument,
  COALESCEEXPR: everyArgument,
  COALESCE: everyArgument,
  NULLIFEXPR: ({ fields }, facts) => number(fields['opfuncid']) < firstOwnOid && all(fields['args'], facts),
  SUBSCRIPTINGREF: ({ fields }, facts) =>
    !fields['refassgnexpr'] &&
    isRepeatable(fields['refexpr'], facts) &&
    all([...listOf(fields['refupperindexpr']), ...listOf(fields['reflowerindexpr'])], facts),
  AGGREF: ({ fields }, facts) =>
    facts.aggregate(number(fields['aggfnoid'])) !== undefined &&
    !fields['aggfilter'] &&
    listOf(fields['args']).every((target) => isNode(target) && isRepeatable(target.fields['expr'], facts)),
};
