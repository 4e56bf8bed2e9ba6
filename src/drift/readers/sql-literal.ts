// Blanks and whole lines of comments, which begin with nothing in common: a text is looked at once.
const statement = /^(?:\s|--[^\n]*\n)*(?:select|insert\s+into|update|delete\s+from|with)\s/i;

/** Whether a string of the code is SQL: it begins with a statement's word, and goes on like one. */
export function looksLikeSql(text: string): boolean {
  return statement.test(text) && /\b(from|set|values|into|returning)\b/i.test(text);
}
