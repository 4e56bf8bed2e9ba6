/** The conditions of WHERE, up to the clause after it. That of an aggregate, `FILTER (WHERE …)`, filters no rows. */
const conditions =
  /(?<!\bfilter\s*\(\s*)\bwhere\b([\s\S]*?)(?=\b(?:where|group|order|limit|offset|window|having|returning|union|except|intersect|for)\b|$)/gi;

/**
 * Whether a statement returns no row with a null in a column: it says IS NOT NULL, or compares the column in WHERE,
 * which is never true of a null. With an OR, another condition may let such a row through.
 */
export function dropsNull(sql: string, column: string): boolean {
  const name = String.raw`\b${column.replace(/\W/g, '.')}\b"?`;
  if (new RegExp(String.raw`${name}\s+is\s+not\s+null\b`, 'i').test(sql)) return true;
  const compared = String.raw`\s*(?:[=<>]|!=|(?:not\s+)?(?:i?like|between|in)\b)`;
  const comparing = String.raw`(?:[=<>]|\bi?like)\s*(?:"?\w+"?\.)?"?`;
  const test = new RegExp(String.raw`${name}${compared}|${comparing}${name}(?!\s*[(.])`, 'i');
  return [...sql.matchAll(conditions)].some(([, condition = '']) => !/\bor\b/i.test(condition) && test.test(condition));
}
