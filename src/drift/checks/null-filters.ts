/** The conditions of WHERE, up to the clause after it. That of an aggregate, `FILTER (WHERE …)`, filters no rows. */
const conditions =
  /(?<!\bfilter\s*\(\s*)\bwhere\b([\s\S]*?)(?=\b(?:where|group|order|limit|offset|window|having|returning|union|except|intersect|for)\b|$)/gi;

/** Joins with what is behind them, up to the next clause; the first group says that one keeps rows without a partner. */
const joins =
  /(?:\b(left|right|full)\s+(?:outer\s+)?)?\bjoin\b([\s\S]*?)(?=\b(?:left|right|full|inner|cross|natural|join|where|group|order|limit|union)\b|$)/gi;

/** The conditions of inner joins: `ON t.owner = u.id`. A RIGHT or FULL JOIN may bring rows of nulls back. */
function innerConditions(sql: string): readonly string[] {
  const all = [...sql.matchAll(joins)];
  if (all.some(([, outer]) => outer !== undefined && !/^left$/i.test(outer))) return [];
  return all.flatMap(([, outer, rest = '']) => (outer === undefined ? (/\bon\b([\s\S]*)/i.exec(rest)?.[1] ?? []) : []));
}

/**
 * Whether a statement returns no row with a null in a column: it says IS NOT NULL, or compares the column in WHERE or in
 * an inner join, which is never true of a null. With an OR, another condition may let such a row through.
 */
export function dropsNull(sql: string, column: string): boolean {
  const name = String.raw`\b${column.replace(/\W/g, '.')}\b"?`;
  if (new RegExp(String.raw`${name}\s+is\s+not\s+null\b`, 'i').test(sql)) return true;
  const compared = String.raw`\s*(?:[=<>]|!=|(?:not\s+)?(?:i?like|between|in)\b)`;
  const comparing = String.raw`(?:[=<>]|\bi?like)\s*(?:"?\w+"?\.)?"?`;
  const test = new RegExp(String.raw`${name}${compared}|${comparing}${name}(?!\s*[(.])`, 'i');
  const filters = [...[...sql.matchAll(conditions)].map(([, condition = '']) => condition), ...innerConditions(sql)];
  return filters.some((condition) => !/\bor\b/i.test(condition) && test.test(condition));
}
