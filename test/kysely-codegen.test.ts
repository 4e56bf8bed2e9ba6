import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { check, generate, type KyselyCodegenConfig } from '../src/index.js';
import { freshDatabase, newestVersion, POSTGRES_VERSIONS } from './support/postgres.js';
import { readSql, repositoryPath } from './support/repository.js';

/** Each set of options, as its command line and as the config name them. */
const options: readonly { readonly name: string; readonly flags: readonly string[]; readonly config: Omit<KyselyCodegenConfig, 'format'> }[] = [
  { name: 'defaults', flags: [], config: {} },
  { name: 'camelCase', flags: ['--camel-case'], config: { camelCase: true } },
  { name: 'runtimeEnums', flags: ['--runtime-enums'], config: { runtimeEnums: true } },
  { name: 'runtimeEnums in screaming snake case', flags: ['--runtime-enums=screaming-snake-case'], config: { runtimeEnums: 'screaming-snake-case' } },
  { name: 'singularize', flags: ['--singularize'], config: { singularize: true } },
  { name: 'overrides', flags: ['--overrides={"columns":{"orders.total":"string","people.data":"{ a: number }"}}'], config: { overrides: { columns: { 'orders.total': 'string', 'people.data': '{ a: number }' } } } },
  { name: 'parsers', flags: ['--date-parser=string', '--numeric-parser=number'], config: { dateParser: 'string', numericParser: 'number' } },
  { name: 'partitions', flags: ['--partitions'], config: { partitions: true } },
  { name: 'without domains', flags: ['--no-domains'], config: { domains: false } },
  { name: 'typeOnlyImports off', flags: ['--no-type-only-imports'], config: { typeOnlyImports: false } },
  { name: 'defaultSchemas', flags: ['--default-schema=billing'], config: { defaultSchemas: ['billing'] } },
  { name: 'typeMapping', flags: ['--type-mapping={"timestamptz":"Temporal.Instant"}'], config: { typeMapping: { timestamptz: 'Temporal.Instant' } } },
];
const schemas = ['examples/tasker/schema.sql', ...['columns', 'names', 'parsers', 'relations', 'schemas', 'views'].map((name) => `test/cases/${name}/schema.sql`)];

describe.each(POSTGRES_VERSIONS)('tables: kysely-codegen on PostgreSQL %s', (version) => {
  test.each(schemas)('%s is what its command line writes, byte for byte', async (schema) => {
    const database = await freshDatabase(version, readSql(schema));
    const out = mkdtempSync(join(tmpdir(), 'rowsmith-kysely-codegen-'));
    try {
      // Its command line takes a second to start: every option on one schema, the defaults on all.
      const every = version === newestVersion && schema.includes('/columns/');
      for (const { name, flags, config } of every ? options : options.slice(0, 1)) {
        const file = join(out, 'by-command-line.ts');
        const { status, stderr } = spawnSync(process.execPath, [repositoryPath('node_modules/kysely-codegen/dist/cli/bin.js'), '--url', database.url, '--dialect', 'postgres', '--out-file', file, '--log-level', 'error', ...flags], { cwd: out, encoding: 'utf8' });
        expect({ name, status, stderr }).toMatchObject({ status: 0 });
        const include = config.partitions ? [() => true] : undefined;
        const { files } = await check({ config: { source: { url: database.url }, out: join(out, 'generated'), tables: { format: 'kysely-codegen', ...config }, ...(include ? { include } : {}) } });
        const text = files.find(({ path }) => path === 'db.ts')?.text;
        expect({ name, text }).toEqual({ name, text: readFileSync(file, 'utf8') });
      }
    } finally {
      rmSync(out, { recursive: true });
      await database.drop();
    }
  }, 120_000);
});

test('its file counts as generated: it is replaced, and found stale', async () => {
  const out = mkdtempSync(join(tmpdir(), 'rowsmith-kysely-codegen-'));
  try {
    const config = { source: { catalog: repositoryPath('test/cases/columns/expected/catalog.json') }, out, tables: 'kysely-codegen' } as const;
    await generate({ config });
    expect((await check({ config })).changes).toEqual([]);
    expect((await check({ config: { ...config, tables: 'rowsmith' } })).changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual(['stale db.ts', 'stale manifest.json']);
  } finally {
    rmSync(out, { recursive: true });
  }
});
