import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readSqlFiles } from '../../src/postgres/embedded/files.js';
import { failureOf, scratchFolder } from './scratch.js';

const { folder, write } = scratchFolder();
const empty = (...names: string[]) => Object.fromEntries(names.map((name) => [name, '']));

interface Hostile {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly loaded: readonly string[];
  /** What is said of files that are left out, by their paths. */
  readonly said?: Readonly<Record<string, string>>;
}

const folders: readonly Hostile[] = [
  {
    name: 'Diesel, with dashes in some versions and none in others',
    files: empty('2017-09-23-182408_b/up.sql', '2017-09-23-182408_b/down.sql', '20170101000000_a/up.sql'),
    loaded: ['20170101000000_a/up.sql', '2017-09-23-182408_b/up.sql'],
  },
  {
    name: 'one stray file beside numbered ones',
    files: empty('9_nine.sql', '10_ten.sql', 'seed.sql', 'tests/fixture.sql'.replace('tests/', 'x-')),
    loaded: ['x-fixture.sql', '10_ten.sql', '9_nine.sql', 'seed.sql'].toSorted(),
  },
  {
    name: 'one stray file beside three numbered ones',
    files: empty('9_nine.sql', '10_ten.sql', '8_eight.sql', 'seed.sql'),
    loaded: ['8_eight.sql', '9_nine.sql', '10_ten.sql'],
    said: { 'seed.sql': 'golang-migrate or sqlx would not run it on an empty database' },
  },
  {
    name: 'one stray file beside Prisma',
    files: empty('1_a/migration.sql', '2_b/migration.sql', 'seed.sql'),
    loaded: ['1_a/migration.sql', '2_b/migration.sql'],
    said: { 'seed.sql': 'Prisma would not run it on an empty database' },
  },
  {
    name: 'one stray file beside Flyway',
    files: empty('V1__a.sql', 'V2__b.sql', 'grants.sql'),
    loaded: ['V1__a.sql', 'V2__b.sql'],
    said: { 'grants.sql': 'Flyway would not run it on an empty database' },
  },
  {
    name: 'down in every spelling',
    files: empty(
      '1_a.up.sql',
      '1_a.down.sql',
      '2_b.sql',
      '2_b_down.sql',
      '3_c-up.sql',
      '3_c-down.sql',
      '4_d.sql',
      '4_d.rollback.sql',
      '5_write_down.sql',
    ),
    loaded: ['1_a.up.sql', '2_b.sql', '3_c-up.sql', '4_d.sql', '5_write_down.sql'],
  },
  {
    name: 'folders up and down',
    files: empty('up/b.sql', 'up/a.sql', 'down/a.sql', 'down/b.sql'),
    loaded: ['up/a.sql', 'up/b.sql'],
  },
  {
    name: 'a folder that is only called down',
    files: empty('down/a.sql', 'other/b.sql'),
    loaded: ['down/a.sql', 'other/b.sql'],
  },
  {
    name: 'Sqitch goes by its plan, and a reworked change is as it was at first',
    files: {
      'sqitch.plan':
        '%syntax-version=1.0.0\n%project=shop\n\nusers 2024-01-01T00:00:00Z A <a@b> # first\nauth [users] 2024-01-02T00:00:00Z A <a@b>\n@v1 2024-01-03T00:00:00Z A <a@b>\nusers [users@v1] 2024-01-04T00:00:00Z A <a@b>\n',
      ...empty('deploy/users.sql', 'deploy/users@v1.sql', 'deploy/auth.sql', 'deploy/forgotten.sql'),
      ...empty('revert/users.sql', 'revert/auth.sql', 'verify/users.sql'),
    },
    loaded: ['deploy/users@v1.sql', 'deploy/auth.sql', 'deploy/users.sql'],
    said: { 'deploy/forgotten.sql': 'Sqitch would not run it on an empty database' },
  },
  {
    name: 'Flyway, with callbacks, undo, repeatable and nested files, versions of several numbers and a program’s settings',
    files: empty(
      'V1_10__ten.sql',
      'V1.9__nine.sql',
      'more/V1_9_1__between.sql',
      'U1_10__ten.sql',
      'R__views.sql',
      'R__a_view.sql',
      'afterMigrate__b.sql',
      'afterMigrate__a.sql',
      'beforeMigrate.sql',
      'beforeRepeatables.sql',
      'afterClean.sql',
      'V1_10__ten.sql.conf',
    ),
    loaded: [
      'beforeMigrate.sql',
      'V1.9__nine.sql',
      'more/V1_9_1__between.sql',
      'V1_10__ten.sql',
      'beforeRepeatables.sql',
      'R__a_view.sql',
      'R__views.sql',
      'afterMigrate__a.sql',
      'afterMigrate__b.sql',
    ],
    said: { 'afterClean.sql': 'Flyway would not run it on an empty database' },
  },
  {
    name: 'Drizzle goes by its journal, not by what lies beside it',
    files: {
      'meta/_journal.json': '{"entries":[{"tag":"0001_b"},{"tag":"0000_a"}]}',
      ...empty('0000_a.sql', '0001_b.sql', '0002_forgotten.sql', 'meta/0000_snapshot.json'),
    },
    loaded: ['0001_b.sql', '0000_a.sql'],
    said: { '0002_forgotten.sql': 'Drizzle would not run it on an empty database' },
  },
  {
    name: 'tern, with templates of its own beside',
    files: empty('001_a.sql', '010_b.sql', '002_c.sql', 'shared/v1_001.sql'),
    loaded: ['001_a.sql', '002_c.sql', '010_b.sql'],
    said: { 'shared/v1_001.sql': 'golang-migrate or sqlx would not run it on an empty database' },
  },
  {
    name: 'files of other databases',
    files: empty('1_a.up.sql', '1_a.mysql.up.sql', '1_a.sqlite3.up.sql', '2_b.up.sql', '2_b.postgres.up.sql'),
    loaded: ['1_a.up.sql', '2_b.postgres.up.sql'],
    said: {
      '1_a.mysql.up.sql': 'it is for MySQL',
      '1_a.sqlite3.up.sql': 'it is for SQLite',
      '2_b.up.sql': 'another file is its PostgreSQL version',
    },
  },
];

describe.each(folders)('$name', ({ name, files, loaded, said = {} }) => {
  const path = join(folder, name.replaceAll(/\W+/g, '-'));
  for (const [file, text] of Object.entries(files)) write(join(path.slice(folder.length + 1), file), text);

  test('loads what its tool would', async () => {
    const notes: string[] = [];
    const read = await readSqlFiles([path], (note) => notes.push(note));
    expect(read.filter(({ isStub }) => !isStub).map((file) => file.path.slice(path.length + 1))).toEqual(loaded);
    const told = notes.map((note) => note.slice(path.length + 1).split(' skipped: '));
    expect(Object.fromEntries(told)).toEqual(said);
  });
});

describe('migrations that are programs, among SQL', () => {
  const cases: readonly (readonly [tool: string, files: readonly string[], program: string])[] = [
    [
      'goose',
      ['00001_a.sql', '00002_backfill.go', '00003_c.sql', 'main.go', '00002_backfill_test.go'],
      '00002_backfill.go',
    ],
    ['Flyway', ['V1__a.sql', 'V2__Backfill.java'], 'V2__Backfill.java'],
    ['node-pg-migrate', ['1700000000000_a.sql', '1700000000001_b.js'], '1700000000001_b.js'],
    ['TypeScript', ['001_a.sql', '002-b.ts', '002-b.d.ts'], '002-b.ts'],
    ['in a folder below', ['db/1_a.sql', 'db/2_b.py'], '2_b.py'],
  ];
  test.each(cases)('%s: refused by name, and passed over where the config says so', async (tool, files, program) => {
    for (const file of files) write(join(`programs-${tool}`, file), '');
    const path = join(folder, `programs-${tool}`);
    const failure = await failureOf(readSqlFiles([path], () => {}));
    expect(failure.message).toMatch(
      new RegExp(`${program.replace('.', '\\.')} is a migration written as a program, which cannot`),
    );
    expect(failure.hint).toContain(`allowMissing: ['${program}']`);
    const read = await readSqlFiles([path], () => {}, { allowMissing: [program] });
    expect(read).toHaveLength(files.filter((file) => file.endsWith('.sql')).length);
  });
});

test('whose files run in a transaction, and what asks for none', async () => {
  const marked = {
    'goose/1_a.sql': '-- +goose NO TRANSACTION\n-- +goose Up\nselect 1;',
    'goose/2_b.sql': '-- +goose Up\nselect 1;',
    'dbmate/1_a.sql': '-- migrate:up transaction:false\nselect 1;',
    'dbmate/2_b.sql': '-- migrate:up\nselect 1;',
    'sqlx/1_a.sql': '-- no-transaction\nselect 1;',
    'sqlx/2_b.sql': 'select 1; -- a comment',
    'sql-migrate/1_a.sql': '-- +migrate Up notransaction\nselect 1;',
    'sql-migrate/2_b.sql': '-- +migrate Up\nselect 1;',
    'tern/1_a.sql': '---- tern: disable-tx ----\nselect 1;',
    'tern/2_b.sql': 'select 1;\n---- create above / drop below ----\nselect 2;',
    'Flyway/V1__a.sql': 'select 1;',
    'Flyway/V1__a.sql.conf': 'executeInTransaction=false',
    'Flyway/V2__b.sql': 'select 1;',
    'Flyway/V2__b.sql.conf': 'executeInTransaction=true',
    'Diesel/1_a/up.sql': 'select 1;',
    'Diesel/1_a/metadata.toml': 'run_in_transaction = false',
    'Diesel/2_b/up.sql': 'select 1;',
  };
  for (const [file, text] of Object.entries(marked)) write(join('marked', file), text);
  for (const tool of ['goose', 'dbmate', 'sqlx', 'sql-migrate', 'tern', 'Flyway', 'Diesel']) {
    const read = (await readSqlFiles([join(folder, 'marked', tool)], () => {})).filter(({ isStub }) => !isStub);
    expect(read.map(({ inTransaction = false }) => inTransaction)).toEqual([false, true]);
  }
  write('plain/schema.sql', 'select 1;');
  expect(await readSqlFiles([join(folder, 'plain')], () => {})).toEqual([
    { path: join(folder, 'plain/schema.sql'), text: 'select 1;' },
  ]);
});
