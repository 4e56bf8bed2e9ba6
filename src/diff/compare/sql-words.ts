/** Tokens of an SQL expression: quoted names, strings, and words. */
const sqlWords = /"((?:[^"]|"")+)"|'(?:[^']|'')*'|[A-Za-z_][\w$]*/g;

/** The names and keywords of an expression, without its strings. */
export const wordsOf = (expression: string): string[] =>
  [...expression.matchAll(sqlWords)]
    .filter(([word]) => !word.startsWith("'"))
    .map(([word, quoted]) => quoted?.replaceAll('""', '"') ?? word);

/** The expression as it reads after columns were renamed. A type may be called like a column: `'open'::status`. */
export function renameIn(expression: string, names: ReadonlyMap<string, string>): string {
  return expression.replace(sqlWords, (word: string, quoted: string | undefined, offset: number) => {
    const name = quoted?.replaceAll('""', '"') ?? word;
    const renamed = names.get(name);
    if (renamed === undefined || renamed === name || word.startsWith("'")) return word;
    if (beforeType.test(expression.slice(0, offset))) return word;
    return /^[a-z_][a-z0-9_$]*$/.test(renamed) ? renamed : `"${renamed.replaceAll('"', '""')}"`;
  });
}

/** What stands before the name of a type: a cast, and perhaps a schema. */
const beforeType = /::(?:(?:"(?:[^"]|"")+"|\w+)\.)?$/;

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
