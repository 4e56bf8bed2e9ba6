import { RowsmithError } from '../../errors.js';
import type { Parameters } from './parameters.js';

/**
 * Parses libpq's other form of a connection string:
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE. As with a URL, no message
 * quotes any part of it.
 *
 *     parseKeyValue("host=localhost user=me password='two words'")
 *     // { host: 'localhost', user: 'me', password: 'two words' }
 */
export function parseKeyValue(text: string): Parameters {
  const found: Record<string, string> = {};
  let rest = text.trimStart();
  while (rest !== '') {
    const [all, name, quoted, plain = ''] = pair.exec(rest) ?? [];
    if (all === undefined || name === undefined) throw unreadable('It does not have the form name=value name=value.');
    if (!knownParameters.has(name)) throw unreadable('It has a parameter that libpq does not know.');
    found[name] = (quoted ?? plain).replace(/\\(.)/gs, '$1');
    rest = rest.slice(all.length).trimStart();
  }
  return found;
}

/** Pattern for `name = value` or `name = 'value'`. A backslash escapes the next character. */
const pair = /^(\w+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'(?=\s|$)|((?:[^\s'\\]|\\.)(?:[^\s\\]|\\.)*)?(?=\s|$))/s;

function unreadable(reason: string): RowsmithError {
  return new RowsmithError(
    'connection-failed',
    `The connection string cannot be read. ${reason}`,
    "It has the form host=… port=… dbname=… user=… password='…'; a quote in a value is written as \\'.",
  );
}

/**
 * Every connection parameter of libpq: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS.
 */
const knownParameters: ReadonlySet<string> = new Set(
  `
  host hostaddr port dbname user password passfile require_auth channel_binding connect_timeout client_encoding
  options application_name fallback_application_name keepalives keepalives_idle keepalives_interval
  keepalives_count tcp_user_timeout replication gssencmode sslmode requiressl sslnegotiation sslcompression
  sslcert sslkey sslkeylogfile sslpassword sslcertmode sslrootcert sslcrl sslcrldir sslsni requirepeer
  ssl_min_protocol_version ssl_max_protocol_version min_protocol_version max_protocol_version krbsrvname gsslib
  gssdelegation scram_client_key scram_server_key service servicefile target_session_attrs load_balance_hosts
  oauth_issuer oauth_client_id oauth_client_secret oauth_scope
  `
    .trim()
    .split(/\s+/),
);
