import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { check, generate, type KyselyCodegenConfig } from '../src/index.js';
import { rowsmith } from './support/cli.js';
import { freshDatabase, newestVersion, POSTGRES_VERSIONS } from './support/postgres.js';
import { readSql, repositoryPath } from './support/repository.js';
import { wantedText } from './support/wanted-text.js';

/** Each set of options, as its command line and as the config name them. */
const options: readonly {
  readonly name: string;
  readonly flags: readonly string[];
  readonly config: Omit<KyselyCodegenConfig, 'format'>;
}[] = [
  { name: 'defaults', flags: [], config: {} },
  { name: 'camelCase', flags: ['--camel-case'], config: { camelCase: true } },
  { name: 'runtimeEnums', flags: ['--runtime-enums'], config: { runtimeEnums: true } },
  {
    name: 'runtimeEnums in screaming snake case',
    flags: ['--runtime-enums=screaming-snake-case'],
    config: { runtimeEnums: 'screaming-snake-case' },
  },
  { name: 'singularize', flags: ['--singularize'], config: { singularize: true } },
  {
    name: 'overrides',
    flags: ['--overrides={"columns":{"orders.total":"string","people.data":"{ a: number }"}}'],
    config: { overrides: { columns: { 'orders.total': 'string', 'people.data': '{ a: number }' } } },
  },
  {
    name: 'parsers',
    flags: ['--date-parser=string', '--numeric-parser=number'],
    config: { dateParser: 'string', numericParser: 'number' },
  },
  { name: 'partitions', flags: ['--partitions'], config: { partitions: true } },
  { name: 'without domains', flags: ['--no-domains'], config: { domains: false } },
  { name: 'typeOnlyImports off', flags: ['--no-type-only-imports'], config: { typeOnlyImports: false } },
  { name: 'defaultSchemas', flags: ['--default-schema=billing'], config: { defaultSchemas: ['billing'] } },
  {
    name: 'typeMapping',
    flags: ['--type-mapping={"timestamptz":"Temporal.Instant"}'],
    config: { typeMapping: { timestamptz: 'Temporal.Instant' } },
  },
];
const schemas = [
  'examples/tasker/schema.sql',
  ...['columns', 'names', 'parsers', 'relations', 'schemas', 'views'].map((name) => `test/cases/${name}/schema.sql`),
];

/**
 * Its command line takes a second to start: every option is tried on one schema, the defaults on all. Not every label
 * can be a member of an enum.
 */
const tried = (schema: string, version: string) =>
  options.filter(
    ({ name, config }) =>
      name === 'defaults' ||
      (version === newestVersion && schema.includes(config.runtimeEnums ? '/parsers/' : '/columns/')),
  );

describe.each(POSTGRES_VERSIONS)('tables: kysely-codegen on PostgreSQL %s', (version) => {
  test.each(schemas)(
    '%s is what its command line writes, byte for byte',
    async (schema) => {
      const database = await freshDatabase(version, readSql(schema));
      const out = mkdtempSync(join(tmpdir(), 'rowsmith-kysely-codegen-'));
      try {
        for (const { name, flags, config } of tried(schema, version)) {
          const file = join(out, 'by-command-line.ts');
          const { status, stderr } = spawnSync(
            process.execPath,
            [
              repositoryPath('node_modules/kysely-codegen/dist/cli/bin.js'),
              '--url',
              database.url,
              '--dialect',
              'postgres',
              '--out-file',
              file,
              '--log-level',
              'error',
              ...flags,
            ],
            { cwd: out, encoding: 'utf8' },
          );
          expect({ name, status, stderr }).toMatchObject({ status: 0 });
          const include = config.partitions ? [() => true] : undefined;
          const { changes } = await check({
            config: {
              source: { url: database.url },
              out: join(out, 'generated'),
              tables: { format: 'kysely-codegen', ...config },
              ...(include ? { include } : {}),
            },
          });
          const text = wantedText(changes, 'db.ts');
          expect({ name, text }).toEqual({ name, text: readFileSync(file, 'utf8') });
        }
      } finally {
        rmSync(out, { recursive: true });
        await database.drop();
      }
    },
    120_000,
  );
});

test('its file counts as generated: it is replaced, and found stale', async () => {
  const out = mkdtempSync(join(tmpdir(), 'rowsmith-kysely-codegen-'));
  try {
    const config = {
      source: { catalog: repositoryPath('test/cases/columns/expected/catalog.json') },
      out,
      tables: 'kysely-codegen',
    } as const;
    await generate({ config });
    expect((await check({ config })).changes).toEqual([]);
    expect(
      (await check({ config: { ...config, tables: 'rowsmith' } })).changes.map(({ kind, path }) => `${kind} ${path}`),
    ).toEqual(['stale db.ts', 'stale models/person.ts', 'stale manifest.json']);
  } finally {
    rmSync(out, { recursive: true });
  }
});

describe('names and texts that would be code', () => {
  const textOf = async (sql: string, config: Omit<KyselyCodegenConfig, 'format'> = {}) => {
    const database = await freshDatabase(newestVersion, sql);
    try {
      const { changes } = await check({
        config: {
          source: { url: database.url },
          out: join(tmpdir(), 'rowsmith-absent'),
          tables: { format: 'kysely-codegen', ...config },
        },
      });
      return wantedText(changes, 'db.ts');
    } finally {
      await database.drop();
    }
  };

  test('a comment stays one, though theirs would go on as code', async () => {
    const text = await textOf(
      `CREATE TABLE t (a int); COMMENT ON COLUMN t.a IS E'one */ const x = 1; /*\n@ts-ignore';`,
    );
    expect(text).toContain('  /**\n   * one *\\/ const x = 1; /*\n   * @ts-ignore\n   */\n  a: number | null;\n');
  });

  test.each<[sql: string, config: Omit<KyselyCodegenConfig, 'format'>, line: string]>([
    ['CREATE TABLE "__proto__" (a int)', {}, 'it writes export interface [object Object] {'],
    ['CREATE TABLE "A" (a int); CREATE TABLE "__proto__" (a int)', {}, 'TypeError: '],
    ['CREATE TABLE "constructor" (a int)', {}, 'it writes export interface function Object() { [native code] } {'],
    ['CREATE TABLE "1" (a int)', { singularize: true }, 'it writes export interface 1 {'],
    [
      `CREATE TYPE e AS ENUM ('1st'); CREATE TABLE t (a e)`,
      { runtimeEnums: 'screaming-snake-case' },
      'it writes 1_ST = "1st",',
    ],
    [`CREATE TYPE e AS ENUM ('!'); CREATE TABLE t (a e)`, { runtimeEnums: true }, 'it writes = "!",'],
  ])('%s as %j is refused', async (sql, config, line) => {
    await expect(textOf(sql, config)).rejects.toMatchObject({
      code: 'tables-not-writable',
      message: expect.stringContaining(
        `kysely-codegen cannot turn a name or label in this schema into TypeScript: ${line}`,
      ),
      hint: expect.stringContaining('remove "tables"'),
    });
  });
});

describe('a project', () => {
  /**
   * A project with the packages of this repository. `packages` says where some of them are found instead, or that they
   * are missing.
   */
  const project = (packages: { readonly [name: string]: string | undefined }) => {
    const folder = mkdtempSync(join(tmpdir(), 'rowsmith-project-'));
    const modules = join(folder, 'node_modules');
    mkdirSync(join(modules, 'rowsmith'), { recursive: true });
    const all: { readonly [name: string]: string | undefined } = {
      ...Object.fromEntries(readdirSync(repositoryPath('node_modules')).map((name) => [name, name])),
      ...packages,
    };
    for (const [name, found] of Object.entries(all)) {
      // With a link, its `typescript` would be loaded from the link's target.
      if (found === 'kysely-codegen')
        cpSync(repositoryPath('node_modules/kysely-codegen'), join(modules, name), { recursive: true });
      else if (found !== undefined) symlinkSync(repositoryPath(`node_modules/${found}`), join(modules, name));
    }
    for (const part of ['dist', 'templates', 'package.json'])
      cpSync(repositoryPath(part), join(modules, 'rowsmith', part), { recursive: true });
    writeFileSync(
      join(folder, 'rowsmith.config.json'),
      JSON.stringify({
        tables: 'kysely-codegen',
        source: { catalog: repositoryPath('test/cases/views/expected/catalog.json') },
      }),
    );
    return folder;
  };

  test.each<[without: string, packages: { readonly [name: string]: string | undefined }, said: string | undefined]>([
    ['that has all', {}, undefined],
    ['of TypeScript 7', { typescript: 'typescript-7' }, 'npm install --save-dev typescript@5.9'],
    ['without kysely-codegen', { 'kysely-codegen': undefined }, 'npm install --save-dev kysely-codegen'],
  ])('%s is told what to install', (_without, packages, said) => {
    const folder = project(packages);
    try {
      const { code, stderr } = rowsmith(
        ['generate'],
        folder,
        {},
        join(folder, 'node_modules/rowsmith/dist/cli/main.js'),
      );
      expect(code).toBe(said === undefined ? 0 : 2);
      expect(stderr.trimEnd().split('\n')).toEqual(
        said === undefined ? [''] : [expect.stringMatching(/^error: .*kysely-codegen/), expect.stringContaining(said)],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
