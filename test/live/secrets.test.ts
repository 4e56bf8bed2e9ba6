import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rowsmith } from '../support/cli.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';

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
const closed = 'postgres://u:op3n-sesame@127.0.0.1:1/d';
const source = (...given: string[]) => ['generate', '--source', ...given];

const cases: readonly (readonly [name: string, args: () => readonly string[], environment?: Record<string, string>])[] = [
  ['a refused connection', () => source(`${closed}?sslmode=disable&password=sesame&options=sesame`)],
  ['an unknown host', () => source('postgres://u:op3n-sesame@nowhere.invalid/d?sslpassword=sesame')],
  ['a host that is part of the password', () => source('postgres://u:a@sesame/b@h/d')],
  ['a port that is part of the password', () => source('postgres://u:sesame/x@h/d')],
  ['a misspelt scheme', () => source('postgress://u:op3n-sesame@h/d')],
  ['a misspelt scheme without its colon', () => source('postgres//u:op3n-sesame@h/d')],
  ['one slash', () => source('postgres:/u:op3n-sesame@h/d')],
  ['two sources', () => source(closed, 'a.sql')],
  ["a connection string of libpq's other form", () => source("host=h user=u password=op3n-sesame sslpassword='sesame \\' sesame'")],
  ['a forgotten --source', () => ['generate', closed]],
  ['a URL for --config', () => ['generate', '--config', closed]],
  ['a key that is not there', () => source('postgres://u@127.0.0.1/d?sslcert=/x/sesame.crt&sslkey=/x/sesame.key&sslpassword=sesame')],
  ['a password of the environment', () => source('postgres://u@127.0.0.1:1/d'), { PGPASSWORD: 'sesame', PGSSLKEY: '/x/sesame.key' }],
  ['a config that is no JSON', () => (config('{ "source": { "url": "postgres://u:sesame" x } }'), ['generate'])],
  ['an unknown key beside it', () => (config(`{ "source": { "url": "${closed}" }, "sorce": 1 }`), ['generate'])],
  ['a URL in the config', () => (config(`{ "source": { "url": "${closed}" } }`), ['generate'])],
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
  const files = readdirSync(join(folder, 'generated'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
  expect(files.length).toBeGreaterThan(3);
  for (const name of files) expect(readFileSync(join(folder, 'generated', name), 'utf8')).not.toMatch(secret);
  rmSync(join(folder, 'generated/db.ts'));
  const { code, stdout, stderr } = rowsmith(['check', '--source', url], folder);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toMatch(/^Mend it with: rowsmith generate --source postgres:\/\/postgres:\*\*\*@127\.0\.0\.1:\d+\/\w+\?\*\*\*$/m);
  expect(stdout).not.toMatch(secret);
});
