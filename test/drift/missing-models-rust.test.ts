import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { missingModelTexts } from '../../src/drift/missing-models.js';
import { catalogOf, findingsOf, relation } from './support.js';

/** Derives that write nothing, and take the attributes of their libraries: what is compiled is what rowsmith wrote. */
const derives = `extern crate proc_macro;
use proc_macro::TokenStream;
${[
  ['FromRow', 'sqlx'],
  ['Queryable', 'diesel'],
  ['Selectable', 'diesel'],
  ['DeriveEntityModel', 'sea_orm'],
  ['DeriveRelation', 'sea_orm'],
  ['EnumIter', 'strum'],
]
  .map(
    ([name, attribute]) =>
      `#[proc_macro_derive(${name}, attributes(${attribute}))] pub fn d_${name?.toLowerCase()}(_: TokenStream) -> TokenStream { TokenStream::new() }`,
  )
  .join('\n')}`;

/** The names that the libraries bring into a file of models. */
const names = `#![allow(dead_code, unused_imports, non_local_definitions, non_snake_case)]
extern crate derives;
use derives::*;
mod sqlx { pub use derives::FromRow; }
mod schema { pub mod order_items {} }
#[derive(Debug, Clone, PartialEq)] pub struct DateTime<Zone>(Zone);
#[derive(Debug, Clone, PartialEq)] pub struct Utc;
pub type DateTimeWithTimeZone = DateTime<Utc>;
pub struct ActiveModel;
pub trait ActiveModelBehavior {}
`;

const catalog = catalogOf(
  relation('users', { id: 'int8!' }, { primaryKey: { name: 'pk', columns: ['id'] } }),
  relation(
    'order_items',
    { id: 'int8!', type: 'text', 'Odd Name': 'int4!', self: 'bool!', paid_at: 'timestamptz', tags: 'text[]!' },
    { primaryKey: { name: 'pk', columns: ['id'] } },
  ),
);

let folder: string;
const rustc = (...args: string[]) =>
  spawnSync('rustc', ['--edition', '2021', ...args], { cwd: folder, encoding: 'utf8' });
const isThere = spawnSync('rustc', ['--version']).status === 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-rust-'));
  if (!isThere) return;
  writeFileSync(join(folder, 'derives.rs'), derives);
  const made = rustc('--crate-type', 'proc-macro', '--crate-name', 'derives', 'derives.rs');
  if (made.status !== 0) throw new Error(made.stderr);
});
afterAll(() => rmSync(folder, { recursive: true }));

(isThere ? test.each : test.skip.each)([
  ['sqlx', '#[derive(Debug, Clone, sqlx::FromRow)] pub struct User { pub id: i64 }'],
  [
    'Diesel',
    '#[derive(Queryable, Selectable)] #[diesel(table_name = crate::schema::users)] pub struct User { pub id: i64 }',
  ],
  [
    'SeaORM',
    '#[derive(Clone, Debug, PartialEq, DeriveEntityModel)] #[sea_orm(table_name = "users")] pub struct Model { #[sea_orm(primary_key)] pub id: i64 }',
  ],
])(
  'what is written in the style of %s compiles',
  async (_, given) => {
    const { missing, findings } = await findingsOf(catalog, given, {}, 'm.rs');
    const [model] = missingModelTexts({ missing, findings });
    writeFileSync(join(folder, 'm.rs'), `${names}${model?.text}`);
    const { status, stderr } = rustc('--crate-type', 'lib', '--emit', 'metadata', '-L', '.', 'm.rs');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  },
  60_000,
);
