import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type Config, check, drift, snapshot } from '../../src/index.js';
import { type Certificates, createCertificates } from '../support/certificates.js';
import { type FreshDatabase, freshDatabase } from '../support/postgres.js';

const program = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'].find(
  (path) => spawnSync(path, ['--version']).status === 0,
);
if (program === undefined)
  process.stderr.write('PgBouncer is not installed (on Debian: apt-get install pgbouncer): its tests are skipped.\n');

const password = `o:dd "p@ss\\w'ö`;
const schema = `
  create table items (id integer primary key, name text);
  insert into items values (1, 'a');
`;
const models = {
  items: {
    computed: { upper: { sql: 'upper(t.name)' }, known: { sql: "coalesce(t.name, '')", notNull: true as const } },
  },
};

(program === undefined ? describe.skip : describe)('PgBouncer', () => {
  let database: FreshDatabase;
  let files: Certificates;
  const started: { readonly process: ChildProcess; readonly folder: string }[] = [];
  beforeAll(async () => {
    files = createCertificates();
    database = await freshDatabase('18', schema);
  });
  afterAll(async () => {
    for (const { process: child, folder } of started) {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    }
    await database?.drop();
    if (files) rmSync(files.folder, { recursive: true, force: true });
  });

  /** A PgBouncer of one server connection: whatever is left behind on it meets the next client. */
  async function start(poolMode: string): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'rowsmith-pgbouncer-'));
    const { hostname, port, pathname } = new URL(database.url);
    const own = 20_000 + (process.pid % 20_000) + started.length;
    const texts = {
      'users.txt': `"reader" "${password.replaceAll('"', '""')}"\n`,
      'server.crt': files.server.certificate,
      'server.key': files.server.key,
      'pgbouncer.ini': `
[databases]
shop = host=${hostname} port=${port} dbname=${pathname.slice(1)} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${folder}/users.txt
pool_mode = ${poolMode}
default_pool_size = 1
client_tls_sslmode = allow
client_tls_cert_file = ${folder}/server.crt
client_tls_key_file = ${folder}/server.key
`,
    };
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text, { mode: 0o600 });
    // It refuses to run as root.
    const { uid, gid } = process.getuid?.() === 0 ? nobody() : statSync(folder);
    for (const name of ['.', ...readdirSync(folder)]) chownSync(join(folder, name), uid, gid);
    const child = spawn(program ?? '', [join(folder, 'pgbouncer.ini')], { uid, gid, stdio: 'ignore' });
    started.push({ process: child, folder });
    while (!(await answers(own)));
    return `postgres://reader:${encodeURIComponent(password)}@localhost:${own}/shop`;
  }

  const nobody = () => ({
    uid: Number(spawnSync('id', ['-u', 'nobody'], { encoding: 'utf8' }).stdout),
    gid: Number(spawnSync('id', ['-g', 'nobody'], { encoding: 'utf8' }).stdout),
  });
  const answers = (port: number) =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      }).on('error', () => resolve(false));
    });
  const generate = (url: string, more: Partial<Config> = {}) =>
    check({ config: { source: { url }, models, ...more } }).then(({ files: made }) => made);

  test.each(['transaction', 'session'])(
    'in %s mode: the same output, and nothing left on its connection',
    async (mode) => {
      const url = await start(mode);
      const direct = await generate(database.url);
      expect(await generate(url)).toEqual(direct);
      expect(await generate(`${url}?sslmode=disable`)).toEqual(direct);
      expect(await generate(`${url}?sslmode=verify-full&sslrootcert=${files.root}`)).toEqual(direct);
      await expect(
        generate(url, { models: { items: { computed: { broken: { sql: 't.nothing' } } } } }),
      ).rejects.toThrow('column t.nothing does not exist');
      expect((await snapshot({ config: { source: { url }, models } })).identities?.relations).toHaveLength(1);
      await drift({
        config: { source: { url }, drift: { rules: { 'query-invalid': 'error' } } },
        models: ['examples/tasker/legacy/rust/*.rs'],
      });
      const client = new pg.Client(url);
      await client.connect();
      const { rows } = await client.query(
        "select current_setting('statement_timeout') as timeout, current_setting('search_path') as path, (select count(*)::int from pg_prepared_statements) as prepared, (select count(*)::int from pg_class where relname like 'rowsmith%') as views",
      );
      await client.end();
      expect(rows).toEqual([{ timeout: '0', path: '"$user", public', prepared: 0, views: 0 }]);
    },
  );

  test('readers at the same time share one connection', async () => {
    const url = await start('transaction');
    const [first, ...others] = await Promise.all(Array.from({ length: 6 }, () => generate(url)));
    for (const other of others) expect(other).toEqual(first);
  });

  test('in statement mode, which has no transactions, that is said', async () => {
    await expect(generate(await start('statement'))).rejects.toMatchObject({
      name: 'RowsmithError',
      message: expect.stringMatching(/transaction blocks not allowed in statement pooling mode/),
    });
  });

  test('what it has not is said: a startup parameter, channel binding', async () => {
    const url = await start('transaction');
    await expect(generate(`${url}?options=-c%20jit=off`)).rejects.toMatchObject({
      code: 'connection-failed',
      message: expect.stringMatching(/unsupported startup parameter: options/),
    });
    await expect(generate(`${url}?channel_binding=require`)).rejects.toThrow('The server offers no channel binding');
  });
});
