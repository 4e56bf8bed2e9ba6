// Spaces and lines of comments never begin alike, so the expression never goes back over a text.
const statement = /^(?:\s|--[^\n]*\n)*(?:select|insert\s+into|update|delete\s+from|with)\s/i;

/** Whether a string of the code looks like an SQL statement, by its first words. */
export function looksLikeSql(text: string): boolean {
  return statement.test(text) && /\b(from|set|values|into|returning)\b/i.test(text);
}
