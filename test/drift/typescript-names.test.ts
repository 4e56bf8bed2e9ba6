import { describe, expect, test } from '@jest/globals';
import { compare } from '../../src/drift/compare.js';
import { readModels } from '../../src/drift/readers/read.js';
import { noSettings } from '../../src/drift/settings.js';
import { catalogOf, relation } from './support.js';

const catalog = catalogOf(relation('users', { id: 'int4!', name: 'text!' }), relation('user_data', { fid: 'int8!' }));

/** The findings for models of several files, but for tables without a model. */
async function found(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const declared = await readModels(Object.entries(files).map(([file, text]) => ({ file, text })));
  const { findings } = compare(catalog, declared, { ...noSettings, severities: { 'missing-model': 'off' } });
  return findings.filter(({ severity }) => severity !== 'info').map(({ severity, id }) => `${severity} ${id}`);
}

const right = 'export interface Person { id: number; name: string }';
const other = 'export interface Person { id: boolean; shape: string }';
const query = "knex<Person>('users')";
const wrong = 'error type-mismatch/users/id/id';

describe('the type of a query is what its file calls so', () => {
  test.each([
    ['by import', { 'a.ts': right, 'b.ts': other, 'q.ts': `import { Person } from './a'; ${query}` }, []],
    [
      'under another name',
      { 'a.ts': other, 'q.ts': `import { Person as Row } from './a'; knex<Row>('users')` },
      [wrong],
    ],
    ['of its own', { 'a.ts': other, 'q.ts': `${right} ${query}` }, []],
    [
      'by default',
      {
        'a.ts': right.replace('export', 'export default'),
        'b.ts': other,
        'q.ts': `import Person from './a'; ${query}`,
      },
      [],
    ],
    [
      'by what is exported by default',
      {
        'a.ts': `${right.replace('export ', '')}; export default Person`,
        'b.ts': other,
        'q.ts': `import Person from './a.js'; ${query}`,
      },
      [],
    ],
    [
      'of a namespace',
      { 'a.ts': right, 'b.ts': other, 'q.ts': `import * as rows from './a'; knex<rows.Person>('users')` },
      [],
    ],
    [
      'in a namespace that has the name of a type',
      {
        'a.ts': `export interface Rows { id: boolean } export namespace Rows { ${right} }`,
        'b.ts': other,
        'q.ts': `import { Rows } from './all'; knex<Rows.Person>('users')`,
        'all.ts': `export { Rows } from './a'`,
      },
      [],
    ],
    [
      'exported again',
      {
        'a.ts': right,
        'b.ts': other,
        'all/index.ts': `export * from '../a'`,
        'q.ts': `import { Person } from './all'; ${query}`,
      },
      [],
    ],
    [
      'exported again by name',
      {
        'a.ts': other,
        'all.ts': `export { Person as Row } from './a'`,
        'q.ts': `import { Row } from './all'; knex<Row>('users')`,
      },
      [wrong],
    ],
    [
      'of an alias of a package',
      {
        'apps/server/src/data/rows.ts': right,
        'apps/web/src/data/rows.ts': other,
        'q.ts': `import { Person } from '@acme/server/data/rows'; ${query}`,
      },
      [],
    ],
    [
      'of an alias that stands for another folder',
      { 'database/rows.ts': right, 'q.ts': `import { Person } from '#db/rows'; ${query}` },
      [],
    ],
    [
      'of an alias of a folder',
      { 'src/a.ts': right, 'src/b.ts': other, 'src/q.ts': `import { Person } from '@/a'; ${query}` },
      [],
    ],
    [
      'of a package that is given',
      { 'packages/rows/user.ts': other, 'q.ts': `import { Person } from '@acme/rows'; ${query}` },
      [wrong],
    ],
    ['of a package that is not', { 'a.ts': other, 'q.ts': `import { Person } from 'rows'; ${query}` }, []],
    ['of a file that is not given', { 'a.ts': other, 'q.ts': `import { Person } from './gone'; ${query}` }, []],
    [
      'a circle of exports',
      {
        'a.ts': `export * from './b'`,
        'b.ts': `export * from './a'`,
        'q.ts': `import { Person } from './a'; ${query}`,
      },
      [],
    ],
  ])('%s', async (_, files, want) => {
    expect((await found(files as Readonly<Record<string, string>>)).filter((id) => id.startsWith('error'))).toEqual(
      want.length > 0 ? expect.arrayContaining(want) : want,
    );
  });

  test("the field's type is what its file calls so", async () => {
    const files = {
      'a.ts': 'export type Id = boolean',
      'b.ts': `import { Id } from 'ids'; export interface Person { id: Id; name: string } ${query}`,
    };
    expect(await found(files)).toEqual([]);
  });
});

test('tables that Kysely is given, in parts of many files that are all called alike', async () => {
  const part = (table: string, row: string) =>
    `export const tableName = '${table}'; ${row}; export type PartialDB = { [tableName]: Row }`;
  expect(
    await found({
      'tables/users.ts': part('users', 'interface Row { id: number; name: string; shape: string }'),
      'tables/data.ts': part('userData', 'interface Row { fid: number }'),
      'tables/gone.ts': part('gone', 'interface Row { id: number }'),
      'schema.ts': `import * as users from './tables/users'; import * as data from './tables/data'; import * as gone from './tables/gone';
        type All = users.PartialDB & data.PartialDB & gone.PartialDB; export const db = new Kysely<All>({})`,
    }),
  ).toEqual(['error type-mismatch/user_data/fid/fid', 'error extra-field/users/shape', 'error unmapped-model/Row']);
});
