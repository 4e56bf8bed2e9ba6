import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type DisposablePostgres, startPostgres } from '../../scripts/postgres.js';
import { openLive } from '../../src/postgres/live/open-live.js';
import { type Certificates, createCertificates, keyPassword } from '../support/certificates.js';
import { rowsmith } from '../support/cli.js';

/** A server that takes each user by one way only. */
const rules = `
hostssl   all encrypted  127.0.0.1/32 scram-sha-256
hostnossl all plain      127.0.0.1/32 trust
hostssl   all certified  127.0.0.1/32 cert
host      all olden      127.0.0.1/32 md5
host      all odd        127.0.0.1/32 scram-sha-256
local     all odd                     scram-sha-256
host      all postgres   127.0.0.1/32 trust
`;

/** Every character that has a meaning somewhere on the way, and some that have none. */
const oddPassword = `p@ss:w/o?r#d%zz%41 'q"\\&=+[]{}<>|^\`~;,$!*()é—😀`;

let server: DisposablePostgres;
let files: Certificates;
let folder: string;

beforeAll(async () => {
  files = createCertificates();
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-connection-'));
  server = await startPostgres('18');
  const client = new pg.Client(server.url);
  await client.connect();
  const { rows } = await client.query<{ data: string; hba: string }>(
    "select current_setting('data_directory') as data, current_setting('hba_file') as hba",
  );
  const { data = '', hba = '' } = rows[0] ?? {};
  const { uid, gid } = statSync(data);
  for (const [name, text] of [
    ['server.crt', files.server.certificate],
    ['server.key', files.server.key],
  ] as const) {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    chownSync(join(data, name), uid, gid);
  }
  copyFileSync(files.root, join(data, 'root.crt'));
  writeFileSync(hba, rules);
  for (const sql of [
    `create role encrypted login password 'right'`,
    'create role plain login',
    'create role certified login',
    `create role odd login password ${pg.escapeLiteral(oddPassword)}`,
    `set password_encryption = 'md5'; create role olden login password 'right'`,
    'alter system set ssl = on',
    "alter system set ssl_ca_file = 'root.crt'",
    'select pg_reload_conf()',
  ])
    await client.query(sql);
  // The reload is asynchronous; the server takes TLS when it is done.
  for (let on = false; !on; ) on = (await client.query<{ ssl: string }>('show ssl')).rows[0]?.ssl === 'on';
  await client.end();
});
afterAll(async () => {
  await server?.stop();
  for (const path of [folder, files?.folder]) if (path !== undefined) rmSync(path, { recursive: true, force: true });
});

const saved = { ...process.env };
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
  Object.assign(process.env, saved);
});

const url = (user: string, query = '', host = 'localhost') =>
  `postgres://${user}@${host}:${server.port}/postgres${query}`;

/** How a session came about: the user, and whether it is encrypted. */
async function connected(given: string | undefined, note?: (message: string) => void): Promise<string> {
  const session = await openLive(given, note === undefined ? {} : { note });
  try {
    const [row] = await session.query<{ user: string; ssl: boolean }>(
      'select current_user as user, ssl from pg_stat_ssl where pid = pg_backend_pid()',
    );
    return `${row?.user} ${row?.ssl ? 'encrypted' : 'plain'}`;
  } finally {
    await session.close();
  }
}

describe('sslmode', () => {
  test.each([
    ['prefer is the default, and encrypts', () => url('postgres'), 'postgres encrypted'],
    ['prefer goes without where the server says so', () => url('plain', '?sslmode=prefer'), 'plain plain'],
    ['allow begins without', () => url('postgres', '?sslmode=allow'), 'postgres plain'],
    ['allow encrypts where the server says so', () => url('encrypted:right', '?sslmode=allow'), 'encrypted encrypted'],
    ['disable', () => url('postgres', '?sslmode=disable'), 'postgres plain'],
    ['require trusts any certificate', () => url('encrypted:right', '?sslmode=require'), 'encrypted encrypted'],
    [
      'require with a root checks it, and no name',
      () => url('postgres', `?sslmode=require&sslrootcert=${files.root}`, '127.0.0.1'),
      'postgres encrypted',
    ],
    [
      'verify-ca looks at no name',
      () => url('postgres', `?sslmode=verify-ca&sslrootcert=${files.root}`, '127.0.0.1'),
      'postgres encrypted',
    ],
    ['verify-full', () => url('postgres', `?sslmode=verify-full&sslrootcert=${files.root}`), 'postgres encrypted'],
    [
      'verify-full at an address of the host',
      () => url('postgres', `?sslmode=verify-full&sslrootcert=${files.root}&hostaddr=127.0.0.1`),
      'postgres encrypted',
    ],
    ['no-verify, which only pg knows', () => url('postgres', '?sslmode=no-verify'), 'postgres encrypted'],
    ['ssl=true is require', () => url('postgres', '?ssl=true'), 'postgres encrypted'],
    ['direct negotiation', () => url('postgres', '?sslmode=require&sslnegotiation=direct'), 'postgres encrypted'],
    [
      'a newest version',
      () => url('postgres', '?sslmode=require&ssl_max_protocol_version=TLSv1.2'),
      'postgres encrypted',
    ],
    [
      'a client certificate',
      () => url('certified', `?sslmode=require&sslcert=${files.client.certificate}&sslkey=${files.client.key}`),
      'certified encrypted',
    ],
    [
      'a client key with a password',
      () =>
        url(
          'certified',
          `?sslcert=${files.client.certificate}&sslkey=${files.client.lockedKey}&sslpassword=${encodeURIComponent(keyPassword)}`,
        ),
      'certified encrypted',
    ],
    [
      'several hosts: the first that answers',
      () => `postgres://postgres@127.0.0.1:1,localhost:${server.port}/postgres`,
      'postgres encrypted',
    ],
    [
      'a Unix socket',
      () =>
        `postgres://odd:${encodeURIComponent(oddPassword)}@${encodeURIComponent(server.home)}:${server.port}/postgres?sslmode=require`,
      'odd plain',
    ],
    ['md5, the older password', () => url('olden:right'), 'olden encrypted'],
    ['channel binding is the default where it is offered', () => url('encrypted:right'), 'encrypted encrypted'],
    ['channel_binding=require', () => url('encrypted:right', '?channel_binding=require'), 'encrypted encrypted'],
    ['channel_binding=disable', () => url('encrypted:right', '?channel_binding=disable'), 'encrypted encrypted'],
  ])('%s', async (_name, given, expected) => {
    expect(await connected(given())).toBe(expected);
  });

  test.each([
    [
      'disable, at a server that wants TLS',
      () => url('encrypted:right', '?sslmode=disable'),
      'the server refuses this user, host or encryption',
    ],
    [
      'require, at a rule without TLS',
      () => url('plain', '?sslmode=require'),
      'the server refuses this user, host or encryption',
    ],
    [
      'require with a root that is another',
      () => url('postgres', `?sslmode=require&sslrootcert=${files.otherRoot}`),
      "the root of the server's certificate is not trusted",
    ],
    [
      'verify-ca with another root',
      () => url('postgres', `?sslmode=verify-ca&sslrootcert=${files.otherRoot}`),
      "the root of the server's certificate is not trusted",
    ],
    [
      'verify-ca without a root',
      () => url('postgres', '?sslmode=verify-ca'),
      'sslmode=verify-ca needs a root certificate.',
    ],
    [
      'verify-full by a name that is not in the certificate',
      () => url('postgres', `?sslmode=verify-full&sslrootcert=${files.root}`, '127.0.0.1'),
      "the server's certificate is for another host name",
    ],
    [
      'verify-full with public roots',
      () => url('postgres', '?sslmode=verify-full'),
      "the root of the server's certificate is not trusted",
    ],
    [
      'sslrootcert=system alone is verify-full',
      () => url('postgres', '?sslrootcert=system'),
      "the root of the server's certificate is not trusted",
    ],
    [
      'a root that is not there',
      () => url('postgres', '?sslmode=verify-full&sslrootcert=/nowhere/root.crt'),
      'The file of sslrootcert cannot be read: ENOENT',
    ],
    ['an unknown mode', () => url('postgres', '?sslmode=on'), 'There is no such sslmode.'],
    ['no client certificate', () => url('certified', '?sslmode=require'), 'the server requires a client certificate'],
    [
      'a certificate without its key',
      () => url('certified', `?sslcert=${files.client.certificate}`),
      'There is a client certificate, but no key for it.',
    ],
    [
      'a key that is not there',
      () => url('certified', `?sslcert=${files.client.certificate}&sslkey=/nowhere/secret.key`),
      'The file of sslkey cannot be read: ENOENT',
    ],
    [
      'the wrong password of a key',
      () =>
        url(
          'certified',
          `?sslmode=require&sslcert=${files.client.certificate}&sslkey=${files.client.lockedKey}&sslpassword=wrong-secret`,
        ),
      'the client key cannot be read with sslpassword',
    ],
    [
      'channel_binding=require without TLS',
      () => url('odd:x', '?sslmode=disable&channel_binding=require'),
      'The server offers no channel binding',
    ],
    [
      'channel_binding=require with a method that has none',
      () => url('olden:right', '?channel_binding=require'),
      'The server offers no channel binding',
    ],
    [
      'channel_binding=require at a server that asks nothing',
      () => url('postgres', '?channel_binding=require'),
      'The server offers no channel binding',
    ],
    [
      'a misspelt parameter of TLS',
      () => url('postgres', '?sslmod=verify-full'),
      'There is no connection parameter "sslmod".',
    ],
    [
      'a protection that rowsmith has not',
      () => url('postgres', '?requirepeer=postgres'),
      'The connection parameter requirepeer is not supported',
    ],
    [
      'require_auth at a server that asks nothing',
      () => url('postgres', '?require_auth=scram-sha-256'),
      'The server asks for no proof of who we are, which require_auth forbids.',
    ],
    [
      'a wrong password, which no other mode is tried with',
      () => url('encrypted:wrong-secret'),
      'the password is wrong',
    ],
    ['no password', () => url('encrypted'), 'the server requires a password'],
  ])('%s is refused', async (_name, given, message) => {
    const error: unknown = await connected(given()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'connection-failed' });
    const { message: said, hint = '', stack = '' } = error as Error & { hint?: string };
    expect(said).toContain(message);
    expect(said + hint + stack).not.toMatch(/secret|right|nowhere/);
  });
});

describe('passwords and where they stand', () => {
  const odd = () => url('odd');
  const passwordFile = (text: string, mode = 0o600) => {
    const path = join(folder, 'passwords');
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };
  const escaped = oddPassword.replace(/[:\\]/g, '\\$&');

  test('odd characters, encoded in the URL', async () => {
    expect(await connected(url(`odd:${encodeURIComponent(oddPassword)}`))).toBe('odd encrypted');
  });

  test('odd characters, written as they are where that can be understood', async () => {
    const password = oddPassword.replace('/', '%2F').replace('%41', '%2541');
    expect(await connected(url(`odd:${password}`))).toBe('odd encrypted');
  });

  test('PGPASSWORD', async () => {
    process.env['PGPASSWORD'] = oddPassword;
    expect(await connected(odd())).toBe('odd encrypted');
  });

  test.each([
    ['every field', () => `# a comment\nelsewhere:1:x:y:wrong\nlocalhost:${server.port}:postgres:odd:${escaped}\n`],
    ['asterisks', () => `*:*:*:someone:wrong\n*:*:*:odd:${escaped}`],
    ['lines of Windows', () => `*:*:*:odd:${escaped}\r\n`],
  ])('a password file with %s', async (_name, text) => {
    process.env['PGPASSFILE'] = passwordFile(text());
    expect(await connected(odd())).toBe('odd encrypted');
  });

  test('~/.pgpass, ~/.pg_service.conf and ~/.postgresql/root.crt', () => {
    writeFileSync(join(folder, '.pgpass'), `localhost:*:*:odd:${escaped}\n`, { mode: 0o600 });
    writeFileSync(
      join(folder, '.pg_service.conf'),
      `[home]\nhost=localhost\nport=${server.port}\nuser=odd\ndbname=postgres\nsslmode=verify-full\n`,
    );
    mkdirSync(join(folder, '.postgresql'));
    copyFileSync(files.root, join(folder, '.postgresql/root.crt'));
    const found = () => rowsmith(['generate'], folder, { PGSERVICE: 'home' }).stderr;
    expect(found()).toContain('The schema has no tables or views.');
    copyFileSync(files.otherRoot, join(folder, '.postgresql/root.crt'));
    expect(found()).toContain("the root of the server's certificate is not trusted");
  });

  test('a password file that others may read is not read, and that is said', async () => {
    process.env['PGPASSFILE'] = passwordFile(`*:*:*:odd:${escaped}`, 0o644);
    const notes: string[] = [];
    await expect(connected(odd(), (note) => notes.push(note))).rejects.toThrow('the server requires a password');
    expect(notes.join()).toContain('because other users can read it');
  });

  test('a service, which the environment does not override and the URL does', async () => {
    process.env['PGSERVICEFILE'] = join(folder, 'services');
    writeFileSync(
      join(folder, 'services'),
      `# ours\n[other]\nhost=nowhere\n\n[test]\nhost=localhost\nport=${server.port}\nuser=odd\ndbname=postgres\npassword=${oddPassword}\n[test]\nhost=nowhere\n`,
    );
    Object.assign(process.env, { PGSERVICE: 'test', PGUSER: 'nobody', PGHOST: 'nowhere' });
    expect(await connected(undefined)).toBe('odd encrypted');
    expect(await connected('postgres://postgres@/postgres?service=test&sslmode=disable')).toBe('postgres plain');
    await expect(connected('postgres:///?service=missing')).rejects.toThrow('There is no service "missing".');
  });

  test.each([
    'postgres://u:se/cret@h/d',
    'postgres://u:12/se@cret@h/d',
    'postgres:/u:secret@h/d',
    'postgres://[secret',
    'postgres://u:secret@h:port/d',
    'postgres://u@h/d?ssl=secret',
  ])('a URL that cannot be read is not quoted: %s', async (given) => {
    const error = (await connected(given).catch((reason: unknown) => reason)) as Error & { hint?: string };
    expect(error).toMatchObject({ code: 'connection-failed' });
    expect(`${error.message}${error.hint}${error.stack}`).not.toMatch(/secret|cret/);
  });
});
