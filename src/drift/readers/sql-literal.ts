import type { MadeTable } from '../declared.js';

// Spaces and lines of comments never begin alike, so the expression never goes back over a text.
const statement = /^(?:\s|--[^\n]*\n)*(?:select|insert\s+into|update|delete\s+from|with)\s/i;

/** Whether a string of the code looks like an SQL statement, by its first words. */
export function looksLikeSql(text: string): boolean {
  return statement.test(text) && /\b(from|set|values|into|returning)\b/i.test(text);
}

/** Whether a statement may give all columns of what it joins, `SELECT *`; `count(*)` is one column. */
export function mayGiveAll(sql: string): boolean {
  return /\*(?!\s*\))/.test(sql);
}

const creation =
  /\bcreate\s+(?:(?:global|local)\s+)?(temp(?:orary)?\s+)?(?:unlogged\s+)?table\s+(if\s+not\s+exists\s+)?("[^"]+"|[\w$]+)(?!\s*\.)/gi;

/** The tables that a text makes, `CREATE TEMPORARY TABLE downloads (…)`, and whether only where they are missing. */
export function tablesMadeBy(
  text: string,
): readonly (Pick<MadeTable, 'table' | 'temporary'> & { ifMissing: boolean })[] {
  return [...text.matchAll(creation)].map(([, temporary, ifMissing, name = '']) => ({
    table: name.startsWith('"') ? name.slice(1, -1) : name.toLowerCase(),
    temporary: temporary !== undefined,
    ifMissing: ifMissing !== undefined,
  }));
}
