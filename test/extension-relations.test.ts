/** Relations that belong to an extension, as `spatial_ref_sys` belongs to PostGIS. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Config, check, generate, introspect } from '../src/index.js';
import { type FreshDatabase, freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

/** An extension that is available everywhere. Any relation can be made a member of it. */
const schema = `
create extension hstore; create schema partman;
create table tasks (id int primary key, place int);
create table spatial_ref_sys (srid int primary key, proj text not null);
create view geometry_columns as select srid, count(*) as uses from spatial_ref_sys group by 1;
create table partman.part_config (parent text primary key, settings hstore);
alter extension hstore add table spatial_ref_sys;
alter extension hstore add view geometry_columns;
alter extension hstore add table partman.part_config;
alter table tasks add foreign key (place) references spatial_ref_sys;
`;

describe.each(POSTGRES_VERSIONS)('relations of an extension on PostgreSQL %s', (version) => {
  let database: FreshDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await freshDatabase(version, schema);
    folder = mkdtempSync(join(tmpdir(), 'rowsmith-extension-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });
  const asked = (config: Config) => ({ config: { source: { url: database.url }, ...config }, folder });
  const names = async (config: Config) => (await introspect(asked(config))).relations.map(({ name }) => name);

  test('are left out, unless include names them in full', async () => {
    expect(await names({})).toEqual(['tasks']);
    expect(await names({ include: ['*', 'public.*', () => true] })).toEqual(['tasks']);
    expect(await names({ include: ['*', 'spatial_ref_sys', 'partman.part_config'] })).toEqual([
      'part_config',
      'spatial_ref_sys',
      'tasks',
    ]);
    expect(await names({ include: ['*', 'spatial_ref_sys'], exclude: ['spatial_*'] })).toEqual(['tasks']);
    await expect(introspect(asked({ include: ['tasks', 'partman.part_*'] }))).rejects.toMatchObject({
      code: 'unknown-relation',
      hint: 'Tables of an extension must be named in full: "partman.part_config".',
    });
  });

  test('are like others then, also from the catalog that is written', async () => {
    const config: Config = { include: ['tasks', 'spatial_ref_sys', 'geometry_columns'], out: 'named' };
    await generate(asked(config));
    expect(readdirSync(join(folder, 'named/models'))).toHaveLength(3);
    const written = await introspect({ config: { ...config, source: { catalog: 'named/catalog.json' } }, folder });
    expect(written.relations.map(({ name, extension }) => [name, extension])).toEqual([
      ['geometry_columns', 'hstore'],
      ['spatial_ref_sys', 'hstore'],
      ['tasks', undefined],
    ]);
    const again = { config: { ...config, source: { catalog: 'named/catalog.json' } }, folder };
    expect((await check(again)).changes).toEqual([]);
  });

  test('are in db.ts as kysely-codegen writes it', async () => {
    await generate(asked({ tables: 'kysely-codegen', out: 'codegen' }));
    const file = join(folder, 'by-command-line.ts');
    const command = repositoryPath('node_modules/kysely-codegen/dist/cli/bin.js');
    const flags = ['--url', database.url, '--dialect', 'postgres', '--out-file', file];
    const { status, stderr } = spawnSync(process.execPath, [command, ...flags], { encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const own = readFileSync(join(folder, 'codegen/db.ts'), 'utf8');
    expect(own).toContain('spatial_ref_sys: SpatialRefSys');
    expect(own).toBe(readFileSync(file, 'utf8'));
  });
});
