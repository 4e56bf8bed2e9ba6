import { isIP } from 'node:net';
import pg from 'pg';
import { RowsmithError } from '../../errors.js';
import { requireChannelBinding } from './channel-binding.js';
import { connectionFailed, isAggregate, isRefusedByHba } from './failure.js';
import type { Parameters } from './parameters.js';
import { readPassword } from './password-file.js';
import { encryptions, type Encryption } from './tls.js';
import { continueWithoutTls } from './without-tls.js';

/** Seconds to wait for a server that does not answer, where `connect_timeout` says nothing else. */
const connectTimeout = 10;

/** One server, and one way to talk to it. */
interface Attempt {
  readonly host: string;
  /** Where `hostaddr` names it, beside the name that certificates are checked for. */
  readonly address: string;
  readonly port: string;
  readonly encryption: Encryption;
}

/** Tries the hosts in their order, each in the ways that `sslmode` allows. Throws what the last host said. */
export async function connect(parameters: Parameters, deadline: number, note: (message: string) => void): Promise<pg.Client> {
  let failure: RowsmithError | undefined;
  for (const server of servers(parameters)) {
    const answer = await connectTo(server, parameters, deadline, note);
    if (answer instanceof pg.Client) return answer;
    failure = answer.failure;
    if (answer.final) break;
  }
  throw failure ?? new RowsmithError('connection-failed', 'No host is named.', 'Check the URL or the PG* variables.');
}

type Server = Omit<Attempt, 'encryption'>;

function servers(parameters: Parameters): Server[] {
  const list = (name: string) => parameters[name]?.split(',') ?? [];
  const [hosts, addresses, ports] = [list('host'), list('hostaddr'), list('port')];
  return hosts.map((host, index) => ({ host, address: addresses[index] || host || 'localhost', port: (ports.length === 1 ? ports[0] : ports[index]) || '5432' }));
}

/** A server that answers, and refuses us, is the right one: the next host is not asked. */
async function connectTo(server: Server, parameters: Parameters, deadline: number, note: (message: string) => void): Promise<pg.Client | { readonly failure: RowsmithError; readonly final: boolean }> {
  let first: unknown;
  let last: unknown;
  const ways = encryptions(parameters, server.address);
  for (const [index, encryption] of ways.entries()) {
    const client = createClient({ ...server, encryption }, parameters, deadline, note);
    if (ways[index + 1] === false) continueWithoutTls(client);
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
  // Without encryption the server only repeated that it wants some: what was wrong with it counts.
  const error = isRefusedByHba(last) ? first : last;
  const target = `${server.host || server.address}:${server.port}, database "${parameters['dbname']}", user "${parameters['user']}"`;
  return { failure: connectionFailed(target, error), final: error instanceof pg.DatabaseError || error instanceof RowsmithError };
}

/** Whether another `sslmode` could mend it: the TLS of the server or its rules about TLS, but no wrong password. */
function mayHelp(error: unknown, encryption: Encryption): boolean {
  if (error instanceof RowsmithError) return false;
  if (error instanceof pg.DatabaseError) return isRefusedByHba(error);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return encryption !== false && !['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ENOENT'].includes(code) && !isAggregate(error);
}

function createClient({ host, address, port, encryption }: Attempt, parameters: Parameters, deadline: number, note: (message: string) => void): pg.Client {
  const { dbname = '', user = '', password, options, application_name = 'rowsmith', connect_timeout, channel_binding = 'prefer' } = parameters;
  const number = Number(port);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) throw new RowsmithError('connection-failed', 'The port is no number from 1 to 65535.', 'Check the URL or the PG* variables.');
  if (!['disable', 'prefer', 'require'].includes(channel_binding)) throw new RowsmithError('connection-failed', 'There is no such channel_binding.', 'It is disable, prefer or require.');
  const milliseconds = 1000 * (Number(connect_timeout) || connectTimeout);
  const client = new pg.Client({
    host: address,
    port: number,
    database: dbname,
    user,
    // Asked only when the server asks. `pg` would look for a password by itself, by other rules.
    password: async () => password ?? (await readPassword(parameters, { host: host || address, port, dbname, user }, note)) ?? '',
    ssl: encryption === false ? false : { ...encryption, ...named(host, address) },
    ...(options === undefined ? {} : { options }),
    application_name,
    connectionTimeoutMillis: Math.max(1, Math.min(milliseconds, deadline - Date.now())),
    enableChannelBinding: encryption !== false && channel_binding !== 'disable',
    ...(parameters['sslnegotiation'] === 'direct' && encryption !== false ? { sslnegotiation: 'direct' as const } : {}),
    keepAlive: true,
  });
  // Without a listener a connection that breaks between two queries would end the process.
  client.on('error', () => {});
  if (channel_binding === 'require') requireChannelBinding(client);
  return client;
}

/** `hostaddr` says where to connect; the certificate is still that of `host`. */
function named(host: string, address: string) {
  return host === address || host === '' || isIP(host) !== 0 ? {} : { host, servername: host };
}
