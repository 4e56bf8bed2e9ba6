import { devNull } from 'node:os';
import pg from 'pg';
import { RowsmithError } from '../../errors.js';
import { type Session, upToRefusal } from '../session.js';
import { sqlState } from '../sql-state.js';
import { connect } from './connect.js';
import { describeStatements } from './describe.js';
import { connectionLost, isLost, timedOut } from './failure.js';
import { resolveParameters } from './resolve.js';

export interface LiveOptions {
  /** Time limit in seconds for everything, including connecting. */
  readonly timeout?: number;
  /** Called with messages that are worth knowing but are not errors. */
  readonly note?: (message: string) => void;
  /**
   * Connects with the URL only: environment variables and password files are ignored, so that none is sent to its
   * server.
   */
  readonly onlyUrl?: boolean;
}

/**
 * Milliseconds to wait for a lock. This is shorter than the second after which Postgres looks for deadlocks
 * (`deadlock_timeout`): our wait ends before a session that waits for us, such as a migration, could be chosen as the
 * victim.
 */
const lockTimeout = 500;

/** SQLSTATE of a statement that was ended by `statement_timeout` or cancelled by an administrator. */
const queryCanceled = '57014';

/** The maximum number of milliseconds that a timer and `statement_timeout` accept, with a margin. */
const longest = 2 ** 31 - 100_000;

/** Milliseconds after the limit in which the server may still report the timeout itself. */
const grace = 1000;

/** Connects to a live server: by URL or, if there is none, by libpq's `PG*` variables. */
export async function openLive(
  url: string | undefined,
  { timeout = 60, note = () => {}, onlyUrl = false }: LiveOptions = {},
): Promise<Session> {
  const deadline = Date.now() + Math.min(Math.ceil(timeout * 1000), longest);
  const resolved = await resolveParameters(url, onlyUrl ? {} : process.env);
  const client = await connect(onlyUrl ? { ...resolved, passfile: devNull } : resolved, deadline, note);
  let lastFailure: unknown;
  const remaining = () => {
    const left = deadline - Date.now();
    if (left <= 0) throw timedOut(timeout, lastFailure);
    return left;
  };
  const answered = async <T>(answer: Promise<T>): Promise<T> => {
    const watch = setTimeout(() => destroy(client), deadline + grace - Date.now());
    try {
      return await answer;
    } catch (error) {
      // The error that ended the connection says more than a query that cannot be sent.
      for (const reason of [error, streamOf(client).errored]) if (reason instanceof RowsmithError) throw reason;
      const canceled = sqlState(error) === queryCanceled;
      if (!canceled) lastFailure = error;
      if (Date.now() >= deadline - (canceled ? grace : 0)) throw timedOut(timeout, lastFailure ?? error);
      throw isLost(error) ? connectionLost(error) : error;
    } finally {
      clearTimeout(watch);
    }
  };
  return {
    // Without parameters, `pg` uses the simple query protocol: several statements, one message, one result each.
    async query<Row>(sql: string) {
      const answer: unknown = await answered(client.query(sql));
      const results = (Array.isArray(answer) ? answer : [answer]) as readonly pg.QueryResult[];
      return results.flatMap(({ rows }) => rows as readonly Row[]);
    },
    eachRow: (sql, take) => answered(eachRow(client, sql, take)),
    describe: (statements) => upToRefusal((described) => answered(describeStatements(client, statements, described))),
    limits: () => limits(remaining()),
    async close() {
      const watch = setTimeout(() => destroy(client), grace);
      await client.end();
      clearTimeout(watch);
    },
  };
}

/** Calls `take` for each row as it arrives. What `take` throws is thrown once the server is ready again. */
function eachRow<Row>(client: pg.Client, sql: string, take: (row: Row) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const query = new pg.Query(sql);
    let failure: { readonly error: unknown } | undefined;
    query.on('row', (row: unknown) => {
      try {
        if (!failure) take(row as Row);
      } catch (error) {
        failure = { error };
      }
    });
    query.on('error', reject);
    query.on('end', () => (failure ? reject(failure.error) : resolve()));
    client.query(query);
  });
}

/** Cuts the connection to a server that no longer answers. */
function destroy(client: pg.Client): void {
  streamOf(client).destroy();
}

/** The wire through which the client communicates. */
function streamOf(client: pg.Client) {
  return (client as unknown as { readonly connection: pg.Connection }).connection.stream;
}

/**
 * The statements that limit a transaction.
 *
 * - `idle_in_transaction_session_timeout`: this process may be stopped while a transaction is open.
 * - `client_connection_check_interval`: this process may be killed, and then nobody waits for the answer. Servers on
 *   Linux can detect that.
 */
function limits(milliseconds: number): string {
  return [
    `set local statement_timeout = ${milliseconds}`,
    `set local lock_timeout = ${Math.min(lockTimeout, milliseconds)}`,
    `set local idle_in_transaction_session_timeout = ${milliseconds}`,
    checkConnection,
  ].join('; ');
}

/**
 * Sets `client_connection_check_interval` if the server has it and can check the connection. A statement without rows.
 */
const checkConnection = `select where case
  when version() like '%linux%' and current_setting('client_connection_check_interval', true) is not null
  then set_config('client_connection_check_interval', '1000', true)
end = ''`;
