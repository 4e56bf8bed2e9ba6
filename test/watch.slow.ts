/** `generate --watch` as a separate process: it notices changes and survives errors. */
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { startPostgres } from '../scripts/postgres.js';
import { type LoadedConfig, watch } from '../src/index.js';
import { newestVersion } from './support/postgres.js';
import { childrenOf, isRunning, tellsProcesses } from './support/processes.js';
import { repositoryPath } from './support/repository.js';
import { RunningCli } from './support/running.js';

let folder: string;
let running: RunningCli | undefined;
const path = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(path(name), 'utf8');
const write = (name: string, text: string) => writeFileSync(path(name), text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-watch-'));
});
afterEach(async () => {
  await running?.end('SIGKILL');
  running = undefined;
  rmSync(folder, { recursive: true });
});

async function watching(args: readonly string[] = [], environment: Record<string, string> = {}): Promise<RunningCli> {
  running = new RunningCli(['generate', '--watch', ...args], folder, environment);
  await running.says('Watching for changes. Press Ctrl-C to stop.\n');
  return running;
}

test('SQL files: says what changed, survives what is broken, and ends without a trace', async () => {
  mkdirSync(path('migrations'));
  write('migrations/1.sql', 'create table users (id int primary key, name text not null);');
  const cli = await watching(['--source', 'migrations']);

  write('migrations/2.sql', 'alter table users add email text;');
  expect(await cli.says('~ models/user.ts\n')).toContain(
    'The schema changed:\n  users.email was added (text): safe\ngenerated: ',
  );
  expect(read('generated/models/user.ts')).toContain('email: string | null;');

  write('migrations/3.sql', 'alter table users drop nothing;');
  expect(
    await cli.says('error: migrations/3.sql:1: column "nothing" of relation "users" does not exist'),
  ).not.toContain('generated: ');
  expect(read('generated/models/user.ts')).toContain('email: string | null;');
  // As editors save: by replacing the file.
  write('migrations/3.sql~', 'alter table users drop name;');
  renameSync(path('migrations/3.sql~'), path('migrations/3.sql'));
  expect(await cli.says('~ models/user.ts\n')).toContain('users.name was removed');

  mkdirSync(path('migrations/later'));
  write('migrations/later/4.sql', 'create table notes (id int);');
  expect(await cli.says('+ models/note.ts\n')).toContain('notes was added');

  renameSync(path('migrations'), path('elsewhere'));
  await cli.says('error: There is no SQL file or directory migrations.');
  renameSync(path('elsewhere'), path('migrations'));
  await cli.says('generated: up to date');

  // The server on standby. It is started after the outcome was reported.
  const standing = tellsProcesses ? 1 : 0;
  for (let tries = 0; tries < 250 && childrenOf(cli.pid).length !== standing; tries++) await sleep(20);
  const children = childrenOf(cli.pid);
  expect(children).toHaveLength(standing);
  expect(await cli.end()).toBe(0);
  for (let tries = 0; tries < 100 && children.some(isRunning); tries++) await sleep(20);
  expect(children.filter(isRunning)).toEqual([]);
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /tmp|\.rowsmith-/.test(name),
  );
  expect(left).toEqual([]);
});

test('the config, what it imports, templates and a catalog', async () => {
  cpSync(repositoryPath('test/cases/schemas/expected/catalog.json'), path('catalog.json'));
  mkdirSync(path('templates'));
  cpSync(repositoryPath('templates/header.hbs'), path('templates/header.hbs'));
  write('names.ts', `export { name } from './more-names.js';\n`);
  write('more-names.ts', `export const name = 'Person';\n`);
  const config = (models: string) => `
    import { name } from './names.js';
    export default { source: { catalog: 'catalog.json' }, templates: 'templates', models: { ${models} } };
  `;
  write('rowsmith.config.ts', config(`'public.users': { name }`));
  const cli = await watching();
  expect(existsSync(path('generated/models/person.ts'))).toBe(true);

  write('more-names.ts', `export const name = 'Human';\n`);
  await cli.says('- models/person.ts\n');
  expect(existsSync(path('generated/models/human.ts'))).toBe(true);

  write('more-names.ts', `export const name = ;\n`);
  await cli.says('error: rowsmith.config.ts cannot be loaded: ');
  write('more-names.ts', `export const name = 'Member';\n`);
  await cli.says('- models/human.ts\n');

  write('rowsmith.config.ts', config(`'public.users': { nmae: name }`));
  await cli.says('Did you mean "name"?');
  write('rowsmith.config.ts', `import { other } from './others.js';\n${config(`'public.users': { name: other }`)}`);
  await cli.says('error: rowsmith.config.ts:1 cannot be loaded: ');
  write('others.ts', `export const other = 'Other';\n`);
  await cli.says('- models/member.ts\n');

  write('templates/header.hbs', `// mine\n${read('templates/header.hbs')}`);
  await cli.says('~ models/other.ts\n');
  expect(read('generated/models/other.ts')).toMatch(/^\/\/ mine\n/);

  write('catalog.json', '{}');
  await cli.says('error: catalog.json is not a rowsmith catalog.');
  expect(await cli.end('SIGTERM')).toBe(0);
});

test('what goes while a run reads it, and is back before anybody heard of that, is read again', async () => {
  cpSync(repositoryPath('test/cases/schemas/expected/catalog.json'), path('catalog.json'));
  write('rowsmith.config.json', JSON.stringify({ source: { catalog: 'catalog.json' } }));
  let runs = 0;
  const gone = {
    name: 'gone',
    catalog: () => {
      renameSync(path('catalog.json'), path('elsewhere.json'));
      throw new Error('gone');
    },
  };
  const configure = (loaded: LoadedConfig) => ({
    ...loaded,
    config: { ...loaded.config, ...(runs++ === 0 ? { plugins: [gone] } : {}) },
  });
  const events: string[] = [];
  for await (const { kind } of watch({ folder, configure })) {
    events.push(kind);
    if (kind === 'generated') break;
    renameSync(path('elsewhere.json'), path('catalog.json'));
  }
  expect(events).toEqual(['failed', 'generated']);
});

test('without a config it waits for one', async () => {
  cpSync(repositoryPath('test/cases/schemas/expected/catalog.json'), path('catalog.json'));
  const cli = await watching();
  expect(cli.output).toContain('error: There is no schema to read');
  write('rowsmith.config.json', '{ "source": { "catalog": "catalog.json" } }');
  await cli.says('+ models/users-table.ts\n');
  expect(await cli.end()).toBe(0);
});

test('Ctrl-C does not wait for a server that never answers', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const asked = once(server, 'connection');
    running = new RunningCli(
      ['generate', '--watch', '--source', `postgres://somebody@127.0.0.1:${port}/db?sslmode=disable`],
      folder,
    );
    await asked;
    expect(await running.end()).toBe(0);
    expect(running.output).toBe('');
  } finally {
    server.close();
  }
});

test('a database: changes, a restart, and one that is down at the end', async () => {
  const server = await startPostgres(newestVersion);
  const sql = async (text: string) => {
    const client = new pg.Client(server.url);
    await client.connect();
    await client.query(text);
    await client.end();
  };
  try {
    await sql('create table users (id int primary key)');
    const cli = await watching([], { DATABASE_URL: server.url });
    await sql('alter table users add email text');
    expect(await cli.says('~ models/user.ts\n')).toContain('users.email was added (text): safe');

    await server.halt();
    await cli.says('the connection was refused');
    await server.resume();
    expect(await cli.says('The database is reachable again. Nothing changed.\n')).not.toContain('error');
    await sql('alter table users add name text');
    expect(await cli.says('~ models/user.ts\n')).toContain('users.name was added');

    await server.halt();
    await cli.says('the connection was refused');
    expect(await cli.end()).toBe(0);
  } finally {
    await server.stop();
  }
});
