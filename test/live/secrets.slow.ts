import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rowsmith } from '../support/cli.js';
import { type FreshDatabase, freshDatabase } from '../support/postgres.js';

/** Whatever holds this word may be seen by nobody. */
const secret = /sesame/i;

let database: FreshDatabase;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-secrets-'));
  database = await freshDatabase('18', 'create table items (id integer primary key)');
});
afterAll(async () => {
  await database?.drop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

const config = (text: string) => writeFileSync(join(folder, 'rowsmith.config.json'), text);
const withConfig = (text: string) => () => {
  config(text);
  return ['generate'];
};
const closed = 'postgres://u:op3n-sesame@127.0.0.1:1/d';
const source = (...given: string[]) => ['generate', '--source', ...given];

const cases: readonly (readonly [name: string, args: () => readonly string[], environment?: Record<string, string>])[] =
  [
    ['a refused connection', () => source(`${closed}?sslmode=disable&password=sesame&options=sesame`)],
    ['an unknown host', () => source('postgres://u:op3n-sesame@nowhere.invalid/d?sslpassword=sesame')],
    ['a host that is part of the password', () => source('postgres://u:a@sesame/b@h/d')],
    ['a port that is part of the password', () => source('postgres://u:sesame/x@h/d')],
    ['a misspelt scheme', () => source('postgress://u:op3n-sesame@h/d')],
    ['a misspelt scheme without its colon', () => source('postgres//u:op3n-sesame@h/d')],
    ['one slash', () => source('postgres:/u:op3n-sesame@h/d')],
    ['two sources', () => source(closed, 'a.sql')],
    [
      "a connection string of libpq's other form",
      () => source("host=h user=u password=op3n-sesame sslpassword='sesame \\' sesame'"),
    ],
    ['a forgotten --source', () => ['generate', closed]],
    ['a URL for --config', () => ['generate', '--config', closed]],
    [
      'a key that is not there',
      () => source('postgres://u@127.0.0.1/d?sslcert=/x/sesame.crt&sslkey=/x/sesame.key&sslpassword=sesame'),
    ],
    [
      'a password of the environment',
      () => source('postgres://u@127.0.0.1:1/d'),
      { PGPASSWORD: 'sesame', PGSSLKEY: '/x/sesame.key' },
    ],
    ['a config that is no JSON', withConfig('{ "source": { "url": "postgres://u:sesame" x } }')],
    ['an unknown key beside it', withConfig(`{ "source": { "url": "${closed}" }, "sorce": 1 }`)],
    ['a URL in the config', withConfig(`{ "source": { "url": "${closed}" } }`)],
    ['a URL of the environment', () => ['generate'], { DATABASE_URL: closed }],
    ['diff', () => ['diff', '--from', closed, '--to', closed]],
  ];

test.each(cases)('%s', (_name, args, environment = {}) => {
  const { code, stdout, stderr } = rowsmith([...args(), '--verbose'], folder, environment);
  rmSync(join(folder, 'rowsmith.config.json'), { force: true });
  expect(stderr).toMatch(/^error: /m);
  expect(stdout + stderr).not.toMatch(secret);
  expect(code).toBe(2);
});

test('what is generated, and how to mend it', () => {
  const url = `${database.url.replace('postgres@', 'postgres:op3n-sesame@')}?application_name=sesame`;
  expect(rowsmith(source(url), folder)).toMatchObject({ code: 0, stderr: '' });
  const files = readdirSync(join(folder, 'generated'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.\w+$/.test(name),
  );
  expect(files.length).toBeGreaterThan(3);
  for (const name of files) expect(readFileSync(join(folder, 'generated', name), 'utf8')).not.toMatch(secret);
  rmSync(join(folder, 'generated/db.ts'));
  const { code, stdout, stderr } = rowsmith(['check', '--source', url], folder);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toMatch(
    /^Fix it with: rowsmith generate --source postgres:\/\/postgres:\*\*\*@127\.0\.0\.1:\d+\/\w+\?\*\*\*$/m,
  );
  expect(stdout).not.toMatch(secret);
});

/** Connections as people write them, right or wrong; none can be made. */
const forms: readonly string[] = [
  'postgres://u:sesame@127.0.0.1:1/d',
  'postgresql://u:sesame@127.0.0.1:1/d',
  'POSTGRES://u:sesame@127.0.0.1:1/d',
  ' postgres://u:sesame@127.0.0.1:1/d',
  'postgres://u:sesame@127.0.0.1:1/d\n',
  '"postgres://u:sesame@127.0.0.1:1/d"',
  "'postgres://u:sesame@127.0.0.1:1/d'",
  '`postgres://u:sesame@h/d`',
  '<postgres://u:sesame@h/d>',
  'psql postgres://u:sesame@h/d',
  "psql 'postgresql://u:sesame@h/d'",
  'psql "host=h user=u password=sesame"',
  'PGPASSWORD=sesame psql -h h -U u d',
  'pg_dump --dbname=postgres://u:sesame@h/d',
  'DATABASE_URL=postgres://u:sesame@h/d',
  'export DATABASE_URL="postgres://u:sesame@h/d"',
  '$DATABASE_URL:sesame@h',
  'url: postgres://u:sesame@h/d',
  'jdbc:postgresql://h/d?user=u&password=sesame',
  'jdbc:postgresql://u:sesame@h/d',
  'postgres//u:sesame@h/d',
  'postgres:u:sesame@h/d',
  'postgres:/u:sesame@h/d',
  'postgres:\\\\u:sesame@h/d',
  'postgress://u:sesame@h/d',
  'postgres+psycopg://u:sesame@h/d',
  'postgres;//u:sesame@h/d',
  'postgres ://u:sesame@h/d',
  'mysql://u:sesame@h/d',
  'https://u:sesame@h/d',
  'u:sesame@h',
  'u:sesame@h/d',
  'u:sesame@h:5432/d',
  '//u:sesame@h',
  '//u:sesame@h/d.json',
  '/u:sesame@h/d',
  'u:se/sesame@h/d',
  'u:two words sesame@h/d',
  ':sesame@h/d',
  'u@h/d?password=sesame',
  'u/sesame@h',
  'h:5432:d:u:sesame',
  'tcp://u:sesame@h/d',
  'host=127.0.0.1 port=1 dbname=d user=u password=sesame',
  "host='127.0.0.1' port = 1 password = 'sesame \\' sesame'",
  'password=sesame host=127.0.0.1 port=1',
  '  host=127.0.0.1 port=1 password=sesame',
  'host=h password=sesame unknown=sesame',
  "host=h password='sesame",
  'host=h password=sesame\\',
  'Host=h;Username=u;Password=sesame',
  'Server=h;User Id=u;Password=sesame;',
  'dsn=sesame@h',
  'postgres%3A%2F%2Fu%3Asesame%40h%2Fd',
  'u%3Asesame%40h',
  '{"url":"postgres://u:sesame@h/d"}',
  'socket:/tmp?db=d&user=u&password=sesame',
  'postgres://u:sesame@[::1/d',
  'postgres://u:a b sesame@h/d',
  'postgres://u:sesame@h:port/d',
  'postgres://u:sesame#x@127.0.0.1:1/d',
  '-h h -U u -W sesame',
];

/** Runs a command in a folder of its own, and gives all that it said and wrote. */
function everything(
  args: readonly string[],
  environment: Record<string, string> = {},
): { readonly code: number | null; readonly said: string; readonly written: string } {
  const home = mkdtempSync(join(tmpdir(), 'rowsmith-forms-'));
  try {
    writeFileSync(join(home, 'package.json'), '{}');
    const { code, stdout, stderr } = rowsmith(args, home, environment);
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter(
      (file) => file.isFile() && file.name !== '.bash_history',
    );
    return {
      code,
      said: stdout + stderr,
      written: files
        .map((file) => `${file.name}\n${readFileSync(join(file.parentPath, file.name), 'utf8')}`)
        .join('\n'),
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const tell = (...cells: readonly unknown[]) =>
  process.env['ROWSMITH_TELL'] &&
  process.stderr.write(`| ${cells.map((cell) => JSON.stringify(cell)).join(' | ')} |\n`);

test.each(forms)('as a source: %j', (form) => {
  const generated = everything(['generate', `--source=${form}`]);
  tell(form, 'generate', generated.said.split('\n')[0]);
  expect(generated.said + generated.written).not.toMatch(secret);
  expect(generated.said).not.toContain('This is a bug');
  expect(generated.code).toBe(2);
  const initialised = everything(['init', '--yes', `--source=${form}`]);
  tell(form, 'init', initialised.code, initialised.said.split('\n')[0]);
  expect(initialised.said + initialised.written).not.toMatch(secret);
  expect(initialised.written).toMatch(initialised.code === 0 ? /DATABASE_URL/ : /^package.json\n\{\}$/);
  const fromEnvironment = everything(['generate'], { DATABASE_URL: form });
  expect(fromEnvironment.said).not.toMatch(secret);
  expect(fromEnvironment.said).not.toContain('This is a bug');
  expect(fromEnvironment.code).toBe(2);
});

const commands: readonly (readonly [name: string, args: (form: string) => readonly string[]])[] = [
  ['check', (form) => ['check', '--source', form]],
  ['diff --from', (form) => ['diff', '--from', form]],
  ['diff --to', (form) => ['diff', '--from', form, '--to', form, '--timeout', '3']],
  ['drift', (form) => ['drift', '--models', '*.ts', '--source', form]],
  ['docs', (form) => ['docs', '--source', form]],
  ['a forgotten --source', (form) => ['check', form]],
  ['no command', (form) => [form]],
  ['--config', (form) => ['generate', '--config', form]],
  ['--out', (form) => ['generate', '--out', form]],
  ['--project', (form) => ['generate', '--project', form]],
  ['--models', (form) => ['drift', '--models', form]],
  ['--baseline', (form) => ['drift', '--models', '*.ts', '--baseline', form]],
  ['--rule', (form) => ['drift', '--rule', form]],
  ['--format', (form) => ['diff', '--format', form]],
];

describe.each(commands)('%s', (name, args) => {
  test.each([
    'u:sesame@h',
    '//u:sesame@h',
    'u:two words sesame@h/d',
    'host=h password=sesame',
    'postgres://u:a sesame@h/d',
    ' postgres://u:sesame@h/d',
    "psql 'postgres://u:sesame@h/d'",
    'postgres//u:sesame@h/d',
  ])('%j', (form) => {
    const { code, said, written } = everything([...args(form), '--verbose']);
    tell(name, form, said.split('\n')[0]);
    expect(said + written).not.toMatch(secret);
    expect(code).toBe(2);
  });
});

test.each(['sql', 'catalog', 'url'])('a connection where the config has { %s }', (key) => {
  for (const form of ['u:sesame@h/d', '//u:sesame@h', "psql 'postgres://u:sesame@h/d'"]) {
    config(JSON.stringify({ source: { [key]: form } }));
    const { code, stdout, stderr } = rowsmith(['generate', '--verbose'], folder);
    rmSync(join(folder, 'rowsmith.config.json'));
    expect(stdout + stderr).not.toMatch(secret);
    expect(code).toBe(2);
  }
});

test("libpq's key-value form is a source wherever one is", () => {
  const { hostname, port, pathname } = new URL(database.url);
  const form = `host=${hostname} port=${port} dbname='${decodeURIComponent(pathname.slice(1))}' user=postgres password='open sesame'`;
  expect(rowsmith(['generate', '--source', form, '--out', 'keyed'], folder)).toMatchObject({ code: 0, stderr: '' });
  expect(rowsmith(['check', '--out', 'keyed'], folder, { DATABASE_URL: form })).toMatchObject({ code: 0 });
  expect(rowsmith(['diff', '--from', 'keyed/catalog.json', '--to', form], folder)).toMatchObject({ code: 0 });
  expect(rowsmith(['docs', '--source', form, '--out', 'pages'], folder)).toMatchObject({ code: 0 });
  config(JSON.stringify({ source: { url: form }, out: 'keyed' }));
  expect(rowsmith(['check'], folder)).toMatchObject({ code: 0 });
  rmSync(join(folder, 'rowsmith.config.json'));
});

test('a path of odd characters that is there is a path', () => {
  writeFileSync(join(folder, 'a=b@c.sql'), 'create table odd (id integer primary key);');
  expect(rowsmith(source('a=b@c.sql', '--out', 'odd'), folder)).toMatchObject({ code: 0 });
});
