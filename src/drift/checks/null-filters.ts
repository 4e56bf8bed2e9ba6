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
 * an inner join, which is never true of a null. With an OR, another condition may let such a row through. The column may
 * have another name in its table: `SELECT slug AS key`.
 */
export function dropsNull(sql: string, column: string): boolean {
  const filters = [...sql.matchAll(conditions)].map(([, condition = '']) => condition);
  const all = [...filters, ...innerConditions(sql)].flatMap(conjuncts).filter((one) => !/\bor\b/i.test(one));
  return [column, ...sourcesOf(sql, column)].some((name) => isCompared(sql, all, name));
}

/** Whether an UPDATE gives a column a value that is no null: `SET done_at = now()`. */
export function setsValue(sql: string, column: string): boolean {
  const name = String.raw`(?<![\w.])"?${column.replace(/\W/g, '.')}\b"?`;
  const value = String.raw`(?:now\s*\(|clock_timestamp\s*\(|current_(?:timestamp|date)\b|'|\d|true\b|false\b)`;
  return /\bupdate\b/i.test(sql) && new RegExp(String.raw`${name}\s*=\s*${value}`, 'i').test(sql);
}

function isCompared(sql: string, all: readonly string[], column: string): boolean {
  const name = String.raw`\b${column.replace(/\W/g, '.')}\b"?`;
  if (new RegExp(String.raw`${name}\s+is\s+not\s+null\b`, 'i').test(sql)) return true;
  const compared = String.raw`\s*(?:[=<>]|!=|(?:not\s+)?(?:i?like|between|in)\b)`;
  const comparing = String.raw`(?:[=<>]|\bi?like)\s*(?:"?\w+"?\.)?"?`;
  // Functions that give null for null.
  const wrapped = String.raw`\b(?:lower|upper|b?trim)\s*\(\s*(?:\w+\s*\(\s*)?(?:"?\w+"?\.)?"?${name}[\s)]*${compared}`;
  const test = new RegExp(String.raw`${name}${compared}|${wrapped}|${comparing}${name}(?!\s*[(.])`, 'i');
  return all.some((one) => test.test(one));
}

/** The parts of a condition between the ANDs that are in no parentheses. */
function conjuncts(condition: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const [piece] of condition.matchAll(/[()]|\band\b|[^()\s]+|\s+/gi)) {
    if (piece === '(') depth++;
    if (piece === ')') depth--;
    if (depth === 0 && /^and$/i.test(piece)) parts.push('');
    else parts.push((parts.pop() ?? '') + piece);
  }
  return parts;
}

/** The names that a column of a statement may have in its table: `slug` of `SELECT t.slug AS key`. */
function sourcesOf(sql: string, column: string): readonly string[] {
  const alias = new RegExp(
    String.raw`(?<![\w"])(?:"?\w+"?\.)?"?(\w+)"?\s+as\s+"?${column.replace(/\W/g, '.')}\b"?`,
    'gi',
  );
  return [...sql.matchAll(alias)].map(([, name = '']) => name);
}
