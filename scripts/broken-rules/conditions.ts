import { inFile } from './broken.js';

/** What conditions prove. */
export const conditionRules = [
  ...inFile('proofs/nullability/conditions.ts', [
    [
      'an expression proves itself over the rows of its own query',
      'const repeats = scope === this.home && ',
      'const repeats = ',
    ],
    [
      'an expression that changes proves nothing of itself',
      "value.tag !== 'VAR' && isRepeatable(value, this.facts)",
      "value.tag !== 'VAR'",
    ],
    [
      'a function that is not strict proves nothing of its arguments',
      '!givesSet && this.facts.isStrict(number(fields[field])) ? ',
      '!givesSet ? ',
    ],
    [
      'CASE proves what every branch proves',
      "    either([\n      this.proves(fields['defresult'], outcome, scope),",
      "    together([\n      this.proves(fields['defresult'], outcome, scope),",
    ],
    [
      'a comparison of rows proves its first columns only',
      "this.known([listOf(fields['largs'])[0] ?? null, listOf(fields['rargs'])[0] ?? null], scope)",
      "this.known([...listOf(fields['largs']), ...listOf(fields['rargs'])], scope)",
    ],
    [
      'a constant that is true is not impossible',
      'truth !== undefined && String(truth) !== outcome ?',
      'truth !== undefined ?',
    ],
    [
      'IS DISTINCT FROM proves where it is false',
      "if (outcome !== 'false') return nothing;\n      const [left",
      'const [left',
    ],
    [
      'two nulls are not distinct',
      'if (this.isValue(left, scope)) return this.proves(right',
      'return this.proves(right',
    ],
    [
      'NULLIF proves its first argument only',
      "NULLIFEXPR: ({ fields }, outcome, scope) => this.proves(listOf(fields['args'])[0], outcome, scope),",
      "NULLIFEXPR: ({ fields }, _outcome, scope) => this.known(fields['args'], scope),",
    ],
    [
      'COALESCE proves what all its arguments prove',
      'private readonly firstNotNull: Rule = ({ fields }, outcome, scope) =>\n    either(',
      'private readonly firstNotNull: Rule = ({ fields }, outcome, scope) =>\n    together(',
    ],
    [
      'GREATEST proves what all its arguments prove',
      'private readonly anyKnown: Rule = ({ fields }, _outcome, scope) =>\n    either(',
      'private readonly anyKnown: Rule = ({ fields }, _outcome, scope) =>\n    together(',
    ],
    ['columns of old and new prove nothing of the row', 'if (isOldOrNew(fields)) return nothing;\n    if', 'if'],
    [
      'a column of another query proves nothing',
      "if (ancestor(from, number(fields['varlevelsup'])) !== home) return nothing;",
      '',
    ],
    ['NOT turns a condition around', 'opposites[outcome], scope));', 'outcome, scope));'],
    ['OR proves what both sides prove', 'const one = () => either(', 'const one = () => together('],
    [
      'AND that is not null may have been decided by one side',
      "if (outcome === 'known') return either([all(), one()]);",
      "if (outcome === 'known') return all();",
    ],
    ['IS NULL proves where it is false', "if (outcome !== (isNotNull ? 'true' : 'false')) return nothing;", ''],
    [
      'a row that is not NULL may have columns that are',
      "const columns = isNotNull && argisrow === 'true' ? ",
      "const columns = argisrow === 'true' ? ",
    ],
    [
      'an empty array compares nothing',
      "const hasCompared = outcome === (fields['useOr'] === 'true' ? 'true' : 'false') || isFilled(array);",
      'const hasCompared = true;',
    ],
    [
      'a comparison with an array that is not strict proves nothing',
      "hasCompared && this.facts.isStrict(number(fields['opfuncid']))",
      'hasCompared',
    ],
    [
      'EXISTS proves where it is true',
      "return outcome === 'true' ? this.someRow(subselect, scope) : nothing;",
      'return this.someRow(subselect, scope);',
    ],
    [
      '= ANY (SELECT …) proves where it is true',
      "case subLinkTypes.any:\n        return outcome === 'true'",
      "case subLinkTypes.any:\n        return outcome !== 'known'",
    ],
    [
      '= ALL (SELECT …) proves where it is false',
      "case subLinkTypes.all:\n        return outcome === 'false'",
      "case subLinkTypes.all:\n        return outcome !== 'known'",
    ],
    [
      'a subquery that aggregates gives a row of none',
      "if (ofOtherRows || (fields['hasAggs'] === 'true' && !fields['groupClause'])) return nothing;",
      'if (ofOtherRows) return nothing;',
    ],
    [
      'a subquery with grouping sets gives a row of none',
      "['groupingSets', 'havingQual', 'setOperations'].some",
      "['havingQual', 'setOperations'].some",
    ],
    [
      'IS TRUE proves nothing where it is false',
      "{ true: 'true' },\n  { false: 'true' },",
      "{ true: 'true', false: 'false' },\n  { false: 'true' },",
    ],
    [
      'IS NOT TRUE proves nothing where it is true',
      "{ true: 'true' },\n  { false: 'true' },",
      "{ true: 'true' },\n  { true: 'false', false: 'true' },",
    ],
    [
      'IS FALSE proves nothing where it is false',
      "{ true: 'false' },\n  { false: 'false' },",
      "{ true: 'false', false: 'true' },\n  { false: 'false' },",
    ],
    [
      'IS NOT FALSE proves nothing where it is true',
      "{ true: 'false' },\n  { false: 'false' },",
      "{ true: 'false' },\n  { true: 'true', false: 'false' },",
    ],
    [
      'IS UNKNOWN proves where it is false',
      "  { false: 'known' },\n  { true: 'known' },",
      "  { true: 'known', false: 'known' },\n  { true: 'known' },",
    ],
    [
      'IS NOT UNKNOWN proves where it is true',
      "  { false: 'known' },\n  { true: 'known' },",
      "  { false: 'known' },\n  { true: 'known', false: 'known' },",
    ],
  ]),
  ...inFile('proofs/nullability/proven.ts', [
    [
      'of two conditions of which one holds, both prove only what each proves',
      'others.every(({ keys }) => keys.has(key))',
      'true',
    ],
    [
      'of two conditions of which one holds, an entry has a row if both say so',
      'others.every(({ entries }) => entries.has(entry))',
      'true',
    ],
  ]),
  ...inFile('proofs/nullability/repeatable.ts', [
    [
      'a function that changes, or is not built in, is not steady',
      'facts.isSteady(number(fields[field])) && all',
      'all',
    ],
    ['an aggregate with FILTER is another', "    !fields['aggfilter'] &&\n", ''],
  ]),
];
