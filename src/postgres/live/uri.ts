import { RowsmithError } from '../../errors.js';
import type { Parameters } from './parameters.js';

/**
 * Parses a URL, `postgres://user:password@host:port/database?name=value`, as libpq does, so that it means the same as
 * in psql: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS. (For WHATWG's parser, a
 * `#` in a password would end it.) No message quotes any part of it, because a part that is not understood may be the
 * password.
 */
export function parseUri(uri: string): Parameters {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1];
  if (scheme !== undefined && otherSchemes.has(scheme.toLowerCase())) {
    throw new RowsmithError(
      'connection-failed',
      `The database URL starts with ${scheme}:, which is not PostgreSQL.`,
      form,
    );
  }
  const [, credentials, hosts, path, query] =
    /^postgres(?:ql)?:\/\/(?:([^/]*)@)?([^/?#@]*)(?:\/([^?#@]*))?(?:\?([^#]*))?$/is.exec(fromSocket(uri)) ?? [];
  if (hosts === undefined) throw unreadable();
  const [user, password] = split(credentials ?? '', ':');
  return {
    ...readHosts(hosts),
    user: decode(user),
    password: decode(password),
    dbname: decode(path ?? ''),
    ...readQuery(query ?? ''),
  };
}

/** Schemes that a message may repeat. In a text that is not a URL, anything may precede the first colon. */
const otherSchemes: ReadonlySet<string> = new Set([
  'mysql',
  'mariadb',
  'sqlite',
  'file',
  'http',
  'https',
  'jdbc',
  'mongodb',
  'redis',
  'sqlserver',
  'prisma',
  'cockroachdb',
  'postgress',
]);

const form = 'It has the form postgres://user:password@host:port/database.';

/** The error for a URL that cannot be read. */
export function unreadable(
  reason?: string,
  hint = `${form} Write special characters of the password as %XX.`,
): RowsmithError {
  return new RowsmithError(
    'connection-failed',
    `The database URL cannot be read${reason === undefined ? '.' : `: ${reason}`}`,
    hint,
  );
}

/** Converts `socket:/folder?db=name`, `pg`'s form for Unix sockets, to a URL. */
function fromSocket(uri: string): string {
  return uri.replace(
    /^socket:(?:\/\/([^/]*@)?)?(\/[^?]*?)\/?(\?|$)/i,
    (_all, user = '', folder: string, rest: string) => `postgres://${user}${encodeURIComponent(folder)}${rest}`,
  );
}

/** Reads the hosts. There may be several, each with its own port. */
function readHosts(hosts: string): Parameters {
  const read = hosts.split(',').map((host) => /^(\[[^\]]*\]|[^:[\]]*)(?::(\d*))?$/.exec(host) ?? []);
  if (read.some(([all]) => all === undefined)) throw unreadable();
  const ports = read.map(([, , port = '']) => port);
  return {
    host: read.map(([, host = '']) => decode(host.replace(/^\[|\]$/g, ''))).join(','),
    port: ports.some(Boolean) ? ports.join(',') : '',
  };
}

const renamed: ReadonlyMap<string, string> = new Map([
  ['db', 'dbname'],
  ['database', 'dbname'],
]);

function readQuery(query: string): Parameters {
  const pairs = query
    .split('&')
    .filter(Boolean)
    .map((pair) => split(pair, '=').map(decode));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [renamed.get(name) ?? name, value]));
}

function split(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Decodes `%XX`. A `%` that does not begin a character is kept. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}
