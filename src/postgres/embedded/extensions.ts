import type { Statement } from './script.js';

/**
 * What PGlite 0.5 ships, by the names that CREATE EXTENSION knows (https://pglite.dev/extensions/). Each is a module
 * of its own that is unpacked when the server starts (all together they cost eight seconds), so only those a script
 * names are loaded. `plpgsql` is built in.
 */
const shipped: ReadonlySet<string> = new Set([
  ...[
    'amcheck',
    'bloom',
    'btree_gin',
    'btree_gist',
    'citext',
    'cube',
    'dict_int',
    'dict_xsyn',
    'earthdistance',
    'file_fdw',
  ],
  ...['fuzzystrmatch', 'hstore', 'intarray', 'isn', 'lo', 'ltree', 'moddatetime', 'pageinspect', 'pg_buffercache'],
  ...[
    'pg_freespacemap',
    'pg_stat_statements',
    'pg_surgery',
    'pg_trgm',
    'pg_visibility',
    'pg_walinspect',
    'pgcrypto',
    'seg',
  ],
  ...['tablefunc', 'tcn', 'tsm_system_rows', 'tsm_system_time', 'unaccent', 'uuid-ossp'],
]);

/** What `CREATE EXTENSION … CASCADE` creates besides. */
const requirements: Readonly<Record<string, readonly string[]>> = { earthdistance: ['cube'] };

/** The extension that a CREATE EXTENSION asks for. */
export function createdExtension({ leading }: Statement): string | undefined {
  if (leading[0] !== 'create' || leading[1] !== 'extension') return undefined;
  return leading[2] === 'if' && leading[3] === 'not' ? leading[5] : leading[2];
}

/** The extension that a statement is about: creates, alters or describes. */
export function namedExtension(statement: Statement): string | undefined {
  const [first, second, third, fourth] = statement.leading;
  if (first === 'alter' && second === 'extension') return third;
  if (first === 'comment' && third === 'extension') return fourth;
  return createdExtension(statement);
}

export function isAvailable(extension: string): boolean {
  return extension === 'plpgsql' || shipped.has(extension);
}

/** Those that PGlite has a module for, with what they need. */
export function withRequirements(names: Iterable<string>): readonly string[] {
  const available = [...names].filter((name) => shipped.has(name));
  return [...new Set(available.flatMap((name) => [name, ...(requirements[name] ?? [])]))].sort();
}

/** What PGlite calls its module for an extension. */
export function moduleOf(extension: string): string {
  return extension.replaceAll('-', '_');
}
