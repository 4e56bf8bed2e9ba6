import pg from 'pg';
import { RowsmithError } from '../../errors.js';
import type { Session } from '../session.js';

/** Milliseconds to wait for a server that does not answer. */
const connectTimeout = 10_000;

/** Connects to a live server: by URL, or by the `PG*` variables that libpq knows when there is none. */
export async function openLive(url: string | undefined): Promise<Session> {
  const client = createClient(url);
  // Without a listener a connection that breaks between two queries would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw connectionFailed(client, error);
  }
  // Without parameters `pg` uses the simple query protocol: several statements, one message, one result each.
  const lastResult = async (sql: string) => {
    const answer: unknown = await client.query(sql);
    const results = (Array.isArray(answer) ? answer : [answer]) as readonly pg.QueryResult[];
    return results.findLast((result) => result.fields.length > 0);
  };
  return {
    query: async <Row>(sql: string) => ((await lastResult(sql))?.rows ?? []) as readonly Row[],
    describe: async (sql) => ((await lastResult(sql))?.fields ?? []).map(({ dataTypeID, dataTypeModifier }) => ({ type: dataTypeID, modifier: dataTypeModifier })),
    close: () => client.end(),
  };
}

function createClient(url: string | undefined): pg.Client {
  const scheme = url === undefined ? undefined : /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1];
  if (scheme !== undefined && !/^(postgres(ql)?|socket)$/i.test(scheme)) {
    throw new RowsmithError('connection-failed', `The database URL begins with ${scheme}:, which is no PostgreSQL.`, 'It has the form postgres://user:password@host:port/database.');
  }
  const options = { connectionTimeoutMillis: connectTimeout, application_name: 'rowsmith' };
  try {
    return new pg.Client(url === undefined ? options : { ...options, connectionString: url });
  } catch {
    // The driver's own message may quote the URL, and with it a password.
    throw new RowsmithError('connection-failed', 'The database URL cannot be read.', 'It has the form postgres://user:password@host:port/database; encode special characters of the password as %XX.');
  }
}

function connectionFailed(client: pg.Client, error: unknown): RowsmithError {
  const { code, message } = rootCause(error);
  const target = `${client.host}:${client.port}, database "${client.database ?? client.user ?? ''}", user "${client.user ?? ''}"`;
  const [reason, hint] = explanations[code ?? (/password must be a string/.test(message) ? 'no password' : '')] ?? [message, 'Check the URL or the PG* variables.'];
  return new RowsmithError('connection-failed', `Cannot connect to ${target}: ${reason}`, hint, { cause: error });
}

/** Node tries every address of a host and throws one AggregateError without a message of its own. */
function rootCause(error: unknown): { code?: string; message: string } {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? { message: first.message, ...('code' in first ? { code: String(first.code) } : {}) } : { message: String(first) };
}

/** What a system error or an SQLSTATE means, and what to do about it. */
const explanations: Record<string, readonly [reason: string, hint: string]> = {
  ECONNREFUSED: ['the connection was refused', 'Is the server running, and is the port right?'],
  ENOTFOUND: ['the host is unknown', 'Check the host name.'],
  EAI_AGAIN: ['the host cannot be looked up', 'Check the host name and the network.'],
  ETIMEDOUT: ['the server does not answer', 'Check the host, the port and the firewall.'],
  '28P01': ['the password is wrong', 'Check the password; special characters in a URL are written as %XX.'],
  'no password': ['the server wants a password', 'Put it into the URL, or into PGPASSWORD.'],
  '28000': ['the server refuses this user', "Check the user and the server's pg_hba.conf."],
  '3D000': ['the database does not exist', 'Check the name at the end of the URL.'],
};
