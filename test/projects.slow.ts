import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { check, type GenerateOptions, generate, generateAll, loadConfig } from '../src/index.js';
import { rowsmith } from './support/cli.js';
import { repositoryPath } from './support/repository.js';
import { RunningCli } from './support/running.js';

const schema = (total: string) => `
CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id integer PRIMARY KEY, user_id integer NOT NULL REFERENCES users, total ${total});
CREATE TABLE audit_log (id integer PRIMARY KEY, what text NOT NULL);
`;
const config = {
  source: { sql: 'schema.sql' },
  models: {
    users: { computed: { loudName: { sql: 'upper(t.name)' } } },
    orders: { computed: { half: { sql: 't.total / 2' } } },
  },
  projects: [
    { name: 'shop', out: 'shop/db', include: ['users', 'orders'] },
    { name: 'audit', out: 'audit/db', include: ['audit_log'] },
    { name: 'everything', out: 'all', driver: 'pglite', models: { users: { name: 'Person' } } },
  ],
};

let folder: string;
const models = (out: string) => readdirSync(join(folder, out, 'models')).sort();
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
const writeConfig = (value: object) => write('rowsmith.config.json', JSON.stringify(value));
const loaded = async (): Promise<GenerateOptions> => (await loadConfig(undefined, folder)) as GenerateOptions;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-projects-'));
  write('schema.sql', schema('integer'));
  writeConfig(config);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('each project gets its part, and what it does not say from beside the projects', async () => {
  expect((await generateAll(await loaded())).map(({ out }) => out)).toEqual([
    join(folder, 'shop/db'),
    join(folder, 'audit/db'),
    join(folder, 'all'),
  ]);
  expect([models('shop/db'), models('audit/db'), models('all')]).toEqual([
    ['order.ts', 'user.ts'],
    ['audit-log.ts'],
    ['audit-log.ts', 'order.ts', 'person.ts'],
  ]);
  expect(read('shop/db/models/user.ts')).toContain('readonly loudName: string;');
  expect(read('shop/db/models/order.ts')).toContain('readonly half: number | null;');
  expect(read('all/models/person.ts')).not.toContain('loudName');
});

test('a project by itself gives the same', () => {
  const before = read('shop/db/manifest.json');
  expect(rowsmith(['generate', '--project', 'shop'], folder)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^shop\/db: up to date, \d+ files\n$/),
  });
  expect(read('shop/db/manifest.json')).toBe(before);
});

test('all are watched; a change is said once, and a template of one project concerns that one', async () => {
  const header = readFileSync(repositoryPath('templates/header.hbs'), 'utf8');
  mkdirSync(join(folder, 'templates'));
  write('templates/header.hbs', header);
  writeConfig({
    ...config,
    projects: config.projects.map((project) =>
      project.name === 'audit' ? { ...project, templates: 'templates' } : project,
    ),
  });
  const cli = new RunningCli(['generate', '--watch'], folder);
  try {
    await cli.says('Watching for changes. Press Ctrl-C to stop.\n');
    write('schema.sql', `${schema('integer')}ALTER TABLE users ADD COLUMN email text;\n`);
    await cli.says('The schema changed:\n');
    const said = await cli.says('\nall: ');
    expect(said.match(/users\.email was added/g)).toHaveLength(1);
    expect(said).toMatch(/^shop\/db: \d+ of \d+ files changed\n[\s\S]*^audit\/db: up to date, \d+ files\n/m);
    write('templates/header.hbs', `${header}// another head\n`);
    expect(await cli.says('\nall: up to date, ')).toMatch(
      /^shop\/db: up to date, \d+ files\naudit\/db: \d+ of \d+ files changed\n/m,
    );
    expect(await cli.end()).toBe(0);
  } finally {
    await cli.end('SIGKILL');
    writeConfig(config);
    write('schema.sql', schema('integer'));
    expect(rowsmith(['generate'], folder).code).toBe(0);
  }
});

test('check names the projects that are stale; one that does not see the change is not', () => {
  write('schema.sql', schema('bigint'));
  const { code, stdout } = rowsmith(['check'], folder);
  expect(code).toBe(1);
  expect(stdout).toContain('stale: shop/db/models/order.ts');
  expect(stdout).toContain('stale: all/models/order.ts');
  expect(stdout).toMatch(/^audit\/db: up to date, \d+ files$/m);
});

test('diff is about one project', () => {
  expect(rowsmith(['diff', '--project', 'audit'], folder)).toMatchObject({
    code: 0,
    stdout: 'The schema did not change.\n',
  });
  expect(rowsmith(['diff'], folder)).toMatchObject({
    code: 2,
    stderr:
      'error: The config has several projects; select one.\n  Select it with --project: shop, audit, everything.\n',
  });
});

test('where one project fails none is written', async () => {
  writeConfig({ ...config, projects: [...config.projects, { name: 'broken', out: 'broken', include: ['user'] }] });
  const before = read('shop/db/manifest.json');
  await expect(generateAll(await loaded())).rejects.toMatchObject({ code: 'nothing-to-generate' });
  expect(read('shop/db/manifest.json')).toBe(before);
});

test('what has one output refuses several, and names that are none', async () => {
  writeConfig(config);
  for (const run of [generate, check])
    await expect(run(await loaded())).rejects.toMatchObject({ code: 'project-unknown' });
  expect(rowsmith(['generate', '--project', 'shpo'], folder)).toMatchObject({
    code: 2,
    stderr: 'error: The config has no project "shpo".\n  Did you mean "shop"?\n',
  });
  expect(rowsmith(['generate', '--out', 'x'], folder)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Select one with --project.'),
  });
  for (const [projects, problem] of [
    [[], 'projects must name at least one project'],
    [[{ name: 'a' }], 'projects.0.out is missing'],
    [
      [
        { name: 'a', out: 'a' },
        { name: 'a', out: 'b' },
      ],
      'projects.1.name is "a" again',
    ],
    [
      [
        { name: 'a', out: 'a' },
        { name: 'b', out: './a' },
      ],
      "projects.1.out is another project's folder",
    ],
  ] as const) {
    writeConfig({ ...config, projects });
    await expect(loaded()).rejects.toMatchObject({ code: 'config-invalid', message: expect.stringContaining(problem) });
  }
});
