import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { RowsmithError } from '../errors.js';
import type { Source } from './source.js';

/**
 * Reads a source as people type it: a database's URL or connection string, SQL files or folders, or a catalog. Paths
 * are relative to the folder.
 */
export function parseSource(given: readonly string[], folder: string = process.cwd()): Source {
  const [first = ''] = given;
  const connections = given.filter(isConnection);
  if (connections.length > 0 && given.length > 1)
    throw new RowsmithError(
      'source-missing',
      'A database must be the only source.',
      'Pass one --source (quoted if it contains spaces), or several SQL files.',
    );
  if (connections.length > 0) return { url: first };
  for (const path of given) refuseLikeConnection(path, folder);
  if (given.length === 1 && first.endsWith('.json')) return { catalog: resolve(folder, first) };
  return { sql: given.map((path) => resolve(folder, path)) };
}

/**
 * Whether a source is a connection: a URL of any scheme, which its reader validates, or a connection string that starts
 * with one of libpq's parameters.
 */
function isConnection(source: string): boolean {
  return /^([a-z][a-z0-9+.-]*:\/\/|(postgres(ql)?|socket):)/i.test(source) || startsWithParameter.test(source);
}

/** Patterns for the libpq parameters that a connection string may start with. */
const parameters = [
  'host(addr)?',
  'port',
  'dbname',
  'user',
  'password',
  'passfile',
  'service',
  'options',
  'application_name',
  'connect_timeout',
  'channel_binding',
  'require_auth',
  '(ssl|gss)\\w+',
  'target_session_attrs',
];

const startsWithParameter = new RegExp(`^\\s*(${parameters.join('|')})\\s*=`);

/**
 * Refuses a path that does not exist and could be a misspelled connection: `u:password@host`, `psql 'postgres://…'`,
 * `jdbc:…`. As a path, it would be printed and written into a config, with its password; for the same reason the error
 * does not repeat it. A path that exists is always a path.
 */
export function refuseLikeConnection(path: string, folder: string): void {
  if (!likeConnection.test(path) || existsSync(resolve(folder, path))) return;
  throw new RowsmithError(
    'source-not-found',
    'A source is not an existing file, and looks like a database connection without being a valid one. It is not repeated here because it may contain a password.',
    "Write it as postgres://user:password@host:port/database or as 'host=… dbname=… user=… password=…', without quotes or words around it.",
  );
}

/**
 * Matches what paths hardly ever contain: a colon that does not follow a drive letter, an `@` inside a name, quoting or
 * encoding characters, and surrounding blanks.
 */
const likeConnection = new RegExp(
  [
    /^(?![a-z]:[\\/]).*:|:.*:|[^/\\]@/,
    /[=?&%;'"`]|^[\\/]{2}|^\s|\s$/,
    /^(psql|pgcli|pg_dump|jdbc|postgres(ql)?)(\s|[\\/]{2})|\s-\w|[\n\r]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'is',
);
