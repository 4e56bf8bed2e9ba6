import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { serializeCatalog } from '../../src/catalog/serialize.js';
import { digest } from '../../src/digest.js';
import { type Cause, type Config, check, generate, snapshot } from '../../src/index.js';
import { rowsmith } from '../support/cli.js';
import { freshDatabase, newestVersion } from '../support/postgres.js';

/** Each way in which committed output goes stale, and what `check` says of it. */
let folder: string;
let catalogs: { readonly before: string; readonly after: string };
const path = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(path(name), 'utf8');
const write = (name: string, text: string) => writeFileSync(path(name), text);
const edit = (name: string, from: string, to: string) => write(name, read(name).replace(from, to));
const config: Config = { source: { catalog: 'schema.json' } };

beforeAll(async () => {
  const database = await freshDatabase(
    newestVersion,
    'create table tasks (task_id bigint primary key, reason text); create table notes (note_id bigint primary key)',
  );
  const { catalog } = await snapshot({ config: { source: { url: database.url } } });
  await database.drop();
  const changed = catalog.relations.map((relation) => ({
    ...relation,
    columns: relation.columns.map((column) => ({ ...column, notNull: true })),
  }));
  catalogs = {
    before: serializeCatalog(catalog, 'test'),
    after: serializeCatalog({ ...catalog, relations: changed }, 'test'),
  };
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-stale-'));
  write('schema.json', catalogs.before);
  await generate({ config, folder });
});
afterEach(() => rmSync(folder, { recursive: true }));

async function causes(given: Config = config): Promise<Record<string, readonly (readonly Cause[])[]>> {
  const { staleness } = await check({ config: given, folder });
  return Object.fromEntries((staleness?.files ?? []).map(({ path: file, causes: found }) => [file, found]));
}

/** Makes a committed file look as if another rowsmith had written it: its text, and the digest that was kept of it. */
function writtenOtherwise(name: string, from: string, to: string): void {
  const old = digest(read(`generated/${name}`));
  edit(`generated/${name}`, from, to);
  edit('generated/manifest.json', old, digest(read(`generated/${name}`)));
}

describe('tells apart why a file is stale', () => {
  test('the schema changed: that table only', async () => {
    write('schema.json', catalogs.after);
    expect(await causes()).toEqual({
      'catalog.json': [['schema']],
      'db.ts': [['schema']],
      'models/task.ts': [['schema']],
    });
  });

  test('someone edited the file', async () => {
    edit('generated/models/task.ts', 'reason', 'motive');
    expect(await causes()).toEqual({ 'models/task.ts': [['edited']] });
  });

  test('someone removed the file', async () => {
    rmSync(path('generated/types.ts'));
    expect(await causes()).toEqual({ 'types.ts': [['edited']] });
  });

  test('someone copied a file', async () => {
    cpSync(path('generated/models/task.ts'), path('generated/models/copy.ts'));
    expect(await causes()).toEqual({ 'models/copy.ts': [['edited']] });
  });

  test('someone edited the catalog', async () => {
    edit('generated/catalog.json', '"reason"', '"motive"');
    expect(await causes()).toEqual({ 'catalog.json': [['edited']] });
  });

  test('the generator changed', async () => {
    writtenOtherwise('db.ts', 'export', '// of another version\nexport');
    expect(await causes()).toEqual({ 'db.ts': [['generator']] });
  });

  test('the config changed: that model only', async () => {
    expect(await causes({ ...config, models: { tasks: { alias: { reason: 'why' } } } })).toEqual({
      'models/task.ts': [['generator']],
    });
  });

  test('the config leaves a table out', async () => {
    expect(await causes({ ...config, exclude: ['notes'] })).toMatchObject({
      'catalog.json': [['generator']],
      'models/note.ts': [['generator']],
    });
  });

  test('all three at once', async () => {
    write('schema.json', catalogs.after);
    writtenOtherwise('models/task.ts', 'import', '// of another version\nimport');
    edit('generated/models/task.ts', 'reason', 'motive');
    expect((await causes())['models/task.ts']).toEqual([['edited'], ['generator'], ['schema']]);
  });

  test('without a manifest, an edit and another generator look alike', async () => {
    rmSync(path('generated/manifest.json'));
    edit('generated/models/task.ts', 'reason', 'motive');
    expect(await causes()).toEqual({ 'models/task.ts': [['edited', 'generator']] });
  });

  test('without the committed catalog, the generator and the schema look alike', async () => {
    write('schema.json', catalogs.after);
    rmSync(path('generated/catalog.json'));
    expect(await causes()).toMatchObject({
      'catalog.json': [['edited'], ['generator', 'schema']],
      'models/task.ts': [['generator', 'schema']],
    });
  });

  test('the manifest alone', async () => {
    edit('generated/manifest.json', '"db.ts": "', '"db.ts": "0');
    expect(await causes()).toEqual({ 'manifest.json': [['edited']] });
    rmSync(path('generated/manifest.json'));
    expect(await causes()).toEqual({ 'manifest.json': [['edited', 'generator']] });
  });
});

describe('check', () => {
  const run = () => rowsmith(['check', '--source', 'schema.json'], folder);

  test('shows what changed in words first, and the text after it', () => {
    write('schema.json', catalogs.after);
    edit('generated/types.ts', '\n', '\n// mine\n');
    const { code, stdout } = run();
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^The schema changed:\n {2}tasks\.reason became NOT NULL: breaks insert and update\n\nSomeone edited or removed the file:\n {2}generated\/types\.ts\n\nstale: generated\/catalog\.json\n/,
    );
    expect(stdout.indexOf('became NOT NULL')).toBeLessThan(stdout.indexOf('--- generated/models/task.ts'));
  });

  test('names the generator when neither the schema changed nor anybody edited a file', () => {
    writtenOtherwise('db.ts', 'export', '// of another version\nexport');
    expect(run().stdout).toMatch(
      /^The generator changed \(rowsmith, its config or its templates\):\n {2}generated\/db\.ts\n\nstale: generated\/db\.ts\n/,
    );
  });
});
