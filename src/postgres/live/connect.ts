import pg from 'pg';
import { RowsmithError } from '../../errors.js';
import { connectionFailed, isAggregate, isRefusedByHba } from './failure.js';
import { loginRules } from './login-rules.js';
import type { Route } from './open-socket.js';
import type { Parameters } from './parameters.js';
import { readPassword } from './password-file.js';
import { type Encryption, encryptions } from './tls.js';
import { Wire } from './wire.js';

/** Seconds to wait for a server that does not answer. `connect_timeout` overrides it. */
const connectTimeout = 10;

/** One of the servers that the parameters name. */
interface Server {
  readonly host: string;
  /** The address to connect to. It may be `hostaddr`, while certificates are checked against the host's name. */
  readonly address: string;
  readonly port: number;
}

/** What every attempt to connect needs. */
interface Attempting {
  readonly parameters: Parameters;
  readonly deadline: number;
  readonly note: (message: string) => void;
}

/** Connects: tries the hosts in order, each in the ways that `sslmode` allows. Throws the error of the last host. */
export async function connect(
  parameters: Parameters,
  deadline: number,
  note: (message: string) => void,
): Promise<pg.Client> {
  let failure: RowsmithError | undefined;
  for (const server of servers(parameters)) {
    const answer = await connectTo(server, { parameters, deadline, note });
    if (answer instanceof pg.Client) return answer;
    failure = answer.failure;
    if (answer.final) break;
  }
  throw failure ?? new RowsmithError('connection-failed', 'No host is given.', 'Check the URL or the PG* variables.');
}

function servers(parameters: Parameters): Server[] {
  const list = (name: string) => parameters[name]?.split(',') ?? [];
  const [hosts, addresses, ports] = [list('host'), list('hostaddr'), list('port')];
  return hosts.map((host, index) => ({
    host,
    address: addresses[index] || host || 'localhost',
    port: portNumber((ports.length === 1 ? ports[0] : ports[index]) || '5432'),
  }));
}

function portNumber(port: string): number {
  const number = Number(port);
  if (Number.isInteger(number) && number >= 1 && number <= 65_535) return number;
  throw new RowsmithError(
    'connection-failed',
    'The port is not a number from 1 to 65535.',
    'Check the URL or the PG* variables.',
  );
}

/** Tries one server. If it answers but refuses the login, the next host is not tried. */
async function connectTo(
  server: Server,
  attempting: Attempting,
): Promise<pg.Client | { readonly failure: RowsmithError; readonly final: boolean }> {
  const { parameters } = attempting;
  let first: unknown;
  let last: unknown;
  const ways = encryptions(parameters, server.address);
  for (const [index, encryption] of ways.entries()) {
    const client = createClient(
      server,
      { ...routeTo(server, parameters, encryption), plainWithoutTls: ways[index + 1] === false },
      attempting,
    );
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      first ??= error;
      last = error;
      if (!mayHelp(error, encryption)) break;
    }
  }
  // Without encryption, the server only repeats that it requires encryption. The first error explains what was wrong
  // with encryption.
  const error = isRefusedByHba(last) ? first : last;
  const host = `${server.host || server.address}:${server.port}`;
  const target = `${host}, database "${parameters['dbname']}", user "${parameters['user']}"`;
  return {
    failure: connectionFailed(target, error),
    final: error instanceof pg.DatabaseError || error instanceof RowsmithError,
  };
}

/** The route to a server. `hostaddr` is where to connect; the certificate must still be that of `host`. */
function routeTo(
  { host, address, port }: Server,
  { sslnegotiation }: Parameters,
  encryption: Encryption,
): Omit<Route, 'plainWithoutTls'> {
  return { address, port, name: host || address, encryption, direct: sslnegotiation === 'direct' };
}

/**
 * Whether a failed attempt could succeed with another encryption: the cause was the server's TLS or its rules about
 * TLS, not a wrong password.
 */
function mayHelp(error: unknown, encryption: Encryption): boolean {
  if (error instanceof RowsmithError) return false;
  if (error instanceof pg.DatabaseError) return isRefusedByHba(error);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return (
    encryption !== false &&
    !['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ENOENT'].includes(code) &&
    !isAggregate(error)
  );
}

function createClient(
  { host, address, port }: Server,
  route: Route,
  { parameters, deadline, note }: Attempting,
): pg.Client {
  const {
    dbname = '',
    user = '',
    password,
    options,
    application_name = 'rowsmith',
    connect_timeout,
    channel_binding,
  } = parameters;
  const encrypted = route.encryption !== false;
  const wire = new Wire(route, loginRules(parameters));
  const milliseconds = 1000 * (Number(connect_timeout) || connectTimeout);
  const client = new pg.Client({
    stream: wire,
    // The wire encrypts, and already knows where to connect.
    ssl: false,
    host: address,
    port,
    database: dbname,
    user,
    // Read only when the server requests it. `pg` itself would look for a password by other rules.
    password: async () =>
      password ??
      (await readPassword(parameters, { host: host || address, port: String(port), dbname, user }, note)) ??
      '',
    ...(options === undefined ? {} : { options }),
    application_name,
    connectionTimeoutMillis: Math.max(1, Math.min(milliseconds, deadline - Date.now())),
    enableChannelBinding: encrypted && channel_binding !== 'disable',
    keepAlive: true,
    types: { getTypeParser },
  } as object);
  // Without a listener, a connection that breaks between two queries would end the process.
  client.on('error', () => {});
  if (!speaksThrough(client, wire))
    throw new RowsmithError(
      'connection-failed',
      'The installed pg opens connections by itself, so security options would not be honored.',
      'Use pg 8, without NODE_PG_FORCE_NATIVE.',
    );
  return client;
}

/**
 * Whether everything that this client sends and receives passes through the wire, which enforces sslmode, require_auth
 * and channel_binding.
 */
function speaksThrough(client: pg.Client, wire: Wire): boolean {
  const { connection } = client as unknown as {
    readonly connection?: { readonly stream?: unknown; readonly ssl?: unknown };
  };
  return connection?.stream === wire && connection.ssl === false;
}

/**
 * Types whose values are parsed: booleans and the integers that JavaScript can represent. For any other type, a server
 * could send a text that is slow to parse or fails.
 */
const readTypes: ReadonlySet<number> = new Set([
  pg.types.builtins.BOOL,
  pg.types.builtins.INT2,
  pg.types.builtins.INT4,
  pg.types.builtins.OID,
]);

function getTypeParser(type: number): (text: string) => unknown {
  return readTypes.has(type) ? (pg.types.getTypeParser(type) as (text: string) => unknown) : String;
}
