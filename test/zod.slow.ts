import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Decimal } from 'decimal.js';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import type { ZodType } from 'zod';
import type { DB } from '../generated/db.js';
import { writesOf } from '../scripts/matrix/checks.js';
import { type AnyDatabase, type Opened, openServer } from '../scripts/matrix/drivers.js';
import { type Profile, profiles } from '../scripts/matrix/run.js';
import { createMatrix, type MatrixType } from '../scripts/matrix/schema.js';
import { createDatabase } from '../scripts/postgres.js';
import { type GenerateOptions, type GenerateResult, generate, loadConfig } from '../src/index.js';
import { zodSchemas } from '../src/plugins/zod/index.js';
import { typecheck } from './support/compile.js';
import { newestVersion, serverUrl } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';
import { openTasker } from './support/tasker.js';

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'rowsmith-zod-')));
  symlinkSync(repositoryPath('node_modules'), join(folder, 'node_modules'), 'junction');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Generates with the plugin and writes `equal.ts` next to the output: each schema yields what the model has. */
async function generateSchemas({ config, folder: from }: GenerateOptions, out: string): Promise<GenerateResult> {
  const result = await generate({
    config: { ...config, out, plugins: [zodSchemas()] },
    ...(from === undefined ? {} : { folder: from }),
  });
  const claims = result.files.flatMap(({ path }, index) => {
    const text = readFileSync(join(out, path), 'utf8');
    // zod gives an empty object a type without any keys.
    const schemas = path.startsWith('zod/')
      ? [...text.matchAll(/^export const (\w+) = z\.\w+\(\{\n [\s\S]*?satisfies z\.ZodType<(\w+)>;$/gm)]
      : [];
    return schemas.flatMap(([, schema, type]) => [
      `import { ${schema} as schema${index}${type} } from './${path.replace(/\.ts$/, '.js')}';`,
      `import type { ${type} as Model${index}${type} } from '${path.replace(/^zod\/(.*)\.ts$/, './models/$1.js')}';`,
      `equal<z.output<typeof schema${index}${type}>, Writable<Model${index}${type}>>(true);`,
    ]);
  });
  const head = [
    `import type { z } from 'zod';`,
    `import type { NotWritable } from './runtime/write.js';`,
    'type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;',
    '/** Without readonly, and without the fields that are refused. */',
    'type Writable<T> = { -readonly [K in keyof T as [Exclude<T[K], undefined>] extends [NotWritable<string>] ? never : K]: T[K] };',
    'export const equal = <A, B>(same: Equal<A, B>): boolean => same;',
  ];
  writeFileSync(join(out, 'equal.ts'), [...head, ...claims].join('\n'));
  expect(claims.length).toBeGreaterThan(0);
  return result;
}

async function schemaOf(out: string, file: string, name: string): Promise<ZodType> {
  return ((await import(join(out, 'zod', `${file}.ts`))) as Readonly<Record<string, ZodType>>)[name] as ZodType;
}

test('the types that schemas give are those of the models', async () => {
  const cases = [...readdirSync(repositoryPath('test/cases')).map((name) => `test/cases/${name}`), 'examples/tasker'];
  for (const from of cases) {
    const loaded = await loadConfig(undefined, repositoryPath(from));
    const catalog = from === 'examples/tasker' ? repositoryPath('generated/catalog.json') : 'expected/catalog.json';
    await generateSchemas(
      { config: { ...loaded?.config, source: { catalog } }, folder: repositoryPath(from) },
      join(folder, from),
    );
  }
  const dirs = cases.map((from) => join(folder, from));
  expect(typecheck({ dir: dirs, compiler: '7', resolution: 'nodenext' })).toEqual({ ok: true, output: '' });
});

describe('what a driver gives parses, and what a column takes', () => {
  async function run(opened: Opened, profile: Profile): Promise<string[]> {
    try {
      const out = join(folder, profile.name.replaceAll(/\W+/g, '-'));
      mkdirSync(out);
      const types = await createMatrix(opened.query, profile.samples);
      await opened.ready();
      writeFileSync(join(out, 'source.json'), await opened.catalog());
      const { files } = await generateSchemas(
        { config: { ...profile.config, source: { catalog: join(out, 'source.json') }, include: ['m_*'] } },
        out,
      );
      const hasParsers = files.some(({ path }) => path === 'parsers.ts');
      const parsers = hasParsers
        ? ((await import(join(out, 'parsers.ts'))) as { readonly parsers: () => pg.PoolConfig }).parsers()
        : {};
      const db = opened.connect(parsers);
      const wrong: string[] = [];
      for (const type of types) wrong.push(...(await wrongOf(type, db, out)));
      return wrong;
    } finally {
      await opened.close();
    }
  }

  async function wrongOf(type: MatrixType, db: Kysely<AnyDatabase>, out: string): Promise<string[]> {
    const file = type.table.replace('_', '');
    const [read, insert] = [
      await schemaOf(out, file, `${file}Schema`),
      await schemaOf(out, file, `${file}InsertSchema`),
    ];
    const all = await db.selectFrom(type.table).selectAll().execute();
    // A date that JavaScript cannot represent is read as an invalid Date, and refused.
    const rows = all.filter(
      (row) =>
        !Object.values(row)
          .flat(2)
          .some((value) => value instanceof Date && Number.isNaN(value.getTime())),
    );
    const unread = rows.flatMap((row) => {
      const { success, data, error } = read.safeParse(row);
      if (success) expect(data).toEqual(row);
      return success ? [] : [`${type.name} read: ${error.message.replaceAll(/\s+/g, ' ')}`];
    });
    const { sample } = type;
    // A model accepts JSON values themselves, and writes their text.
    if (!sample || /json|interval/.test(type.name) || sample.notNull) return unread;
    const written = type.forms.flatMap((form) =>
      writesOf(
        sample,
        form,
        rows.map((row) => row[form]),
      ).map((expression) => ({ form, expression })),
    );
    const unwritten = written.flatMap(({ form, expression }) => {
      const value: unknown = new Function('Temporal', 'Decimal', `return (${expression})`)(Temporal, Decimal);
      const { success, error } = insert.safeParse({ [form]: value });
      return success ? [] : [`${type.name} ${form} write ${expression}: ${error.message.replaceAll(/\s+/g, ' ')}`];
    });
    return [...unread, ...unwritten];
  }

  /** Together they have every kind of value: text, dates, bigint, objects of classes, ranges and composites. */
  test.each(profiles.filter(({ name }) => name === 'pg' || name.includes('class')))(
    'with the driver $name',
    async (profile) => {
      expect(await run(await openServer(await createDatabase(await serverUrl(newestVersion))), profile)).toEqual([]);
    },
  );
});

test('rows of models parse, computed fields with them, and computed fields are refused where they cannot be written', async () => {
  const out = repositoryPath(`.rowsmith-zod-${process.pid}.tmp`);
  const { db, close } = await openTasker(newestVersion);
  try {
    const loaded = await loadConfig('examples/tasker/rowsmith.config.ts', repositoryPath('.'));
    const { files } = await generateSchemas(
      {
        config: { ...loaded?.config, source: { catalog: repositoryPath('generated/catalog.json') } },
        folder: repositoryPath('examples/tasker'),
      },
      out,
    );
    let parsed = 0;
    for (const { path } of files.filter((file) => file.path.startsWith('models/'))) {
      const text = readFileSync(join(out, path), 'utf8');
      const file = path.replace(/^models\/(.*)\.ts$/, '$1');
      const readName = /export function (read\w+)/.exec(text)?.[1] ?? '';
      const model = (await import(join(out, path))) as Readonly<Record<string, (db: Kysely<DB>) => Promise<object[]>>>;
      const schema = await schemaOf(
        out,
        file,
        `${file.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Schema`,
      );
      const rows = (await model[readName]?.(db)) ?? [];
      expect(rows.map((row) => schema.parse(row))).toEqual(rows);
      parsed += rows.length;
    }
    expect(parsed).toBeGreaterThan(30);
    const update = await schemaOf(out, 'task', 'taskUpdateSchema');
    expect(update.safeParse({ reason: 'again' }).success).toBe(true);
    expect(update.safeParse({ state: 'error' }).error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: ['state'] },
    ]);
    const metadata = await schemaOf(out, 'task-transition', 'taskTransitionUpdateSchema');
    expect(metadata.safeParse({ metadata: 'no object' }).error?.issues).toMatchObject([
      { path: expect.arrayContaining(['metadata']) },
    ]);
  } finally {
    await close();
    rmSync(out, { recursive: true, force: true });
  }
});
