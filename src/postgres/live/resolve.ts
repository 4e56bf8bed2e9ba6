import { userInfo } from 'node:os';
import { didYouMean, RowsmithError } from '../../errors.js';
import { parseKeyValue } from './key-value.js';
import type { Parameters } from './parameters.js';
import { readService } from './service-file.js';
import { parseUri, unreadable } from './uri.js';

/**
 * The parameters that rowsmith knows, with their environment variables:
 * https://www.postgresql.org/docs/current/libpq-envars.html.
 */
const environmentNames: Readonly<Record<string, string>> = {
  host: 'PGHOST',
  hostaddr: 'PGHOSTADDR',
  port: 'PGPORT',
  dbname: 'PGDATABASE',
  user: 'PGUSER',
  password: 'PGPASSWORD',
  passfile: 'PGPASSFILE',
  options: 'PGOPTIONS',
  application_name: 'PGAPPNAME',
  connect_timeout: 'PGCONNECT_TIMEOUT',
  channel_binding: 'PGCHANNELBINDING',
  sslmode: 'PGSSLMODE',
  sslnegotiation: 'PGSSLNEGOTIATION',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  ssl_min_protocol_version: 'PGSSLMINPROTOCOLVERSION',
  ssl_max_protocol_version: 'PGSSLMAXPROTOCOLVERSION',
  require_auth: 'PGREQUIREAUTH',
  sslcertmode: 'PGSSLCERTMODE',
  // Known only to be refused.
  requirepeer: 'PGREQUIREPEER',
  gssencmode: 'PGGSSENCMODE',
  sslcrl: 'PGSSLCRL',
  sslcrldir: 'PGSSLCRLDIR',
  target_session_attrs: 'PGTARGETSESSIONATTRS',
};

const known = [...Object.keys(environmentNames), 'service', 'sslpassword', 'sslsni', 'sslcompression', 'ssl'];

/** For each parameter that rowsmith cannot fully support, the values that demand nothing it would not do. */
const harmless: Readonly<Record<string, readonly string[]>> = {
  requirepeer: [],
  sslcrl: [],
  sslcrldir: [],
  gssencmode: ['disable', 'prefer'],
  sslcertmode: ['disable', 'allow'],
  sslnegotiation: ['postgres', 'direct'],
  target_session_attrs: ['any'],
};

/**
 * Resolves the connection parameters as libpq does: first those of the URL or connection string, then those of the
 * service named there or by `PGSERVICE`, then those of the environment, then defaults. Throws if one demands a
 * protection that rowsmith would not provide.
 */
export async function resolveParameters(url: string | undefined, environment: NodeJS.ProcessEnv): Promise<Parameters> {
  const given = withoutEmpty(withSslMode(url === undefined || url === '' ? {} : parseConnection(url)));
  const service = given['service'] ?? environment['PGSERVICE'];
  const variables = withoutEmpty(
    Object.fromEntries(Object.entries(environmentNames).map(([name, variable]) => [name, environment[variable]])),
  );
  const served = service === undefined || service === '' ? {} : withoutEmpty(await readService(service, environment));
  const parameters = { ...variables, ...served, ...given };
  refuseUnkept(parameters);
  const user = parameters['user'] ?? environment['USER'] ?? userInfo().username;
  return { host: parameters['hostaddr'] ?? 'localhost', port: '5432', dbname: user, ...parameters, user };
}

/**
 * Parses either form of a connection string. As in libpq, a text that begins with no scheme and has an `=` is not a
 * URL.
 */
function parseConnection(text: string): Parameters {
  return /^\s*\w+\s*=/.test(text) ? parseKeyValue(text) : parseUri(text);
}

function withoutEmpty(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined && value !== ''));
}

const modesOfSsl: ReadonlyMap<string, string> = new Map([
  ['true', 'require'],
  ['1', 'require'],
  ['no-verify', 'no-verify'],
  ['false', 'disable'],
  ['0', 'disable'],
]);

/** Converts `ssl` to an `sslmode`. libpq accepts `ssl` for JDBC's URLs, and `pg` has more values for it. */
function withSslMode({ ssl, ...parameters }: Parameters): Parameters {
  if (ssl === undefined) return parameters;
  const sslmode = modesOfSsl.get(ssl);
  if (sslmode === undefined) throw unreadable('its value of ssl is unknown.', 'Use sslmode.');
  return { sslmode, ...parameters };
}

/**
 * Refuses parameters that rowsmith would ignore although somebody may rely on them. Others, such as those of connection
 * pools, have no effect here.
 */
function refuseUnkept(parameters: Parameters): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && harmless[name] !== undefined && !harmless[name].includes(value)) {
      throw new RowsmithError(
        'connection-failed',
        `The connection parameter ${name} is not supported with this value.`,
        'Remove it, or dump the schema with pg_dump and generate from the SQL file.',
      );
    }
    if (/^(ssl|channel|require|gss)/.test(name) && !known.includes(name)) {
      throw new RowsmithError(
        'connection-failed',
        `There is no connection parameter "${name}".`,
        didYouMean(name, known) ?? 'The parameters are those of libpq.',
      );
    }
  }
}
