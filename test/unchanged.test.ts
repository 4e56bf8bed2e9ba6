/** Runs that would find nothing new: they answer without doing the work, and nothing that changed is ever missed. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { rowsmith } from './support/cli.js';
import { freshDatabase, POSTGRES_VERSIONS, type FreshDatabase } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

let folder: string;
const path = (name: string) => join(folder, name);
const bundle = pathToFileURL(repositoryPath('dist/')).href;
const write = (name: string, text: string) => writeFileSync(path(name), text);

/** The packages and folders of `src/` of which a run loaded modules: V8's coverage lists the files, and source maps name what each is made of. */
function run(args: readonly string[], environment: Record<string, string> = {}) {
  const coverage = path('coverage');
  const result = rowsmith(args, folder, { NODE_V8_COVERAGE: coverage, ...environment });
  const urls = readdirSync(coverage).flatMap((file) => {
    const { result: scripts } = JSON.parse(readFileSync(join(coverage, file), 'utf8')) as { result: { url: string }[] };
    return scripts.map(({ url }) => url);
  });
  rmSync(coverage, { recursive: true });
  // A file that only passes on what others export has no map.
  const maps = urls.flatMap((url) => (url.startsWith(bundle) ? [`${fileURLToPath(url)}.map`] : [])).filter((map) => existsSync(map));
  const own = maps.flatMap((map) => (JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] }).sources);
  const folders = own.flatMap((source) => /\/src\/([\w-]+)\//.exec(source)?.[1] ?? []);
  const modules = urls.flatMap((url) => url.split('/node_modules/')[1] ?? []);
  const packages = modules.flatMap((module) => /^(@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? []);
  return { ...result, loaded: [...new Set([...folders, ...packages])].sort(), modules };
}

const check = (environment?: Record<string, string>) => run(['check'], environment);
const answered = { code: 0, loaded: expect.not.arrayContaining(['pipeline']) };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-unchanged-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('of files', () => {
  beforeEach(async () => {
    mkdirSync(path('templates'));
    mkdirSync(path('catalogs'));
    cpSync(repositoryPath('templates/header.hbs'), path('templates/header.hbs'));
    cpSync(repositoryPath('test/cases/schemas/expected/catalog.json'), path('catalogs/catalog.json'));
    write('none.json', '{}');
    write('names.ts', `export const name = 'Person';\n`);
    write('rowsmith.config.mts', `
      import { name } from './names.ts';
      export default { source: { catalog: 'catalogs/catalog.json' }, templates: 'templates', ...(process.env.OUT ? { out: process.env.OUT } : {}), models: { 'public.users': { name } } };
    `);
    // A file system's times are coarse: a run is not remembered when its inputs are as young as it.
    await sleep(200);
    expect(run(['generate'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('the second run does not do the work', () => {
    expect(check()).toMatchObject({ ...answered, stdout: expect.stringMatching(/^generated: up to date, \d+ files\n$/) });
    expect(run(['generate'])).toMatchObject(answered);
    expect(run(['generate', '--check'])).toMatchObject(answered);
  });

  test.each<[string, () => void]>([
    ['the config', () => write('rowsmith.config.mts', readFileSync(path('rowsmith.config.mts'), 'utf8').replace(': { name }', `: { name: 'Human' }`))],
    ['a module that the config imports', () => write('names.ts', `export const name = 'Human';\n`)],
    ['a config that comes first', () => write('rowsmith.config.ts', '')],
    ['a template', () => write('templates/header.hbs', `// mine\n${readFileSync(path('templates/header.hbs'), 'utf8')}`)],
    ['one more template', () => cpSync(repositoryPath('templates/guard.ts.hbs'), path('templates/guard.ts.hbs'))],
    ['the source', () => write('catalogs/catalog.json', readFileSync(path('catalogs/catalog.json'), 'utf8').replace('"name": "users"', '"name": "people"'))],
    ['an output', () => write('generated/db.ts', readFileSync(path('generated/db.ts'), 'utf8').replace('interface', 'Interface'))],
    ['an output that is gone', () => unlinkSync(path('generated/models/person.ts'))],
    ['an output too many', () => cpSync(path('generated/models/person.ts'), path('generated/models/gone.ts'))],
  ])('%s is not missed', (_what, change) => {
    expect(check()).toMatchObject(answered);
    change();
    expect(check().loaded).toContain('pipeline');
  });

  test('a plain command line loads neither yargs nor, without templates of the user, Handlebars', () => {
    const plain = run(['generate', '--source', 'catalogs/catalog.json', '--out', 'plain', '--config', 'none.json']);
    expect(plain).toMatchObject({ code: 0, loaded: expect.arrayContaining(['pipeline']) });
    expect(plain.loaded).not.toContain('yargs');
    expect(plain.modules).toContain('handlebars/runtime.js');
    expect(plain.modules).not.toContain('handlebars/dist/cjs/handlebars/compiler/compiler.js');
    write('generated/db.ts', '');
    expect(run(['generate']).modules).toContain('handlebars/dist/cjs/handlebars/compiler/compiler.js');
    expect(run(['generate', '--source', 'catalogs/catalog.json', '--out', 'plain', '--config', 'none.json', '--no-json']).loaded).toContain('yargs');
  });

  test('after some seconds a folder is told by its time, and what comes or goes then is not missed', async () => {
    await sleep(3500);
    expect(check()).toMatchObject(answered);
    expect(check()).toMatchObject(answered);
    const records = path('.cache/rowsmith/runs');
    expect(readFileSync(join(records, readdirSync(records)[0] as string), 'utf8')).toMatch(/"digests":"[^"]*","changed":/);
    cpSync(path('generated/models/person.ts'), path('generated/models/gone.ts'));
    expect(check()).toMatchObject({ code: 1, stdout: expect.stringContaining('orphaned: generated/models/gone.ts') });
    unlinkSync(path('generated/models/gone.ts'));
    expect(check().code).toBe(0);
    unlinkSync(path('generated/models/person.ts'));
    expect(check()).toMatchObject({ code: 1, stdout: expect.stringContaining('missing: generated/models/person.ts') });
  });

  test('a variable that the config asks for is not missed', () => {
    expect(check({ OTHER: 'x' })).toMatchObject(answered);
    const { code, loaded } = check({ OUT: 'elsewhere' });
    expect(loaded).toContain('pipeline');
    expect(code).toBe(1);
  });

  test('a file written anew with the same text changes nothing', () => {
    write('names.ts', readFileSync(path('names.ts'), 'utf8'));
    write('generated/db.ts', readFileSync(path('generated/db.ts'), 'utf8'));
    expect(check()).toMatchObject(answered);
  });

  test('a record that is broken, or another version’s, is made anew', () => {
    const records = path('.cache/rowsmith/runs');
    const record = join(records, readdirSync(records)[0] as string);
    for (const text of ['', '{', '{}', 'null', JSON.stringify({ ...(JSON.parse(readFileSync(record, 'utf8')) as object), tool: 'older' })]) {
      writeFileSync(record, text);
      expect(check()).toMatchObject({ code: 0, loaded: expect.arrayContaining(['pipeline']) });
      expect(check()).toMatchObject(answered);
    }
  });

  test('several projects are answered together, and what concerns one is not missed', async () => {
    write('several.config.json', JSON.stringify({
      source: { catalog: 'catalogs/catalog.json' },
      projects: [{ name: 'a', out: 'a' }, { name: 'b', out: 'b', templates: 'templates' }],
    }));
    await sleep(200);
    const several = (command: string) => run([command, '--config', 'several.config.json']);
    const upToDate = expect.stringMatching(/^a: up to date, \d+ files\nb: up to date, \d+ files\n$/);
    expect(several('generate').code).toBe(0);
    expect(several('check')).toMatchObject({ ...answered, stdout: upToDate });
    expect(several('generate')).toMatchObject({ ...answered, stdout: upToDate });
    write('b/db.ts', `${readFileSync(path('b/db.ts'), 'utf8')}// mine\n`);
    expect(several('check')).toMatchObject({ code: 1, stdout: expect.stringContaining('stale: b/db.ts') });
    write('templates/header.hbs', `${readFileSync(path('templates/header.hbs'), 'utf8')}// another head\n`);
    expect(several('generate').stdout).toMatch(/^a: up to date, \d+ files\nb: \d+ of \d+ files changed\n/);
  });

  test('stale output is not remembered', () => {
    const db = readFileSync(path('generated/db.ts'), 'utf8');
    write('generated/db.ts', db.replace('DB', 'BD'));
    expect(check().code).toBe(1);
    expect(check().code).toBe(1);
  });
});

test('plugins that come with rowsmith are part of the tool', async () => {
  mkdirSync(path('node_modules'));
  symlinkSync(repositoryPath('.'), path('node_modules/rowsmith'), 'junction');
  cpSync(repositoryPath('test/cases/schemas/expected/catalog.json'), path('catalog.json'));
  write('rowsmith.config.mts', `import { zodSchemas } from 'rowsmith/zod'; export default { source: { catalog: 'catalog.json' }, plugins: [zodSchemas()] };`);
  await sleep(200);
  expect(run(['generate'])).toMatchObject({ code: 0, stderr: '' });
  expect(check()).toMatchObject(answered);
  unlinkSync(path('generated/zod/user.ts'));
  expect(check().code).toBe(1);
});

test.each([
  ['reads files itself', `import { readFileSync } from 'node:fs'; export default JSON.parse(readFileSync('inner.json', 'utf8'));`],
  ['names a module by an expression', `export default (await import('./inner' + '.json', { with: { type: 'json' } })).default;`],
  ['looks at the whole environment', `export default { source: { catalog: 'catalog.json' }, ...(Object.keys(process.env).includes('NEVER') ? { out: 'x' } : {}) };`],
])('a config that %s is always read', async (_what, config) => {
  cpSync(repositoryPath('test/cases/schemas/expected/catalog.json'), path('catalog.json'));
  write('inner.json', JSON.stringify({ source: { catalog: 'catalog.json' } }));
  write('rowsmith.config.mjs', config);
  await sleep(200);
  expect(run(['generate'])).toMatchObject({ code: 0, stderr: '' });
  expect(check()).toMatchObject({ code: 0, loaded: expect.arrayContaining(['pipeline']) });
  expect(existsSync(path('.cache/rowsmith/runs'))).toBe(false);
});

describe.each(POSTGRES_VERSIONS)('of a database, PostgreSQL %s', (version) => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase(version, 'create table account (id int primary key, name text not null); create view names as select name from account');
  });
  afterAll(() => database.drop());

  const sql = async (text: string) => {
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query(text);
    await client.end();
  };
  const withUrl = { DATABASE_URL: '' };

  test('the server tells that nothing changed, and what changes is not missed', async () => {
    withUrl.DATABASE_URL = database.url;
    expect(run(['generate'], withUrl).code).toBe(0);
    const first = check(withUrl);
    expect(first.code).toBe(0);
    expect(first.loaded).toEqual(expect.arrayContaining(['catalog', 'cli', 'pg', 'run-record']));
    for (const heavy of ['yargs', 'handlebars', 'pipeline', 'model', 'emit']) expect(first.loaded).not.toContain(heavy);
    await sql(`comment on column account.name is 'as people say it'`);
    expect(check(withUrl).code).toBe(1);
    await sql(`comment on column account.name is null`);
    expect(check(withUrl).code).toBe(0);
    await sql('create or replace view names as select nullif(name, $$$$) as name from account');
    expect(check(withUrl).code).toBe(1);
  });

  test('no record holds the URL', () => {
    run(['generate', '--source', database.url.replace('postgres@', 'postgres:secret@')]);
    const records = path('.cache/rowsmith/runs');
    expect(readdirSync(records)).toHaveLength(1);
    for (const record of readdirSync(records)) expect(readFileSync(join(records, record), 'utf8')).not.toMatch(/secret|postgres:\/\//);
  });
});
