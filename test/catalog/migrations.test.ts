import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { describeFolder, readSqlFiles } from '../../src/postgres/embedded/files.js';
import { failureOf, scratchFolder } from './scratch.js';

const { folder, write } = scratchFolder();

interface Layout {
  readonly name: string;
  /** The tool that is named for it. */
  readonly tool?: string;
  readonly files: Readonly<Record<string, string>>;
  /** What is loaded, in this order. */
  readonly loaded: readonly string[];
  readonly leftOut?: readonly string[];
}

const empty = (...names: string[]) => Object.fromEntries(names.map((name) => [name, '']));
const journal = (...tags: string[]) =>
  JSON.stringify({
    version: '7',
    dialect: 'postgresql',
    entries: tags.map((tag, idx) => ({ idx, version: '7', when: 1, tag, breakpoints: true })),
  });

const folders: readonly Layout[] = [
  {
    name: 'Prisma',
    tool: 'Prisma',
    files: empty('migration_lock.toml', '20240102_b/migration.sql', '20240102_b/down.sql', '20240101_a/migration.sql'),
    loaded: ['20240101_a/migration.sql', '20240102_b/migration.sql'],
  },
  {
    name: 'Drizzle, by its journal',
    tool: 'Drizzle',
    files: {
      'meta/_journal.json': journal('9_second', '10_first'),
      ...empty('10_first.sql', '9_second.sql', 'seed.sql', 'meta/9_snapshot.json'),
    },
    loaded: ['9_second.sql', '10_first.sql'],
    leftOut: ['seed.sql'],
  },
  {
    name: 'Drizzle 1',
    tool: 'Drizzle',
    files: empty(
      '20240102_b/migration.sql',
      '20240102_b/snapshot.json',
      '20240101_a/migration.sql',
      '20240101_a/snapshot.json',
    ),
    loaded: ['20240101_a/migration.sql', '20240102_b/migration.sql'],
  },
  {
    name: 'Diesel',
    tool: 'Diesel',
    files: empty('2024-01-02-000000_b/up.sql', '2024-01-02-000000_b/down.sql', '00000000000000_setup/up.sql'),
    loaded: ['00000000000000_setup/up.sql', '2024-01-02-000000_b/up.sql'],
  },
  {
    name: 'Flyway',
    tool: 'Flyway',
    files: empty(
      'R__b_views.sql',
      'R__a_functions.sql',
      'V1.10__ten.sql',
      'V1_9__nine.sql',
      'late/V2__two.sql',
      'V1__one.sql',
      'U1__one.sql',
      'afterMigrate.sql',
    ),
    loaded: [
      'V1__one.sql',
      'V1_9__nine.sql',
      'V1.10__ten.sql',
      'late/V2__two.sql',
      'R__a_functions.sql',
      'R__b_views.sql',
      'afterMigrate.sql',
    ],
  },
  {
    name: 'Flyway with a baseline',
    tool: 'Flyway',
    files: empty('V1__one.sql', 'V2__two.sql', 'B2__base.sql', 'V3__three.sql'),
    loaded: ['B2__base.sql', 'V3__three.sql'],
    leftOut: ['V1__one.sql', 'V2__two.sql'],
  },
  {
    name: 'golang-migrate',
    tool: 'golang-migrate or sqlx',
    files: empty('10_ten.up.sql', '10_ten.down.sql', '9_nine.up.sql', '9_nine.down.sql'),
    loaded: ['9_nine.up.sql', '10_ten.up.sql'],
  },
  {
    name: 'sqlx',
    tool: 'golang-migrate or sqlx',
    files: empty('20240102_b.sql', '20240101_a.sql'),
    loaded: ['20240101_a.sql', '20240102_b.sql'],
  },
  {
    name: 'a folder with a layout in a folder without',
    files: empty('functions.sql', 'migrations/2_b.sql', 'migrations/10_c.sql'),
    loaded: ['functions.sql', 'migrations/2_b.sql', 'migrations/10_c.sql'],
  },
  {
    name: 'as many files that are numbered as others are no layout',
    files: empty('1_a.sql', 'schema.sql', '10_b.sql', 'views.sql'),
    loaded: ['10_b.sql', '1_a.sql', 'schema.sql', 'views.sql'],
  },
  {
    name: 'up.sql beside other SQL is no layout',
    files: empty('legacy/up.sql', 'schema.sql'),
    loaded: ['legacy/up.sql', 'schema.sql'],
  },
  {
    name: 'names that mean something elsewhere',
    tool: 'golang-migrate or sqlx',
    files: empty("1_it's $(here).sql", '2_--help.sql', '3_${x}\\n.sql'),
    loaded: ["1_it's $(here).sql", '2_--help.sql', '3_${x}\\n.sql'],
  },
];

describe.each(folders)('$name', ({ name, tool, files, loaded, leftOut = [] }) => {
  const path = join(folder, name);
  for (const [file, text] of Object.entries(files)) write(join(name, file), text);
  const below = (file: string) => file.slice(path.length + 1);

  test('is taken in its order, without what comes down', async () => {
    const notes: string[] = [];
    const read = await readSqlFiles([path], (note) => notes.push(note));
    expect(read.filter(({ isStub }) => !isStub).map((file) => below(file.path))).toEqual(loaded);
    expect(notes.map((note) => below(note.replace(/ skipped: .*/, '')))).toEqual(leftOut);
  });

  test('is named', async () => {
    expect(await describeFolder(path)).toEqual({ count: loaded.length, ...(tool === undefined ? {} : { tool }) });
  });
});

describe('a file with sections', () => {
  const sections: readonly (readonly [tool: string, text: string, read: string])[] = [
    [
      'dbmate',
      '-- a comment\n\n-- migrate:up transaction:false\ncreate table a ();\n\n-- migrate:down\ndrop table a;\n',
      '\n\n-- migrate:up transaction:false\ncreate table a ();\n\n\n\n',
    ],
    [
      'goose',
      '-- +goose Up\n-- +goose StatementBegin\ncreate table a ();\n-- +goose StatementEnd\n-- +goose Down\ndrop table a;',
      '-- +goose Up\n-- +goose StatementBegin\ncreate table a ();\n-- +goose StatementEnd\n\n',
    ],
    [
      'sql-migrate',
      '-- +migrate Up\ncreate table a ();\n-- +migrate Down\ndrop table a;\n-- +migrate Up\ncreate table b ();',
      '-- +migrate Up\ncreate table a ();\n\n\n-- +migrate Up\ncreate table b ();',
    ],
    [
      'node-pg-migrate',
      '-- Up Migration\ncreate table a ();\n-- Down Migration\ndrop table a;',
      '-- Up Migration\ncreate table a ();\n\n',
    ],
    [
      'node-pg-migrate',
      '-- Down Migration\ndrop table a;\n-- Up Migration\ncreate table a ();',
      '\n\n-- Up Migration\ncreate table a ();',
    ],
  ];
  test.each(sections)(
    'of %s is read as far as it goes up, and its lines keep their numbers',
    async (tool, text, read) => {
      const path = write(`sections-${tool}/1_a.sql`, text);
      expect(await readSqlFiles([path], () => {})).toEqual([{ path, text: read }]);
      expect(await describeFolder(join(folder, `sections-${tool}`))).toEqual({ tool, count: 1 });
    },
  );

  test('has nothing but comments before the first', async () => {
    const text = "insert into notes values ('\n-- migrate:up\n');\n-- migrate:down\n";
    const path = write('quoted.sql', text);
    expect(await readSqlFiles([path], () => {})).toEqual([{ path, text }]);
  });
});

test('migrations that are programs: the hint says what to do', async () => {
  write('kysely/2024_a.ts', 'export {}');
  expect(await failureOf(readSqlFiles([join(folder, 'kysely')], () => {}))).toMatchObject({
    code: 'source-not-found',
    hint: expect.stringMatching(
      /^Its migrations are programs, .* source: \{ migrations: '.*kysely', tool: 'kysely' \}/,
    ),
  });
});

test("a broken journal of Drizzle's is no empty schema", async () => {
  write('broken/meta/_journal.json', '{"entries":[');
  write('broken/0_a.sql', '');
  expect(await failureOf(readSqlFiles([join(folder, 'broken')], () => {}))).toMatchObject({
    code: 'sql-failed',
    message: expect.stringContaining('_journal.json cannot be read'),
  });
});
