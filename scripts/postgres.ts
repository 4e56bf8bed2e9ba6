/**
 * A disposable PostgreSQL server for tests, benchmarks and the curious: its own data directory in memory or in the
 * system's temporary folder, a free port on 127.0.0.1, no durability. The binaries come from npm, so nothing has to be
 * installed.
 *
 *     npm run postgres 18
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { everyVersion, type Owner, type PostgresVersion, runnableBinaries } from './postgres/binaries.js';

export interface DisposablePostgres {
  readonly version: PostgresVersion;
  readonly port: number;
  /** The URL of the database `postgres` for its superuser, who has no password. */
  readonly url: string;
  /** The folder of its Unix socket and of its log, `server.log`. */
  readonly home: string;
  /** Creates an empty database and returns its URL. */
  createDatabase(name?: string): Promise<string>;
  /** Stops the server and keeps its data. */
  halt(): Promise<void>;
  /** Starts the server again after `halt`, on the same port. */
  resume(): Promise<void>;
  /** Stops the server and removes all its files. */
  stop(): Promise<void>;
}

const STARTUP_LIMIT_MS = 60_000;

/** Options of a server. */
export interface ServerOptions {
  /** Settings by name, as in the server's configuration file. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The arguments of `initdb` that set a locale: `['--locale-provider=icu', '--icu-locale=tr']`. */
  readonly locale?: readonly string[];
  /** Environment variables, in addition to those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

export async function startPostgres(
  version: PostgresVersion,
  { settings = {}, locale = ['--locale=C'], environment = {} }: ServerOptions = {},
): Promise<DisposablePostgres> {
  const home = mkdtempSync(join(roomyMemory() ?? tmpdir(), `rowsmith-postgres-${version}-`));
  try {
    const owner = unprivilegedUser();
    if (owner !== undefined) chownSync(home, owner.uid, owner.gid);
    const bin = join(runnableBinaries(version, home, owner), 'bin');
    const data = join(home, 'data');
    initialise(join(bin, 'initdb'), [...locale, '-D', data], { cwd: home, ...owner });

    const port = await freePort();
    const log = join(home, 'server.log');
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    let halt = (): Promise<void> => Promise.resolve();
    const resume = async (): Promise<void> => {
      const server = launch(join(bin, 'postgres'), serverArguments(data, home, port, settings), log, {
        cwd: home,
        env: { ...process.env, ...environment },
        ...owner,
      });
      const endWatch = endWithThisProcess(server, home);
      halt = async () => {
        endWatch();
        await end(server);
      };
      await waitUntilReady(url, server, log);
    };
    const stop = async (): Promise<void> => {
      await halt();
      rmSync(home, { recursive: true, force: true });
    };
    try {
      await resume();
    } catch (error) {
      await stop();
      throw error;
    }
    return {
      version,
      port,
      url,
      home,
      createDatabase: (name) => createDatabase(url, name),
      halt: () => halt(),
      resume,
      stop,
    };
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

/** Creates an empty database on the server of `url`, and returns the new database's URL. */
export async function createDatabase(url: string, name = `db_${randomBytes(6).toString('hex')}`): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    // Uses template0, because CREATE DATABASE fails while somebody is connected to its template, and nobody can connect
    // to template0.
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE template0`);
  } finally {
    await client.end();
  }
  const created = new URL(url);
  created.pathname = `/${encodeURIComponent(name)}`;
  return created.href;
}

/** Linux's folder in memory if 2 GiB are free there: a database is created in 40 ms, on a disk in 300. */
function roomyMemory(): string | undefined {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return undefined;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= 2 ** 31 ? memory : undefined;
}

type SpawnAs = Partial<Owner> & { readonly cwd: string; readonly env?: NodeJS.ProcessEnv };

/** The user that runs Postgres if this process is root, which Postgres refuses: `nobody`. Undefined for other users. */
function unprivilegedUser(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

function initialise(initdb: string, place: readonly string[], as: SpawnAs): void {
  const { status, error, stdout, stderr } = spawnSync(
    initdb,
    ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync', ...place],
    { encoding: 'utf8', ...as },
  );
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? `${stdout}\n${stderr}`}`);
}

function serverArguments(
  data: string,
  sockets: string,
  port: number,
  wanted: Readonly<Record<string, string>>,
): readonly string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: process.platform === 'win32' ? '' : sockets,
    full_page_writes: 'off',
    synchronous_commit: 'off',
    timezone: 'UTC',
    ...wanted,
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', data, '-p', String(port), '-F', ...options];
}

function launch(postgres: string, args: readonly string[], log: string, as: SpawnAs): ChildProcess {
  const output = openSync(log, 'a');
  const server = spawn(postgres, args, { stdio: ['ignore', output, output], ...as });
  closeSync(output);
  // A failed spawn shows as a server that never answers. The script may end while the server still runs.
  server.on('error', () => {});
  server.unref();
  return server;
}

/**
 * Ends the server when this process ends, even by SIGKILL: a small process waits for the end of a pipe that only this
 * process holds open. Returns a function that stops the watch.
 */
function endWithThisProcess(server: ChildProcess, home: string): () => void {
  const program = `
    const [pid, home] = process.argv.slice(1);
    process.stdin.resume().on('close', () => {
      try { process.kill(Number(pid), 'SIGQUIT'); } catch {}
      setTimeout(() => require('node:fs').rmSync(home, { recursive: true, force: true, maxRetries: 5 }), 500);
    });`;
  const watch = spawn(process.execPath, ['-e', program, String(server.pid), home], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  watch.unref();
  (watch.stdin as unknown as { unref(): void }).unref();
  return () => watch.kill('SIGKILL');
}

/** Stops a server by SIGQUIT, which is Postgres's immediate shutdown: its data needs no checkpoint. */
async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || hasEnded(server)) return;
  const ended = once(server, 'exit');
  server.ref();
  server.kill('SIGQUIT');
  await ended;
}

function hasEnded(server: ChildProcess): boolean {
  return server.pid === undefined || server.exitCode !== null || server.signalCode !== null;
}

async function waitUntilReady(url: string, server: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + STARTUP_LIMIT_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      if (hasEnded(server) || Date.now() > deadline) {
        throw new Error(`the server did not start:\n${readFileSync(log, 'utf8')}`, { cause: error });
      }
      await sleep(50);
    }
  }
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
}

async function main(version: string | undefined): Promise<void> {
  const known = everyVersion.find((candidate) => candidate === version);
  if (known === undefined) {
    console.error(`usage: postgres.ts <${everyVersion.join(' | ')}>`);
    process.exitCode = 2;
    return;
  }
  const server = await startPostgres(known);
  console.log(server.url);
  console.error('Ctrl-C ends the server and removes its data.');
  const alive = setInterval(() => {}, 60_000);
  const stop = (): void => {
    clearInterval(alive);
    void server.stop();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(process.argv[2]);
}
