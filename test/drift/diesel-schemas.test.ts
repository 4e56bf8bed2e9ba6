/** Structs of Diesel whose tables have a namesake in another schema. */
import { expect, test } from '@jest/globals';
import { compare } from '../../src/drift/compare.js';
import { readModels } from '../../src/drift/readers/read.js';
import { noSettings } from '../../src/drift/settings.js';
import { catalogOf, relation } from './support.js';

const [east, west] = ['east', 'west'].map((schema) =>
  relation('runs', { id: 'int4! = 1', [`in_${schema}`]: 'int8!' }, { schema }),
);
const own = relation('runs', { id: 'int4! = 1', speed: 'int8!' });

const table = (name: string, column: string) => `diesel::table! { ${name} (id) { id -> Int4, ${column} -> Int8, } }`;
const inModule = (schema: string) => `pub mod ${schema} { ${table(`${schema}.runs`, `in_${schema}`)} }`;
const both = `${inModule('east')} ${inModule('west')}`;
const struct = (name: string, fields = 'id: i32, in_west: i64') =>
  `#[derive(Queryable, Selectable)] #[diesel(table_name = ${name})] pub struct Run { ${fields} }`;

/** The modules of a crate whose schemas are in files of their own, with what the module `schema` has. */
const inFiles = (reexports: string) => ({
  'src/main.rs': 'mod schema; mod model;',
  'src/schema/mod.rs': `mod east_schema; mod west_schema; ${reexports}`,
  'src/schema/east_schema.rs': inModule('east'),
  'src/schema/west_schema.rs': inModule('west'),
});

async function foundIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const declared = await readModels(Object.entries(files).map(([file, text]) => ({ file, text })));
  const relations = [east, west, own].filter((one) => one !== undefined);
  const { findings } = compare(catalogOf(...relations), declared, noSettings);
  return findings
    .filter(({ rule, severity }) => rule !== 'missing-model' && severity !== 'info')
    .map(({ severity, id }) => `${severity} ${id}`);
}

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['an import', { 'src/schema.rs': both }, `use crate::schema::west::runs; ${struct('runs')}`],
  ['an import of several', { 'src/schema.rs': both }, `use crate::{a::B, schema::{west::runs}}; ${struct('runs')}`],
  ['an import of the module', { 'src/schema.rs': both }, `use crate::schema::west; ${struct('west::runs')}`],
  [
    'an import of the module itself',
    { 'src/schema.rs': both },
    `use crate::schema::west::{self}; ${struct('west::runs')}`,
  ],
  [
    'an import of everything',
    { 'src/schema.rs': both },
    `use diesel::prelude::*; use crate::schema::west::*; ${struct('runs')}`,
  ],
  ['another name', { 'src/schema.rs': both }, `use crate::schema::{east, west::runs as w}; ${struct('w')}`],
  ['a whole path', { 'src/schema.rs': both }, struct('crate::schema::west::runs')],
  ['a path from the module around it', { 'src/schema.rs': both }, struct('super::schema::west::runs')],
  [
    'a module that imports all of another',
    inFiles(
      'pub mod east { pub use super::east_schema::east::*; } pub mod west { pub use super::west_schema::west::*; }',
    ),
    `use crate::schema::west::runs; ${struct('runs')}`,
  ],
  [
    'a module of another name that imports one table',
    inFiles('pub mod left { pub use super::west_schema::west::runs; }'),
    `use crate::schema::left::runs; ${struct('runs')}`,
  ],
  [
    'a table that a module has under another name',
    inFiles('pub use west_schema::west::runs as left;'),
    `use crate::schema::left; ${struct('left')}`,
  ],
  ['an imported module', inFiles('pub use west_schema::west;'), struct('crate::schema::west::runs')],
  [
    'modules that import each other',
    inFiles('pub use self::*; pub use super::schema::*;'),
    `${struct('a::west::runs')}`,
  ],
  ['a path through modules that are not given', inFiles(''), `use other::west::runs; ${struct('runs')}`],
])('%s tells which of two tables is meant', async (_, files, model) => {
  expect(await foundIn({ ...files, 'src/model.rs': model })).toEqual([]);
});

test('a table of its own schema is not the other one', async () => {
  const files = { 'src/schema.rs': both, 'src/model.rs': `use crate::schema::east::runs; ${struct('runs')}` };
  expect(await foundIn(files)).toEqual(['error extra-field/east.runs/in_west']);
});

test('a table without a schema beside one with it', async () => {
  const model = `use crate::schema::runs; ${struct('runs', 'id: i32, speed: i64')}`;
  const files = { 'src/schema.rs': `${inModule('west')} ${table('runs', 'speed')}`, 'src/model.rs': model };
  expect(await foundIn(files)).toEqual([]);
});

test('a name that nothing leads to is of no table', async () => {
  const files = { 'src/schema.rs': both, 'src/model.rs': `use other::runs; ${struct('runs', 'gone: i32')}` };
  expect(await foundIn(files)).toEqual(['warning unmapped-model/Run']);
});

test('an import tells the schema without any table!', async () => {
  expect(await foundIn({ 'src/model.rs': `use crate::schema::west::runs; ${struct('runs')}` })).toEqual([]);
});
