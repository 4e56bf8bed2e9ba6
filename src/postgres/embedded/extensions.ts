import type { ExtensionBundles } from './extension-packages.js';
import type { Statement } from './script.js';

/**
 * The extensions that PGlite 0.5 ships, by their names in CREATE EXTENSION (https://pglite.dev/extensions/). Each is a
 * separate module that is unpacked when the server starts. Unpacking all takes eight seconds, so only those that a
 * script names are loaded. `plpgsql` is built in.
 */
const shipped: ReadonlySet<string> = new Set([
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
  'fuzzystrmatch',
  'hstore',
  'intarray',
  'isn',
  'lo',
  'ltree',
  'moddatetime',
  'pageinspect',
  'pg_buffercache',
  'pg_freespacemap',
  'pg_stat_statements',
  'pg_surgery',
  'pg_trgm',
  'pg_visibility',
  'pg_walinspect',
  'pgcrypto',
  'seg',
  'tablefunc',
  'tcn',
  'tsm_system_rows',
  'tsm_system_time',
  'unaccent',
  'uuid-ossp',
]);

/** The extensions that `CREATE EXTENSION … CASCADE` also creates. */
const requirements: Readonly<Record<string, readonly string[]>> = { earthdistance: ['cube'] };

/** The extension that a statement creates; undefined for any other statement. */
export function createdExtension({ leading }: Statement): string | undefined {
  if (leading[0] !== 'create' || leading[1] !== 'extension') return undefined;
  return leading[2] === 'if' && leading[3] === 'not' ? leading[5] : leading[2];
}

/**
 * The extensions that a statement may create: its own, or those in the code of a `DO` block, which a migration may use
 * to look first whether the extension is there.
 */
export function createdExtensions(statement: Statement): readonly string[] {
  const own = createdExtension(statement);
  if (own !== undefined) return [own];
  if (statement.leading[0] !== 'do') return [];
  const inside = statement.text.matchAll(/\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"([^"]+)"|([\w-]+))/gi);
  return [...inside].map(([, quoted, plain = '']) => quoted ?? plain.toLowerCase());
}

/** The extension that a statement creates, alters or comments on. */
export function namedExtension(statement: Statement): string | undefined {
  const [first, second, third, fourth] = statement.leading;
  if (first === 'alter' && second === 'extension') return third;
  if (first === 'comment' && third === 'extension') return fourth;
  return createdExtension(statement);
}

export function isAvailable(extension: string, bundles: ExtensionBundles): boolean {
  return extension === 'plpgsql' || shipped.has(extension) || bundles.has(extension);
}

/** Those of the extensions that PGlite or a package has, with the extensions that they need. */
export function withRequirements(names: Iterable<string>, bundles: ExtensionBundles = new Map()): readonly string[] {
  const available = [...names].filter((name) => shipped.has(name) || bundles.has(name));
  return [...new Set(available.flatMap((name) => [name, ...(requirements[name] ?? [])]))].sort();
}

/** The name of the extension's module in PGlite: `uuid_ossp` for `uuid-ossp`. */
export function moduleOf(extension: string): string {
  return extension.replaceAll('-', '_');
}
