import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { serializeCatalog } from '../../src/catalog/serialize.js';
import { rowsmith } from '../support/cli.js';
import { repositoryPath } from '../support/repository.js';
import { catalogOf, relation } from './support.js';

let folder: string;
const write = (name: string, text: string | Buffer) => writeFileSync(join(folder, name), text);
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const drift = (...args: string[]) => rowsmith(['drift', '--source', 'catalog.json', ...args], folder);
const findings = (...args: string[]) =>
  (JSON.parse(drift('--format', 'json', ...args).stdout) as { findings: { id: string }[] }).findings.map(
    ({ id }) => id,
  );

const clean = '#[derive(FromRow)]\npub struct Task {\n    pub id: i64,\n    pub name: String,\n}\n';
const drifted = 'pub struct Task {\n    pub id: i32,\n    pub extra: bool,\n}\n';
const all = ['missing-field/tasks/name', 'extra-field/tasks/extra', 'type-mismatch/tasks/id/id'];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-drift-'));
  write('catalog.json', serializeCatalog(catalogOf(relation('tasks', { id: 'int8!', name: 'text!' })), 'test'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('exit codes', () => {
  test.each([
    ['clean', clean, [], 0],
    ['errors', drifted, [], 1],
    ['warnings alone', `${clean}#[derive(FromRow)] struct Gone { a: i32 }`, [], 0],
    ['warnings, failing on them', `${clean}#[derive(FromRow)] struct Gone { a: i32 }`, ['--fail-on', 'warning'], 1],
    ['a table that is gone', `${clean}/// Maps to \`gone\`\nstruct Gone { a: i32 }`, [], 1],
    ['nothing compared, failing on nothing', 'struct Other { a: i32 }', ['--fail-on', 'never'], 2],
    ['no type at all', 'fn main() {}', [], 2],
    ['errors, failing on nothing', drifted, ['--fail-on', 'never'], 0],
    ['broken text, failing on nothing', `${clean}struct X { a: `, ['--fail-on', 'never'], 2],
  ])('%s', (_, text, args, code) => {
    write('task.rs', text);
    expect(drift('--models', '*.rs', ...args).code).toBe(code);
  });
});

test('a statement tells which columns of a table may be null, and nothing of those of a view', () => {
  write(
    'schema.sql',
    `create table tasks (id int8 primary key, name text, words text generated always as (name || '!') stored);
    create view named as select * from tasks;`,
  );
  const fills = (struct: string, from: string) =>
    `struct ${struct} { id: i64, name: String }\nfn f() { query_as!(${struct}, "select id, name from ${from}") }\n`;
  const generated = 'struct Words { words: String }\nfn f() { query_as!(Words, "select words from tasks") }\n';
  write('task.rs', fills('Task', 'tasks') + fills('Named', 'named') + generated);
  const { stdout } = rowsmith(['drift', '--source', 'schema.sql', '--models', '*.rs', '--format', 'json'], folder);
  const { findings: found } = JSON.parse(stdout) as { findings: { id: string; severity: string }[] };
  const nullable = found.filter(({ id }) => id.startsWith('nullability-mismatch/'));
  expect(nullable.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
    'error nullability-mismatch/tasks/name/name',
    'warning nullability-mismatch/tasks/words/words',
  ]);
});

test('a template with values is a statement, and one with parts of a statement says nothing', () => {
  write('schema.sql', 'create table users (id int8 primary key, name text not null, seen int8)');
  write(
    'users.ts',
    `interface Seen { id: string; since: string }
interface Some { id: string }
sql<Seen[]>\`select id, seen as since from users where name = \${name}\`;
sql<Some[]>\`select id, \${columns} from users\`;
sql<Some[]>\`select id from users where \${condition} \${order}\`;
interface Dated { id: string; day: number }
sql<Dated[]>\`select id, to_char(now(), 'YYYY') as day from users where name <> \${name} \${condition} limit \${limit}\`;
interface Mine { id: string; more: string }
sql<Mine[]>\`with "m" as (select id from users where name = \${name}) select m.* from "m" m\`;`,
  );
  const { stdout } = rowsmith(['drift', '--source', 'schema.sql', '--models', '*.ts', '--format', 'json'], folder);
  const { findings: found } = JSON.parse(stdout) as { findings: { id: string; severity: string }[] };
  expect(found.filter(({ severity }) => severity === 'error').map(({ id }) => id)).toEqual([
    'type-mismatch/users/day/day',
    'nullability-mismatch/users/since/since',
    'extra-field/Mine/more',
  ]);
});

test('queries that generate would refuse do not stop it', () => {
  write('task.rs', drifted);
  write('q.sql', '-- name: gone :many\nselect nothing from nowhere');
  write(
    'rowsmith.config.json',
    JSON.stringify({ source: { catalog: 'catalog.json' }, queries: ['q.sql', 'no/*.sql'] }),
  );
  expect(rowsmith(['drift', '--models', '*.rs'], folder)).toMatchObject({ code: 1, stderr: '' });
  expect(rowsmith(['docs'], folder)).toMatchObject({ code: 2, stdout: '' });
});

describe('input that cannot be read is exit 2, with one clear line', () => {
  /** `--models` and what stands after it, once a file was written. */
  const withFile =
    (name: string, text: string | Buffer, ...models: string[]) =>
    () => {
      write(name, text);
      return ['--models', ...models];
    };
  const cases: [name: string, arrange: () => string[], message: string][] = [
    ['no models', () => [], 'No models were given.\n  Pass --models'],
    ['no such file', () => ['--models', 'none/*.rs'], '--models none/*.rs matches no file.'],
    [
      'one glob of two matches nothing',
      withFile('a.rs', clean, '*.rs', 'none/*.ts'),
      '--models none/*.ts matches no file.',
    ],
    ['another language', withFile('a.py', '', 'a.py'), 'matches 1 files, none in a language that rowsmith reads'],
    [
      'invalid UTF-8',
      withFile('a.rs', Buffer.from([0x73, 0xff, 0xfe]), 'a.rs'),
      'a.rs:1: a.rs was not read: it is not valid UTF-8.',
    ],
    ['a huge file', withFile('a.rs', Buffer.alloc(5 * 1024 * 1024, 0x20), 'a.rs'), 'it has 5 MB; the limit is 4 MB'],
    [
      'a link in a circle',
      () => {
        symlinkSync('b.rs', join(folder, 'a.rs'));
        symlinkSync('a.rs', join(folder, 'b.rs'));
        return ['--models', '*.rs'];
      },
      'it is a circular link',
    ],
    [
      'a link to nothing',
      () => {
        symlinkSync('gone.rs', join(folder, 'a.rs'));
        return ['--models', '*.rs'];
      },
      'it is a broken link',
    ],
    [
      'a pipe',
      () => {
        execFileSync('mkfifo', [join(folder, 'a.rs')]);
        return ['--models', '*.rs'];
      },
      'it is a pipe or a device, not a file',
    ],
    [
      'NUL bytes',
      withFile('a.rs', Buffer.from('pub struct A { a\0: i32 }'), 'a.rs'),
      'a.rs:1: A was not read: the text is not valid Rust',
    ],
    [
      'folders in a circle without a model',
      () => {
        mkdirSync(join(folder, 'deep'));
        symlinkSync('..', join(folder, 'deep/up'));
        return ['--models', '**/*.rs'];
      },
      '--models **/*.rs matches no file.',
    ],
    [
      'a folder that is called like a file',
      () => {
        mkdirSync(join(folder, 'x.rs'));
        return ['--models', 'x.rs'];
      },
      'it is a folder',
    ],
    ['Rust nested without end', withFile('a.rs', 'mod a {'.repeat(20_000), 'a.rs'), 'the text is not valid Rust'],
    [
      'TypeScript nested without end',
      withFile('a.ts', `const a = ${'['.repeat(100_000)}`, 'a.ts'),
      'a.ts was not read: it is nested too deeply',
    ],
    [
      'models that take longer than the run may',
      withFile('a.rs', 'struct S { a: }\n'.repeat(100_000), 'a.rs', '--timeout', '0.5'),
      'not compared with the schema within 0.5 s; it was still reading the models.\n  Narrow --models',
    ],
    [
      'a catalog that is none',
      () => {
        write('catalog.json', '{}');
        write('a.rs', clean);
        return ['--models', 'a.rs'];
      },
      'catalog.json is not a rowsmith catalog',
    ],
    [
      'an unknown rule',
      withFile('a.rs', clean, 'a.rs', '--rule', 'mising-field=off'),
      'There is no drift rule "mising-field".\n  Did you mean "missing-field"?',
    ],
    [
      'an unknown severity',
      () => ['--models', 'a.rs', '--rule', 'missing-field=fatal'],
      'does not have the form <rule>=error|warning|info|off',
    ],
    ['an unknown format', () => ['--models', 'a.rs', '--format', 'xml'], 'Invalid values'],
    ['a baseline that is missing', withFile('a.rs', clean, 'a.rs', '--baseline', 'none.json'), 'The baseline'],
    [
      'a baseline that is none',
      () => {
        write('a.rs', clean);
        write('b.json', '[]');
        return ['--models', 'a.rs', '--baseline', 'b.json'];
      },
      'is not a rowsmith baseline',
    ],
    [
      'statements without a database',
      withFile('a.rs', clean, 'a.rs', '--rule', 'query-invalid=error'),
      'The rule query-invalid needs a database or SQL files',
    ],
    [
      'an ignore without a reason',
      () => {
        write('a.rs', clean);
        write('rowsmith.config.json', '{"drift":{"ignores":[{"rule":"x"}]}}');
        return ['--models', 'a.rs'];
      },
      'drift.ignores.0.reason is missing',
    ],
    [
      'an ignore that expires never',
      () => {
        write('a.rs', clean);
        write('rowsmith.config.json', '{"drift":{"ignores":[{"reason":"x","expires":"soon"}]}}');
        return ['--models', 'a.rs'];
      },
      'drift.ignores.0.expires must be a date such as 2026-12-31',
    ],
  ];

  test.each(cases)('%s', (_, arrange, message) => {
    const { code, stderr } = drift(...arrange());
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toMatch(/^\s+at |This is a bug/m);
    expect(code).toBe(2);
  });

  const nobody = 65534;
  test.each([
    ['a file', 'a.rs', '--models *.rs', 'a.rs:1: a.rs was not read: EACCES.'],
    [
      'a folder',
      'closed',
      '--models **/*.rs',
      'closed cannot be read: EACCES\n  Check its permissions, or write a narrower glob.',
    ],
    ['a file in such a folder', 'closed', '--models closed/b.rs', 'closed/b.rs was not read: EACCES.'],
  ])('%s that the user may not read', (_, closed, args, message) => {
    mkdirSync(join(folder, 'closed'));
    for (const name of ['a.rs', 'closed/b.rs']) write(name, clean);
    chmodSync(folder, 0o755);
    chmodSync(join(folder, closed), 0);
    const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
    const { status, stderr } = spawnSync(
      process.execPath,
      [repositoryPath('dist/cli/main.js'), 'drift', '--source', 'catalog.json', ...args.split(' ')],
      { cwd: folder, env: { HOME: folder }, encoding: 'utf8', ...user },
    );
    chmodSync(join(folder, closed), 0o755);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at |This is a bug/m);
    expect(status).toBe(2);
  });

  test('a circle of folders ends', () => {
    mkdirSync(join(folder, 'models'));
    symlinkSync('..', join(folder, 'models', 'up'));
    write('models/task.rs', clean);
    expect(drift('--models', 'models/**/*.rs')).toMatchObject({ code: 0, stderr: '' });
    expect(drift('--models', 'models').stdout).toContain('Models compared: 1.');
  });

  test('links are followed, and no file is read twice', () => {
    mkdirSync(join(folder, 'real'));
    write('real/task.rs', drifted);
    symlinkSync('real', join(folder, 'link'));
    symlinkSync('real/task.rs', join(folder, 'single.rs'));
    expect(findings('--models', '**/*.rs').filter((id) => id === 'extra-field/tasks/extra')).toHaveLength(2);
    expect(findings('--models', 'link/*.rs')).toEqual(all);
  });

  test('what can be read is still reported', () => {
    write('a.rs', drifted);
    write('b.rs', Buffer.from([0xff]));
    const { code, stdout } = drift('--models', '*.rs');
    expect(stdout).toContain('Task has no field for tasks.name');
    expect(code).toBe(2);
  });
});

describe('files that are left out', () => {
  const broken = 'struct X { a: ';

  test.each([
    ['a broken fixture, unless it is left out', ['--models', '**/*.rs'], 2],
    ['--exclude', ['--models', '**/*.rs', '--exclude', '**/fixtures/**'], 0],
    ['a glob that begins with !', ['--models', '**/*.rs', '!**/fixtures/**'], 0],
    ['an exclusion of other files', ['--models', '**/*.rs', '--exclude', '**/other/**'], 2],
  ])('%s', (_, args, code) => {
    write('task.rs', clean);
    mkdirSync(join(folder, 'fixtures'));
    write('fixtures/broken.rs', broken);
    expect(drift(...args).code).toBe(code);
  });

  test('the config leaves them out too', () => {
    write('task.rs', clean);
    mkdirSync(join(folder, 'fixtures'));
    write('fixtures/broken.rs', broken);
    write(
      'rowsmith.config.json',
      JSON.stringify({ source: { catalog: 'catalog.json' }, drift: { models: ['**/*.rs'], exclude: ['fixtures/**'] } }),
    );
    expect(rowsmith(['drift'], folder).code).toBe(0);
  });
});

test('the seed differs: its models exit 1 by default', () => {
  const models = repositoryPath('examples/tasker/legacy/rust/*.rs');
  const source = repositoryPath('generated/catalog.json');
  const { code, stdout } = rowsmith(['drift', '--source', source, '--models', models], folder);
  expect(code).toBe(1);
  expect(stdout).toContain('not checked: the statements that fill models (Task at ');
});

describe('living with it', () => {
  const config = (value: object) =>
    write('rowsmith.config.json', JSON.stringify({ drift: { models: ['*.rs'], ...value } }));
  beforeEach(() => write('task.rs', drifted));

  test('the config names the models and the threshold', () => {
    config({ failOn: 'never' });
    expect(findings()).toEqual(all);
    expect(drift().code).toBe(0);
  });

  test('ignores by rule, table and field; those that meet nothing and those past their date are told', () => {
    config({
      ignores: [
        { rule: 'missing-*', table: 'tasks', reason: 'comes later' },
        { field: 'extra', reason: 'until the release', expires: '2999-01-01' },
        { rule: 'type-mismatch', reason: 'was due', expires: '2020-01-01' },
        { table: 'gone', reason: 'a table that was dropped' },
      ],
    });
    expect(findings()).toEqual(['type-mismatch/tasks/id/id']);
    const { stdout } = drift();
    expect(stdout).toContain('unused ignore: * gone: a table that was dropped');
    expect(stdout).toContain('expired ignore: type-mismatch *: was due (until 2020-01-01)');
    expect(stdout).toContain('2 ignored');
  });

  test('comments ignore their line, or the next one', () => {
    write(
      'task.rs',
      '// drift-ignore missing-field\n#[derive(Debug)]\npub struct Task {\n    pub id: i32, // drift-ignore type-mismatch\n    // drift-ignore extra-field, unknown-type\n    pub extra: bool,\n}\n',
    );
    const { stdout, code } = drift('--models', '*.rs');
    expect(code).toBe(0);
    expect(stdout).toContain('3 ignored');
    expect(stdout).toContain('unused ignore: drift-ignore unknown-type at task.rs:5');
  });

  test('no ignore hides broken text', () => {
    write('task.rs', 'struct Task { a: ');
    config({ ignores: [{ rule: '*', reason: 'all of it' }] });
    expect(drift().code).toBe(2);
  });

  test('a baseline lets the old stay and shows the new', () => {
    expect(drift('--models', '*.rs', '--write-baseline', 'drift.json').code).toBe(0);
    expect(JSON.parse(read('drift.json')).findings).toHaveLength(3);
    expect(drift('--models', '*.rs', '--baseline', 'drift.json')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('3 in the baseline'),
    });
    write(
      'task.rs',
      `// moved\n\n${drifted.replace('pub extra: bool', 'pub extra: bool,\n    pub more: bool').replace('id: i32', 'id: i64')}`,
    );
    expect(findings('--models', '*.rs', '--baseline', 'drift.json')).toEqual(['extra-field/tasks/more']);
    expect(drift('--models', '*.rs', '--baseline', 'drift.json').stdout).toContain('fixed, still in the baseline: 1;');
  });
});

describe('formats', () => {
  beforeEach(() => write('task.rs', drifted));

  test('text: no colour where no terminal is', () => {
    const { stdout } = drift('--models', '*.rs');
    expect(stdout).toContain(
      '  task.rs:2: error Task.id is i32, tasks.id is bigint: it has 64 bits, and sqlx reads no other width. [type-mismatch]\n    Declare it as i64\n',
    );
    expect(stdout).not.toContain('\u001b');
  });

  test('--out writes the report to a file', () => {
    const { stdout, code } = drift('--models', '*.rs', '--format', 'markdown', '--out', 'DRIFT.md');
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    expect(read('DRIFT.md')).toContain('### `tasks` and `Task`');
  });

  test('--fix-suggestions writes the model as the table needs it, and edits no file', () => {
    const { stdout } = drift('--models', '*.rs', '--fix-suggestions');
    expect(stdout).toContain(
      'pub struct Task {\n    pub id: i64,\n    pub name: String,\n    // extra: bool is not a column of tasks\n}',
    );
    expect(read('task.rs')).toBe(drifted);
    write('task.ts', "/** Maps to `tasks` */\ninterface Row { id: number; 'my-extra': string }");
    expect(drift('--models', '*.ts', '--fix-suggestions').stdout).toContain(
      'export interface Row {\n  id: string;\n  name: string;\n  // my-extra: string is not a column of tasks\n}',
    );
  });

  test('every command works with SQL files and without a config', () => {
    write('schema.sql', 'create table tasks (id bigint not null, name text not null);');
    write(
      'task.rs',
      `${clean}fn f() { q("select nme from tasks"); q("select 1 from tasks; drop table tasks"); q("select id from tasks where name = $1"); }`,
    );
    const { stdout, code } = rowsmith(
      ['drift', '--source', 'schema.sql', '--models', '*.rs', '--rule', 'query-invalid=error'],
      folder,
    );
    expect(stdout).toContain(
      'task.rs:6: error The database refuses this statement: column "nme" does not exist. [query-invalid]',
    );
    expect(stdout).toContain('1 error,');
    expect(code).toBe(1);
  });
});
