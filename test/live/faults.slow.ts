import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type Config, check } from '../../src/index.js';
import { type FreshDatabase, freshDatabase } from '../support/postgres.js';
import { type Fault, startProxy } from '../support/proxy.js';
import { repositoryPath } from '../support/repository.js';

const schema = `
  create table items (id integer primary key, name text default 'x' check (name <> ''));
  create view names as select id, upper(name) as name from items;
  insert into items values (1, 'a');
`;
let database: FreshDatabase;
let watcher: pg.Client;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-faults-'));
  database = await freshDatabase('18', schema);
  watcher = new pg.Client(database.url);
  await watcher.connect();
});
afterAll(async () => {
  await watcher?.end();
  await database?.drop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

const computed = { upper: { sql: 'upper(t.name)' }, known: { sql: "coalesce(t.name, '')", notNull: true as const } };
const config = (url: string, more: Partial<Config> = {}): Config => ({
  source: { url },
  models: { items: { computed } },
  timeout: 20,
  ...more,
});

/** Generates through a proxy with a fault; gives the catalog or the error. */
async function through(fault: Fault, more: Partial<Config> = {}, sslmode = 'disable') {
  const { hostname, port } = new URL(database.url);
  expect(hostname).toBe('127.0.0.1');
  const proxy = await startProxy(Number(port), fault);
  try {
    const url = Object.assign(new URL(database.url), { port: String(proxy.port) }).href;
    const outcome: unknown = await check({ config: config(`${url}?sslmode=${sslmode}`, more) }).then(
      ({ catalog }) => catalog,
      (error: unknown) => error,
    );
    return { outcome, passed: proxy.passed(), connections: proxy.connections() };
  } finally {
    await proxy.close();
  }
}

/** The sessions of rowsmith's in this database. */
async function sessions(): Promise<readonly { readonly pid: number; readonly wait: string | null }[]> {
  const { rows } = await watcher.query<{ pid: number; wait: string | null }>(
    "select pid, wait_event as wait from pg_stat_activity where application_name = 'rowsmith' and datname = current_database()",
  );
  return rows;
}

describe('a proxy', () => {
  let whole: Awaited<ReturnType<typeof through>>;
  beforeAll(async () => {
    whole = await through({});
    expect(whole.outcome).toMatchObject({ relations: [{ name: 'items' }, { name: 'names' }] });
  });

  test('that hands over few bytes at a time changes nothing', async () => {
    expect((await through({ pieces: 97 })).outcome).toEqual(whole.outcome);
  });

  test('that is slow changes nothing', async () => {
    expect((await through({ delay: 100 })).outcome).toEqual(whole.outcome);
  });

  test.each(['prefer', 'disable', 'allow'])(
    'before a server that has no TLS hears of one connection with sslmode=%s',
    async (sslmode) => {
      expect(await through({}, {}, sslmode)).toMatchObject({ outcome: whole.outcome, connections: 1 });
    },
  );

  test('that hands over one byte of the answer to the request for TLS at a time changes nothing', async () => {
    expect((await through({ pieces: 1 }, {}, 'prefer')).outcome).toEqual(whole.outcome);
  });

  test('that cuts the connection, anywhere, makes an error with a word', async () => {
    const points = Array.from({ length: 24 }, (_, index) => Math.floor((index * whole.passed) / 24));
    for (const cutAfter of [...points, 1, 2, 5, 9, whole.passed - 1]) {
      const { outcome } = await through({ cutAfter });
      expect(outcome).toMatchObject({
        name: 'RowsmithError',
        code: expect.stringMatching(/^connection-(failed|lost)$/),
        hint: expect.any(String),
      });
    }
  });

  test('that stalls, anywhere, is left when the time is up', async () => {
    const points = [0, 1, 9, 400, 0.5 * whole.passed, 0.9 * whole.passed, whole.passed - 1].map(Math.floor);
    const outcomes = await Promise.all(points.map((stallAfter) => through({ stallAfter }, { timeout: 1 })));
    for (const { outcome } of outcomes)
      expect(outcome).toMatchObject({
        name: 'RowsmithError',
        code: expect.stringMatching(/^(connection-failed|timed-out)$/),
      });
  });
});

test('a session that is terminated in mid-query is lost, with a word', async () => {
  const reading = check({
    config: config(database.url, {
      models: { items: { computed: { slow: { sql: '(select t.name from pg_sleep(60))', notNull: true } } } },
    }),
  }).catch((error: unknown) => error);
  for (let ended = false; !ended; ) {
    for (const { pid, wait } of await sessions())
      if (wait === 'PgSleep') ended = (await watcher.query('select pg_terminate_backend($1)', [pid])).rowCount === 1;
  }
  expect(await reading).toMatchObject({
    code: 'connection-lost',
    message: 'The connection to the database was lost: terminating connection due to administrator command',
  });
});

test('a slow question is ended by the limit, on the server too', async () => {
  const slow = { items: { computed: { slow: { sql: '(select t.name from pg_sleep(60))', notNull: true as const } } } };
  await expect(check({ config: config(database.url, { timeout: 1, models: slow }) })).rejects.toMatchObject({
    code: 'timed-out',
    message: 'The database did not answer within 1 s.',
  });
  while ((await sessions()).length > 0);
});

describe('the command line', () => {
  const start = (url: string): ChildProcess => {
    writeFileSync(
      join(folder, 'rowsmith.config.json'),
      JSON.stringify({
        models: { items: { computed: { slow: { sql: '(select t.name from pg_sleep(60))', notNull: true } } } },
      }),
    );
    return spawn(process.execPath, [repositoryPath('dist/cli/main.js'), 'generate', '--source', url], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder },
      stdio: 'ignore',
    });
  };
  const sleeping = async () => {
    while (!(await sessions()).some(({ wait }) => wait === 'PgSleep'));
  };

  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'ended by %s in mid-query, leaves nothing, here or on the server',
    async (signal) => {
      const child = start(database.url);
      await sleeping();
      const ended = once(child, 'exit');
      child.kill(signal);
      // Ended by the signal, which a shell shows as 130 for Ctrl-C.
      expect(await ended).toEqual([null, signal]);
      // The statement would take a minute: the server stops because nobody waits for it.
      while ((await sessions()).length > 0);
      expect(readdirSync(folder)).toEqual(['rowsmith.config.json']);
      expect((await watcher.query("select from pg_class where relname like 'rowsmith%'")).rows).toEqual([]);
    },
  );

  (existsSync('/proc/self/cmdline') ? test : test.skip)('hides its arguments from the list of processes', async () => {
    const child = start(database.url.replace('postgres@', 'postgres:top-secret@'));
    await sleeping();
    expect(readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')).toMatch(/^rowsmith/);
    expect(readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')).not.toContain('secret');
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  });

  test('writes files to the end before a signal ends it', async () => {
    const program = join(folder, 'program.ts');
    writeFileSync(
      program,
      `
      import { uninterrupted } from ${JSON.stringify(repositoryPath('src/output/uninterrupted.ts'))};
      await uninterrupted(() => {
        process.kill(process.pid, 'SIGINT');
        process.stdout.write('written');
      });
      setInterval(() => {}, 1000);`,
    );
    const child = spawn(process.execPath, [repositoryPath('node_modules/jiti/lib/jiti-cli.mjs'), program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    child.stdout?.on('data', (text) => (said += String(text)));
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
    expect(said).toBe('written');
  });
});
