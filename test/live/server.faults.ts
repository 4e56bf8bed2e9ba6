import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type DisposablePostgres, startPostgres } from '../../scripts/postgres.js';
import { check } from '../../src/index.js';
import { POSTGRES_VERSIONS } from '../support/postgres.js';

const models = { items: { computed: { upper: { sql: "coalesce(upper(t.name), '')" } } } };
const slow = { items: { computed: { slow: { sql: '(select t.name from pg_sleep(60))', notNull: true as const } } } };

/** A standby runs the server's own program, which is found by its process. */
const onLinux = existsSync('/proc/self/exe');
if (!onLinux) process.stderr.write('Without /proc the tests of a read-only replica are skipped.\n');

describe.each(POSTGRES_VERSIONS)('a server of PostgreSQL %s', (version) => {
  let server: DisposablePostgres;
  let admin: pg.Client;
  beforeEach(async () => {
    server = await startPostgres(version);
    admin = await connect(server.url);
    await admin.query("create table items (id integer primary key, name text); insert into items values (1, 'a')");
    // Disposable servers write their log late: what a crash should leave is written first.
    await admin.query('checkpoint');
  });
  afterEach(async () => {
    await admin.end();
    await server.stop();
  });

  async function connect(url: string): Promise<pg.Client> {
    const client = new pg.Client(url);
    client.on('error', () => {});
    await client.connect();
    return client;
  }
  async function sleeping(): Promise<number> {
    for (;;) {
      const { rows } = await admin.query<{ pid: number }>(
        "select pid from pg_stat_activity where application_name = 'rowsmith' and wait_event = 'PgSleep'",
      );
      if (rows[0]) return rows[0].pid;
    }
  }
  const generate = (given = models as object, url = server.url) =>
    check({ config: { source: { url }, models: given as typeof models, timeout: 20 } });
  const failure = (given?: object) => generate(given).catch((error: unknown) => error);

  test('whose backend is killed in mid-query, and which restarts: an error with a word, and the next run works', async () => {
    const reading = failure(slow);
    process.kill(await sleeping(), 'SIGKILL');
    expect(await reading).toMatchObject({ code: 'connection-lost' });
    for (let up = false; !up; )
      up = await connect(server.url).then(
        (client) => client.end().then(() => true),
        () => false,
      );
    expect((await generate()).catalog.relations).toHaveLength(1);
  });

  test('that is shut down in mid-query, and is gone then', async () => {
    const reading = failure(slow);
    await sleeping();
    await server.stop();
    expect(await reading).toMatchObject({ code: 'connection-lost' });
    expect(await failure()).toMatchObject({
      code: 'connection-failed',
      message: expect.stringMatching(/the connection was refused$/),
    });
  });

  test('that is starting up, or full', async () => {
    await admin.query('alter role postgres connection limit 1');
    await admin.query('create role other login connection limit 0');
    const url = Object.assign(new URL(server.url), { username: 'other' }).href;
    await expect(generate(models, url)).rejects.toMatchObject({
      code: 'connection-failed',
      message: expect.stringMatching(/too many connections for role "other"$/),
    });
  });

  (onLinux ? test : test.skip)('that is a read-only replica: the same catalog, and a note about its log', async () => {
    const primary = await generate();
    const { rows } = await admin.query<{ data: string }>("select current_setting('data_directory') as data");
    const data = rows[0]?.data ?? '';
    const program = readlinkSync(`/proc/${readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]}/exe`);
    await admin.query('checkpoint');
    const home = mkdtempSync(join(tmpdir(), 'rowsmith-replica-'));
    const { uid, gid } = statSync(data);
    // A copy of the files after a clean stop, and the word that keeps it in recovery.
    await admin.end();
    const replica = join(home, 'data');
    await copyStopped(data, replica);
    writeFileSync(join(replica, 'standby.signal'), '');
    spawnSync('chown', ['-R', `${uid}:${gid}`, home]);
    chownSync(home, uid, gid);
    const port = server.port + 1 <= 65_535 ? server.port + 1 : server.port - 1;
    const child: ChildProcess = spawn(
      program,
      ['-D', replica, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${home}`],
      { uid, gid, cwd: home, stdio: 'ignore' },
    );
    try {
      const url = Object.assign(new URL(server.url), { port: String(port) }).href;
      for (let up = false; !up && child.exitCode === null; )
        up = await connect(url).then(
          (client) => client.end().then(() => true),
          () => false,
        );
      const notes: string[] = [];
      const { catalog } = await check({ config: { source: { url }, models }, onNote: (note) => notes.push(note) });
      expect(notes).toEqual([
        "Proofs about SQL computed fields leave a line in the server's log for each table, because the database is read-only.",
      ]);
      expect(catalog.relations).toEqual(primary.catalog.relations);
      expect(primary.catalog.expressions.map(({ type, notNull }) => [type.name, notNull])).toEqual([['text', true]]);
      expect(catalog.expressions).toEqual(primary.catalog.expressions);
    } finally {
      const ended = once(child, 'exit');
      child.kill('SIGQUIT');
      await ended;
      rmSync(home, { recursive: true, force: true });
    }
  });

  /** The primary's files, as of a clean shutdown; the primary stays down. */
  async function copyStopped(from: string, to: string): Promise<void> {
    const pid = Number(readFileSync(join(from, 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGINT');
    while (existsSync(join(from, 'postmaster.pid'))) await new Promise((resolve) => setTimeout(resolve, 20));
    cpSync(from, to, { recursive: true });
  }
});
