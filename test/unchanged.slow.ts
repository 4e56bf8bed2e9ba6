/** The record of the last run answers runs that would find nothing new, and every change is noticed. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rowsmith } from './support/cli.js';
import { RecordedProject } from './support/record.js';
import { repositoryPath } from './support/repository.js';

let project: RecordedProject;
const run: RecordedProject['run'] = (...args) => project.run(...args);
const answered = { code: 0, isAnswered: true };
const done = { code: 0, isAnswered: false };
const stale = { code: 1, isAnswered: false };

beforeEach(() => {
  project = new RecordedProject();
});
afterEach(() => project.remove());

const upToDate = expect.stringMatching(/^generated: up to date, \d+ files\n$/);

describe('of files', () => {
  beforeEach(() => {
    project.addCatalog('catalogs/catalog.json');
    project.write('templates/header.hbs', readFileSync(repositoryPath('templates/header.hbs'), 'utf8'));
    project.write('names.ts', `export const name = 'Person';\n`);
    project.write(
      'rowsmith.config.mts',
      `
      import { name } from /* a comment */ './names.ts';
      export default { source: { catalog: 'catalogs/catalog.json' }, templates: 'templates', ...(process.env.OUT ? { out: process.env.OUT } : {}), models: { 'public.users': { name, plural: 'users' } } };
    `,
    );
    expect(run(['generate'])).toMatchObject(done);
  });

  test('the next runs are answered, whichever they are, and --force looks anew', () => {
    expect(run(['check'])).toMatchObject({ ...answered, stdout: upToDate });
    expect(run(['generate'])).toMatchObject({ ...answered, stdout: upToDate });
    expect(run(['generate', '--check'])).toMatchObject(answered);
    expect(run(['check'], { OTHER: 'x' })).toMatchObject(answered);
    expect(run(['check', '--force'])).toMatchObject({ ...done, stdout: upToDate });
    expect(run(['generate', '--force'])).toMatchObject({ ...done, stdout: upToDate });
    const [anew, again] = [run(['check', '--json', '--force']).stdout, run(['check', '--json']).stdout].map(
      (text) => JSON.parse(text) as object,
    );
    expect(again).toEqual({ ...anew, notes: ['answered by the record'] });
  });

  test.each<[string, () => void]>([
    [
      'the config',
      () => project.edit('rowsmith.config.mts', "{ name, plural: 'users' } } }", "{name:'A', plural: 'users'}}}"),
    ],
    ['a module that the config imports', () => project.edit('names.ts', 'Person', 'Member')],
    [
      'a config that comes first',
      () => project.write('rowsmith.config.ts', `export default { source: { catalog: 'catalogs/catalog.json' } };`),
    ],
    ['a template', () => project.edit('templates/header.hbs', '// ', '//-')],
    ['one more template', () => project.write('templates/guard.ts.hbs', '// mine\n')],
    ['the source', () => project.edit('catalogs/catalog.json', '"users"', '"peers"')],
    ['an output', () => project.edit('generated/db.ts', 'interface', 'Interface')],
    ['an output that is gone', () => unlinkSync(project.path('generated/models/person.ts'))],
    [
      'an output too many',
      () => cpSync(project.path('generated/models/person.ts'), project.path('generated/models/gone.ts')),
    ],
    [
      'an output too many, where none is',
      () => project.write('generated/slices/gone.ts', project.read('generated/db.ts')),
    ],
  ])('%s is seen, though neither size nor time tells it', (_what, change) => {
    expect(run(['check'])).toMatchObject(answered);
    change();
    const changed = run(['check']);
    expect(changed).toMatchObject({ isAnswered: false });
    expect(changed.code).toBeGreaterThan(0);
  });

  test('a variable that the config asks for is seen', () => {
    expect(run(['check'], { OUT: 'elsewhere' })).toMatchObject(stale);
  });

  test('what is written anew with the same text is the same', () => {
    for (const name of ['names.ts', 'generated/db.ts', 'catalogs/catalog.json', 'templates/header.hbs'])
      project.write(name, project.read(name));
    project.write('generated/mine.ts', '// written by hand\n');
    expect(run(['check'])).toMatchObject(answered);
  });

  test('a record that is damaged, or of another rowsmith, is made anew', () => {
    const record = join(project.records, readdirSync(project.records)[0] as string);
    const text = readFileSync(record, 'utf8');
    for (const damaged of [
      '',
      '\n',
      '{}',
      `${text.slice(0, 65)}null`,
      text.slice(0, -1),
      text.replace('"tool":"', '"tool":"0'),
      text.replace('"heard":[', '"heard":["?",'),
    ]) {
      writeFileSync(record, damaged);
      expect(run(['check'])).toMatchObject({ ...done, stderr: '' });
      expect(run(['check'])).toMatchObject(answered);
    }
  });

  test('stale output is not remembered', () => {
    project.edit('generated/db.ts', 'DB', 'BD');
    expect(run(['check'])).toMatchObject(stale);
    expect(run(['check'])).toMatchObject(stale);
  });

  test('another working directory is asked for itself', () => {
    mkdirSync(project.path('inner'));
    const inner = (command: string) => run([command, '--config', '../rowsmith.config.mts'], {}, 'inner');
    expect(inner('check')).toMatchObject({ ...done, stdout: expect.stringMatching(/^\.\.\/generated: up to date/) });
    expect(inner('check')).toMatchObject({
      ...answered,
      stdout: expect.stringMatching(/^\.\.\/generated: up to date/),
    });
    expect(run(['check'])).toMatchObject({ ...answered, stdout: upToDate });
  });

  test('a cache of another commit says nothing wrong', () => {
    const keep = (name: string) =>
      ['.cache', 'generated'].forEach((folder) =>
        cpSync(project.path(folder), project.path(`${name}/${folder}`), { recursive: true }),
      );
    const restore = (name: string, folder: string) => {
      rmSync(project.path(folder), { recursive: true });
      cpSync(project.path(`${name}/${folder}`), project.path(folder), { recursive: true });
    };
    keep('first');
    project.edit('names.ts', 'Person', 'Member');
    expect(run(['generate']).code).toBe(0);
    keep('second');
    restore('first', '.cache');
    expect(run(['check'])).toMatchObject(done);
    restore('first', '.cache');
    restore('first', 'generated');
    expect(run(['check'])).toMatchObject(stale);
    restore('second', '.cache');
    expect(run(['check'])).toMatchObject(stale);
  });

  test('several projects are answered together, and what concerns one is seen', () => {
    project.write(
      'several.config.json',
      JSON.stringify({
        source: { catalog: 'catalogs/catalog.json' },
        projects: [
          { name: 'a', out: 'a' },
          { name: 'b', out: 'b', templates: 'templates' },
        ],
      }),
    );
    const several = (command: string) => run([command, '--config', 'several.config.json']);
    expect(several('generate')).toMatchObject(done);
    expect(several('check')).toMatchObject({
      ...answered,
      stdout: expect.stringMatching(/^a: up to date, \d+ files\nb: up to date, \d+ files\n$/),
    });
    expect(run(['check', '--config', 'several.config.json', '--project', 'a'])).toMatchObject(done);
    project.write('b/db.ts', `${project.read('b/db.ts')}// mine\n`);
    expect(several('check')).toMatchObject({ ...stale, stdout: expect.stringContaining('stale: b/db.ts') });
    project.write('templates/header.hbs', `${project.read('templates/header.hbs')}// another head\n`);
    expect(several('generate').stdout).toMatch(/^a: up to date, \d+ files\nb: \d+ of \d+ files changed\n/);
  });

  test.each([
    ['a file', 'rowsmith.config.mts'],
    ['a folder in which there is a file in the way', 'taken'],
  ])('a cache that is %s is no error', (_what, cache) => {
    project.write('taken/rowsmith', '');
    for (const command of ['check', 'generate', 'check']) {
      const { code, stderr } = run([command], { XDG_CACHE_HOME: project.path(cache) });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }
  });

  test('of many records the oldest are forgotten', () => {
    for (let number = 0; number < 120; number++) project.write(`.cache/rowsmith/runs/${number}.json`, '');
    expect(run(['check', '--force']).code).toBe(0);
    expect(readdirSync(project.records)).toHaveLength(100);
    expect(run(['check'])).toMatchObject(answered);
  });
});

test('two checkouts that share their packages have records of their own', () => {
  for (const checkout of ['one', 'two']) {
    project.addCatalog(`${checkout}/catalog.json`);
    mkdirSync(project.path('shared'), { recursive: true });
    symlinkSync(project.path('shared'), project.path(`${checkout}/node_modules`), 'junction');
    expect(run(['generate', '--source', 'catalog.json'], {}, checkout)).toMatchObject(done);
  }
  expect(existsSync(project.path('shared/.cache/rowsmith/runs'))).toBe(true);
  unlinkSync(project.path('one/catalog.json'));
  cpSync(repositoryPath('test/cases/columns/expected/catalog.json'), project.path('one/catalog.json'));
  expect(run(['check', '--source', 'catalog.json'], {}, 'one').code).toBe(1);
  expect(run(['check', '--source', 'catalog.json'], {}, 'two').code).toBe(0);
});

/**
 * A link or a folder that changes at some moment during a run. Whatever the run read, it is never mistaken for the
 * other.
 */
test.each([
  [
    'a link that is switched',
    `rmSync('source'); symlinkSync('second', 'source', 'junction');`,
    (path: (name: string) => string) => symlinkSync(path('first'), path('source'), 'junction'),
  ],
  [
    'a folder that is renamed',
    `renameSync('source', 'away'); renameSync('second', 'source');`,
    (path: (name: string) => string) => renameSync(path('first'), path('source')),
  ],
])('%s during a run', async (_what, action, begin) => {
  for (const delay of [0, 5, 10, 20, 30, 45, 60]) {
    const own = new RecordedProject();
    try {
      own.addCatalog('first/catalog.json');
      own.write('first/templates/header.hbs', '// {{notice}} first\n');
      cpSync(
        repositoryPath('test/cases/columns/expected/catalog.json'),
        join(own.path('first'), '../second/catalog.json'),
        { recursive: true },
      );
      own.write('second/templates/header.hbs', '// {{notice}} later\n');
      begin(own.path);
      own.write(
        'rowsmith.config.mjs',
        `
        import { renameSync, rmSync, symlinkSync } from 'node:fs';
        if (process.env.DELAY) setTimeout(() => { ${action} }, Number(process.env.DELAY));
        export default { source: { catalog: 'source/catalog.json' }, templates: 'source/templates' };
      `,
      );
      own.run(['generate'], { DELAY: String(delay) });
      const [code, forced] = own.checks();
      expect({ delay, code }).toEqual({ delay, code: forced });
      own.run(['generate']);
      expect(own.run(['check'])).toMatchObject(answered);
    } finally {
      own.remove();
    }
  }
});

test('a file of rowsmith that is edited in place is seen', async () => {
  for (const part of ['dist', 'templates', 'package.json'])
    cpSync(repositoryPath(part), project.path(`tool/${part}`), { recursive: true });
  symlinkSync(repositoryPath('node_modules'), project.path('tool/node_modules'), 'junction');
  project.addCatalog();
  const own = (command: string) =>
    rowsmith([command, '--source', 'catalog.json'], project.folder, {}, project.path('tool/dist/cli/main.js'));
  // A file that is as new as the process may differ from what the process loaded. Such runs are carried out and not
  // recorded.
  expect(own('generate').code).toBe(0);
  expect(existsSync(project.records)).toBe(false);
  await sleep(3200);
  expect(own('generate').code).toBe(0);
  expect(readdirSync(project.records)).toHaveLength(1);
  const scripts = readdirSync(project.path('tool/dist'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.[cm]?js$/.test(name) && project.read(`tool/dist/${name}`).includes('Regenerate with: '),
  );
  expect(scripts.length).toBeGreaterThan(0);
  for (const name of scripts) project.edit(`tool/dist/${name}`, 'Regenerate with: ', 'Regenerate  by:  ');
  expect(own('check').code).toBe(1);
  await sleep(3200);
  expect(own('check').code).toBe(1);
});
