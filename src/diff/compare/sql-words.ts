/** Tokens of an SQL expression: quoted names, strings, and words. */
const sqlWords = /"((?:[^"]|"")+)"|'(?:[^']|'')*'|[A-Za-z_][\w$]*/g;

/** The names and keywords of an expression, without its strings. */
export const wordsOf = (expression: string): string[] =>
  [...expression.matchAll(sqlWords)]
    .filter(([word]) => !word.startsWith("'"))
    .map(([word, quoted]) => quoted?.replaceAll('""', '"') ?? word);

/** The expression as it reads after columns were renamed. */
export function renameIn(expression: string, names: ReadonlyMap<string, string>): string {
  return expression.replace(sqlWords, (word: string, quoted?: string) => {
    const renamed = names.get(quoted?.replaceAll('""', '"') ?? word);
    if (renamed === undefined || word.startsWith("'")) return word;
    return /^[a-z_][a-z0-9_$]*$/.test(renamed) ? renamed : `"${renamed.replaceAll('"', '""')}"`;
  });
}

/** Whether a condition is a list of values of that one column: `(status = ANY (ARRAY['a'::text, 'b'::text]))`. */
export function mentionsOnly(expression: string, column: string): boolean {
  const words = wordsOf(expression);
  const known = new Set([
    column,
    'ANY',
    'ARRAY',
    'OR',
    'text',
    'character',
    'varying',
    'integer',
    'smallint',
    'bigint',
  ]);
  return words.includes(column) && words.every((word) => known.has(word));
}
