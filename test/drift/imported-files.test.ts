import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Relation } from '../../src/catalog/catalog.js';
import { compare } from '../../src/drift/compare.js';
import { importedFiles } from '../../src/drift/imported-files.js';
import { readModels } from '../../src/drift/readers/read.js';
import { noSettings } from '../../src/drift/settings.js';
import { catalogOf, relation } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'rowsmith-imported-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Findings for the models of `src/db/models.ts`, beside the other files of its project. */
async function found(name: string, files: Readonly<Record<string, string>>, ...tables: readonly Relation[]) {
  const project = join(folder, name);
  for (const [file, text] of Object.entries({ 'package.json': '{}', ...files })) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), text);
  }
  const given = [{ file: 'src/db/models.ts', text: files['src/db/models.ts'] ?? '' }];
  const imported = await importedFiles(given, project);
  const { findings, models } = compare(catalogOf(...tables), await readModels(given, undefined, imported), {
    ...noSettings,
    severities: { 'missing-model': 'off' },
  });
  return {
    models: models.map(({ model }) => model.name),
    findings: findings.map(({ severity, id }) => `${severity} ${id}`),
    imported: imported.map(({ file }) => file),
  };
}

const things = (columns: Readonly<Record<string, string>>, facts: Partial<Relation> = {}) =>
  relation('things', columns, facts);

const helpers = `import { pgSchema, pgTable, pgEnum, timestamp, varchar } from 'drizzle-orm/pg-core';
export const app = pgSchema('app');
export const mood = pgEnum('mood', ['sad']);
export const others = pgTable('others', { id: varchar() });
export const stamp = (name: string) => timestamp(name, { withTimezone: true });
export function stamps() { return { createdAt: stamp('made_at').notNull() }; }
export function key(name: string): unknown;
export function key(name: string, options?: { own: boolean }) {
  const column = varchar(name, { length: 24 });
  return options?.own ? column : column.$defaultFn(() => 'x');
}`;
const table = `export const things = app.table('things', { thingId: key('id').primaryKey(), at: stamp('at'), ...stamps() });`;
const columns = { id: 'varchar!', at: 'timestamptz', made_at: 'timestamptz!' };
const inApp = { schema: 'app', primaryKey: { name: 'k', columns: ['id'] } };

test.each([
  ['a relative path', '../helpers.js', 'src/helpers.ts'],
  ['a relative path with the ending of the source', '../helpers.ts', 'src/helpers.ts'],
  ['a folder', '../lib', 'src/lib/index.ts'],
  ['an alias of src', '@/lib/helpers', 'src/lib/helpers.ts'],
  ['an alias of the package', '#lib/helpers.js', 'lib/helpers.ts'],
])("Drizzle's helpers behind %s", async (name, from, file) => {
  const text = `import { app, key, stamp, stamps } from '${from}';\n${table}`;
  const { models, findings, imported } = await found(
    name,
    { 'src/db/models.ts': text, [file]: helpers },
    things(columns, inApp),
  );
  expect(imported).toEqual([file]);
  expect(models).toEqual(['things']);
  expect(findings).toEqual([]);
});

test('a helper is read for what it says: a drift through it is told', async () => {
  const text = `import { app, key, stamp, stamps } from '../helpers';\n${table}`;
  const { findings } = await found(
    'told',
    { 'src/db/models.ts': text, 'src/helpers.ts': helpers },
    things({ ...columns, id: 'text!', at: 'timestamp' }, inApp),
  );
  expect(findings).toEqual(['error type-mismatch/app.things/at/at', 'error type-mismatch/app.things/id/thingId']);
});

test('a base class and an alias, through a file that exports them again', async () => {
  const { models, findings } = await found(
    'again',
    {
      'src/db/models.ts':
        "import { Base, type Mood } from '../base';\nexport class Thing extends Base { static tableName = 'things'; mood!: Mood; }",
      'src/base/index.ts': "export * from './base.js';\nexport type { Mood } from './mood.js';",
      'src/base/base.ts':
        "import { Model } from 'objection';\nexport abstract class Base extends Model { createdAt!: string; }",
      'src/base/mood.ts': 'export type Mood = string | null;\nexport interface Thing { gone: number }',
    },
    things({ mood: 'text', created_at: 'timestamptz!' }),
  );
  expect(models).toEqual(['Thing']);
  expect(findings).toEqual(['error type-mismatch/things/created_at/createdAt']);
});

test('an inherited id of a class with a key of its own', async () => {
  const { findings } = await found(
    'key',
    {
      'src/db/models.ts':
        "import { Base } from '../base';\nexport class Thing extends Base { static tableName = 'things'; static idColumn = ['a', 'b']; a!: string; b!: string; }",
      'src/base.ts': "import { Model } from 'objection';\nexport class Base extends Model { id!: string; }",
    },
    things({ a: 'text!', b: 'text!' }),
  );
  expect(findings).toEqual([]);
});

test('files that import each other, and one that is not there', async () => {
  const { imported } = await found('circle', {
    'src/db/models.ts': "import { a } from './a'; import { c } from './c'; import x from 'pg';",
    'src/db/a.ts': "import { b } from './b';",
    'src/db/b.ts': "import { a } from './a'; import m from './models';",
  });
  expect(imported).toEqual(['src/db/a.ts', 'src/db/b.ts']);
});
