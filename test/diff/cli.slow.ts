import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { serializeCatalog } from '../../src/catalog/serialize.js';
import { snapshot } from '../../src/index.js';
import { rowsmith } from '../support/cli.js';
import { type FreshDatabase, freshDatabase, newestVersion, oldestVersion } from '../support/postgres.js';

const before = `
create type mood as enum ('calm', 'cross');
create table tasks (task_id bigint primary key, reason text, mood mood, gone integer);
create table notes (note_id bigint primary key, body text);`;
const after = `
create type mood as enum ('calm', 'cross', 'glad');
create table tasks (task_id bigint primary key, reason text not null, mood mood);
create table notes (note_id bigint primary key, body text, written date);`;

let folder: string;
let catalogs: { readonly before: string; readonly after: string };
let database: FreshDatabase;
const path = (name: string) => join(folder, name);
const write = (name: string, text: string) => writeFileSync(path(name), text);
const diff = (...args: string[]) => rowsmith(['diff', '--from', 'before.json', '--to', 'after.json', ...args], folder);
const json = (...args: string[]) =>
  JSON.parse(diff('--format', 'json', ...args).stdout) as {
    findings: { id: string; severity: string; used?: boolean; file: string; line: number }[];
    summary: object;
  };

beforeAll(async () => {
  const read = async (sql: string) => {
    const fresh = await freshDatabase(newestVersion, sql);
    const { catalog } = await snapshot({ config: { source: { url: fresh.url } } });
    await fresh.drop();
    return serializeCatalog(catalog, 'test');
  };
  catalogs = { before: await read(before), after: await read(after) };
  database = await freshDatabase(oldestVersion, before);
});
afterAll(() => database.drop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-diff-'));
  write('before.json', catalogs.before);
  write('after.json', catalogs.after);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('formats', () => {
  test('text: the worst first, why, and what it touches', () => {
    expect(diff().stdout).toBe(`Breaking
  tasks.reason became NOT NULL: breaks insert and update [column-nullability]
      every insert must now provide it, and null is refused
      touches TasksTable.reason, Task.reason, TaskInsert.reason, TaskUpdate.reason
  tasks.gone was removed (integer): breaks select, insert and update [column-removed]
      every statement that names it fails
      touches TasksTable.gone, Task.gone, TaskInsert.gone, TaskUpdate.gone

Dangerous
  mood gained the value 'glad': dangerous [enum-label-added]
      a switch over the union does not handle it
      touches Mood, moodValues, TasksTable.mood, Task.mood

Safe
  notes.written was added (date): safe [column-added]
      inserts need not provide it
      touches NotesTable.written, Note.written

2 breaking, 1 dangerous, 1 safe
`);
  });

  test('markdown', () => {
    const { stdout } = diff('--format', 'markdown');
    expect(stdout).toContain('## Breaking\n\n| Change | Rule | Why | Generated names |\n');
    expect(stdout).toContain('| tasks.reason became NOT NULL: breaks insert and update | `column-nullability` |');
  });

  test('json', () => {
    const { findings, summary } = json();
    expect(findings.map(({ id }) => id)).toEqual([
      'column-nullability/tasks/reason',
      'column-removed/tasks/gone',
      'enum-label-added/mood/glad',
      'column-added/notes/written',
    ]);
    expect(summary).toEqual({
      error: 2,
      warning: 1,
      info: 1,
      breaking: 2,
      ignored: 0,
      unusedIgnores: [],
      expiredIgnores: [],
    });
  });

  test('github', () => {
    const [first] = diff('--format', 'github').stdout.split('\n');
    expect(first).toMatch(
      /^::error file=generated\/models\/task\.ts,line=1,title=column-nullability::tasks\.reason became NOT NULL: breaks insert and update%0A/,
    );
  });

  test('sarif', () => {
    const log = JSON.parse(diff('--format', 'sarif').stdout) as {
      version: string;
      runs: { results: { ruleId: string; level: string; partialFingerprints: object }[] }[];
    };
    expect(log.version).toBe('2.1.0');
    expect(log.runs[0]?.results.map(({ ruleId, level }) => `${level} ${ruleId}`)).toEqual([
      'error column-nullability',
      'error column-removed',
      'warning enum-label-added',
      'note column-added',
    ]);
  });

  test.each(['text', 'markdown', 'json', 'github', 'sarif'])('%s: two runs differ in nothing', (format) => {
    expect(diff('--format', format)).toEqual(diff('--format', format));
  });
});

describe('exit codes', () => {
  const cases: [name: string, args: string[], code: number][] = [
    ['breaking', [], 1],
    ['dangerous counts when asked for', ['--fail-on', 'warning'], 1],
    ['never', ['--fail-on', 'never'], 0],
    ['no change', ['--to', 'before.json'], 0],
    ['a source that is not there', ['--to', 'none.json'], 2],
    ['a source that is no catalog', ['--to', 'bad.json'], 2],
    ['a server that is not there', ['--to', 'postgres://u:secret@127.0.0.1:1/d'], 2],
    ['a format that is none', ['--format', 'xml'], 2],
    ['a threshold that is none', ['--fail-on', 'bad'], 2],
    ['an option that is none', ['--form', 'x'], 2],
    ['usage that matches nothing', ['--usage', 'none/**/*.ts'], 2],
    ['usage that is no TypeScript', ['--usage', 'broken.ts'], 2],
    ['usage in a language that is not searched', ['--usage', 'main.rs'], 2],
  ];

  test.each(cases)('%s', (_name, args, expected) => {
    write('bad.json', '{}');
    write('broken.ts', 'const a = {{');
    write('main.rs', 'fn main() {}');
    const to = args.includes('--to') ? [] : ['--to', 'after.json'];
    const { code, stdout, stderr } = rowsmith(['diff', '--from', 'before.json', ...to, ...args], folder);
    expect({ code, clean: code === 2 ? stdout : '' }).toEqual({ code: expected, clean: '' });
    expect(stderr).not.toMatch(/^\s+at |secret|This is a bug/m);
  });

  test('without --from the committed catalog is compared, and without one there is nothing to say', () => {
    expect(rowsmith(['diff', '--to', 'after.json'], folder)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('has no catalog.json'),
    });
    mkdirSync(path('generated'));
    write('generated/catalog.json', catalogs.before);
    expect(rowsmith(['diff', '--to', 'after.json'], folder).stdout).toBe(diff().stdout);
  });

  test("--to is the config's source, and a live server's", () => {
    write('rowsmith.config.json', JSON.stringify({ source: { url: database.url } }));
    expect(rowsmith(['diff', '--from', 'before.json'], folder)).toEqual({
      code: 0,
      stdout: 'The schema did not change.\n',
      stderr: '',
    });
    expect(rowsmith(['diff', '--from', 'after.json'], folder).code).toBe(1);
  });
});

describe('--usage', () => {
  const usage = (code: string) => {
    write('app.ts', code);
    return json('--usage', '*.ts').findings.map(
      ({ id, severity, used, file, line }) => `${severity} ${id}${used ? ` ${file}:${line}` : ''}`,
    );
  };

  test('what the code names stays, and points at the code', () => {
    expect(usage(`\nexport const a = (db: any) => db.selectFrom('tasks').select('gone');`)).toEqual([
      'error column-nullability/tasks/reason app.ts:2',
      'error column-removed/tasks/gone app.ts:2',
      'info column-added/notes/written',
      'info enum-label-added/mood/glad',
    ]);
  });

  test('a column of another table is no use of this one', () => {
    expect(usage(`export const a = (db: any) => db.selectFrom('notes').select('gone');`)).toEqual([
      'info column-added/notes/written',
      'info column-nullability/tasks/reason',
      'info column-removed/tasks/gone',
      'info enum-label-added/mood/glad',
    ]);
  });

  test('raw SQL, templates, generated names and property names count', () => {
    expect(usage('sql`select gone from tasks`; declare const sql: any')[1]).toBe(
      'error column-removed/tasks/gone app.ts:1',
    );
    expect(usage('export const f = (task: Task) => task.gone')[1]).toBe('error column-removed/tasks/gone app.ts:1');
    expect(usage('export const moods: Mood[] = []')[0]).toBe('warning enum-label-added/mood/glad app.ts:1');
  });

  test('what is no use: a type that lists the columns, a migration, the words of two files', () => {
    const unused = 'info column-removed/tasks/gone';
    expect(usage("interface Tasks { gone: string } export const a = (db: any) => db.selectFrom('tasks');")).toContain(
      unused,
    );
    write('other.ts', 'export const b = (row: any) => row.gone;');
    expect(usage("export const a = (db: any) => db.selectFrom('tasks');")).toContain(unused);
    mkdirSync(join(folder, 'migrations'));
    write('migrations/1.ts', "export const up = (db: any) => db.selectFrom('tasks').select('gone');");
    write('app.ts', 'export const a = 1;');
    expect(json('--usage', '**/*.ts').findings.every(({ severity }) => severity === 'info')).toBe(true);
  });

  test('with nothing used it is clean', () => {
    write('app.ts', 'export const a = 1;');
    expect(diff('--usage', '*.ts').code).toBe(0);
  });
});

describe('ignores', () => {
  const ignoring = (...ignores: object[]) => write('rowsmith.config.json', JSON.stringify({ diff: { ignores } }));

  test('take changes out, by rule, table and field', () => {
    ignoring(
      { rule: 'column-*', table: 'tasks', reason: 'planned' },
      { rule: 'enum-label-added', table: 'mood', reason: 'known' },
    );
    expect(json().findings.map(({ id }) => id)).toEqual(['column-added/notes/written']);
    expect(diff().stdout).toContain('0 breaking, 0 dangerous, 1 safe; 3 ignored\n');
    expect(diff().code).toBe(0);
  });

  test('that are unused or expired are told', () => {
    ignoring({ table: 'nowhere', reason: 'typo' }, { table: 'tasks', reason: 'for a while', expires: '2001-01-01' });
    expect(diff()).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(
        'unused ignore, remove it: * nowhere: typo\nexpired ignore, which hides nothing anymore: * tasks: for a while (until 2001-01-01)\n',
      ),
    });
  });

  test('need a reason', () => {
    ignoring({ table: 'tasks' });
    expect(diff()).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('diff.ignores.0.reason is missing'),
    });
  });
});
