import { hole } from './formatted-text.js';

/**
 * A statement without the end that is only known at run time, completed so that a database can describe what it gives:
 * `SELECT a FROM b WHERE (c = NULL)` of `SELECT a FROM b WHERE (c = {}`. Undefined where the part that says what it
 * gives is not known.
 */
export function describable(sql: string): string | undefined {
  const known = sql.slice(0, hole.exec(sql)?.index);
  const { isPastSelect, open } = shapeOf(known);
  return isPastSelect ? completed(known.trimEnd()) + ')'.repeat(open) : undefined;
}

/** Whether a text goes beyond the FROM of its outermost query, and how many parentheses it leaves open. */
function shapeOf(sql: string): { readonly isPastSelect: boolean; readonly open: number } {
  let open = 0;
  let isPastSelect = false;
  if (!/^(?:\s|--[^\n]*\n)*(?:select|with)\b/i.test(sql)) return { isPastSelect, open };
  for (const [token] of sql.matchAll(/'[^']*'|"[^"]*"|--[^\n]*|[()]|\w+/g)) {
    if (token === '(') open++;
    else if (token === ')') open--;
    else if (open === 0 && /^from$/i.test(token)) isPastSelect = true;
  }
  return { isPastSelect, open: Math.max(open, 0) };
}

/** Words that need a condition or a list behind them, and may as well be left out. */
const dangling = /(?:\b(?:where|and|or|not|on|having|by|order|group|limit|offset)|,)$/i;

function completed(sql: string): string {
  if (/(?:[=<>+|(-]|\bi?like)$/i.test(sql)) return `${sql} NULL`;
  if (/\bin$/i.test(sql)) return `${sql} (NULL)`;
  return dangling.test(sql) ? completed(sql.replace(dangling, '').trimEnd()) : sql;
}
