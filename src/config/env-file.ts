/**
 * Reads the text of an `.env` file: one `NAME=value` per line, optionally with `export` before it, quotes around the
 * value, or a comment after it. A value in single quotes is literal; in others, `${NAME}` and `${NAME:-default}` are
 * expanded: from a variable that is set, otherwise from the file or from `before`.
 *
 *     parseEnvFile('DATABASE_URL="postgres://app:${PASSWORD}@db/app"\nPASSWORD=s3cret', { set: {}, before: new Map() })
 */
export function parseEnvFile(text: string, { set, before }: Surroundings): ReadonlyMap<string, string> {
  const raw = new Map<string, Written>();
  for (const match of text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .matchAll(line)) {
    const [, name = '', given = ''] = match;
    raw.set(name, written(given.trim()));
  }
  const values = new Map(before);
  const expanded = (name: string, within: readonly string[]): string | undefined => {
    if (set[name] !== undefined) return set[name];
    const own = within.includes(name) ? undefined : raw.get(name);
    if (!own) return before.get(name);
    return own.isLiteral ? own.value : expand(own.value, [...within, name]);
  };
  const expand = (value: string, within: readonly string[]) =>
    value.replace(/\\\$|\$\{(\w+)(?::?-([^}]*))?\}/g, (all, name?: string, otherwise = '') =>
      name === undefined ? all.slice(1) : expanded(name, within) || otherwise,
    );
  for (const [name, { value, isLiteral }] of raw) values.set(name, isLiteral ? value : expand(value, [name]));
  return values;
}

/** What a file's values may refer to. */
interface Surroundings {
  /** The variables that are already set. */
  readonly set: Readonly<Record<string, string | undefined>>;
  /** The variables of files that were read before. */
  readonly before: ReadonlyMap<string, string>;
}

interface Written {
  readonly value: string;
  readonly isLiteral: boolean;
}

const line =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*('(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`|[^#\n]*(?:(?<=\S)#[^#\n]*)*)?[ \t]*(?:#.*)?$/gm;

/** The value without its quotes. In double quotes, `\n` is a line break. */
function written(given: string): Written {
  const quote = given[0];
  const isQuoted = given.length > 1 && (quote === '"' || quote === "'" || quote === '`') && given.endsWith(quote);
  if (!isQuoted) return { value: given, isLiteral: false };
  const inner = given.slice(1, -1);
  if (quote !== '"') return { value: inner, isLiteral: quote === "'" };
  return { value: inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r').replaceAll('\\"', '"'), isLiteral: false };
}
