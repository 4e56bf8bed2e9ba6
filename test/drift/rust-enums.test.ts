/** Enums of Rust that sqlx, Diesel, SeaORM and tokio-postgres read enums of the database into. */
import { describe, expect, test } from '@jest/globals';
import { catalogOf, findingsOf, relation } from './support.js';

const moods = relation('moods', { id: 'int8!' });
const catalog = {
  ...catalogOf(moods),
  enums: [{ schema: 'public', name: 'my_mood', labels: ['sad', 'very_glad'] }],
};
const variants = '{ Sad, VeryGlad }';
const use = 'fn f() -> MyMood { g() }';

/** What is told of the enum: `extra` labels and `missing` ones. */
async function told(text: string): Promise<readonly string[]> {
  const { findings } = await findingsOf(catalog, `${text} ${use}`, {}, 'a.rs');
  return findings
    .filter(({ rule }) => rule === 'enum-mismatch')
    .map(({ severity, id }) => `${severity} ${id.split('/').at(-1)}`);
}

const sqlx = (given: string, body = variants) => `#[derive(sqlx::Type)] #[sqlx(${given})] enum MyMood ${body}`;
const diesel = (given: string, body = variants) => `#[derive(DbEnum)] ${given} enum MyMood ${body}`;
const seaOrm = (body: string, given = '') =>
  `#[derive(DeriveActiveEnum)] #[sea_orm(rs_type = "String", db_type = "Enum", enum_name = "my_mood"${given})] enum MyMood ${body}`;
const both = ['error extra', 'error missing'];
const named = 'type_name = "my_mood"';

describe('an enum with the labels of the database', () => {
  test.each([
    ['of sqlx', sqlx(`${named}, rename_all = "snake_case"`)],
    ['of sqlx, with labels of its own', sqlx(named, '{ #[sqlx(rename = "sad")] S, #[sqlx(rename = "very_glad")] G }')],
    [
      'of sqlx behind a feature',
      `#[cfg_attr(feature = "db", derive(sqlx::Type), sqlx(${named}, rename_all = "snake_case"))] enum MyMood ${variants}`,
    ],
    ['of sqlx in a schema', sqlx('type_name = "public.my_mood", rename_all = "snake_case"')],
    ['of sqlx in capitals', sqlx('type_name = "MY_MOOD", rename_all = "snake_case"')],
    ['of another name', sqlx('type_name = "other"')],
    ['of text', sqlx('type_name = "text"')],
    ['of numbers', `#[derive(sqlx::Type)] #[repr(i32)] enum my_mood ${variants}`],
    ['of another Type', `#[derive(specta::Type)] enum my_mood ${variants}`],
    ['of Diesel', diesel('')],
    ['of Diesel, by a path', diesel('#[ExistingTypePath = "crate::schema::sql_types::MyMood"]')],
    [
      'of Diesel, with labels of its own',
      diesel('', '{ #[db_rename = "sad"] S, /** b */ #[db_rename = "very_glad"] G }'),
    ],
    ['of SeaORM', seaOrm('{ #[sea_orm(string_value = "sad")] A, #[sea_orm(string_value = "very_glad")] B }')],
    ['of SeaORM in a style', seaOrm(variants, ', rename_all = "snake_case"')],
    ['of SeaORM in an unknown style', seaOrm(variants, ', rename_all = "title_case"')],
    [
      'of tokio-postgres',
      `#[derive(FromSql)] #[postgres(name = "my_mood", rename_all = "snake_case")] enum MyMood ${variants}`,
    ],
    ['whose variants hold values', sqlx(named, '{ Sad(i32), Glad }')],
    ['of tests', `#[cfg(test)] ${sqlx(named)}`],
  ])('%s', async (_, text) => {
    expect(await told(text)).toEqual([]);
  });
});

describe('an enum without them', () => {
  test.each<[string, string, readonly string[]]>([
    ['of sqlx, as it is written', sqlx(named), both],
    ['of sqlx, that lacks one', sqlx(`${named}, rename_all = "snake_case"`, '{ Sad }'), ['error missing']],
    [
      'of sqlx, that has one more',
      sqlx(`${named}, rename_all = "snake_case"`, '{ Sad, VeryGlad, Odd }'),
      ['error extra'],
    ],
    [
      'of sqlx, whose name is that of the type',
      `#[derive(sqlx::Type)] enum My_Mood ${variants} fn f() -> My_Mood {}`,
      both,
    ],
    [
      'of sqlx, with a variant for tests',
      sqlx(`${named}, rename_all = "snake_case"`, '{ Sad, #[cfg(test)] VeryGlad }'),
      ['error missing'],
    ],
    ['of Diesel in another style', diesel('#[DbValueStyle = "kebab-case"]'), both],
    ['of Diesel, by its type', diesel('#[PgType = "my_mood"]', '{ Sad }'), ['error missing']],
    ['of Diesel, by keys', diesel('#[db_enum(value_style = "UPPERCASE")]'), both],
    ['of SeaORM', seaOrm('{ #[sea_orm(string_value = "Sad")] A }'), both],
    ['of tokio-postgres', `#[derive(FromSql)] #[postgres(name = "my_mood")] enum MyMood ${variants}`, both],
  ])('%s', async (_, text, want) => {
    expect(await told(text)).toEqual(want);
  });

  test('that no code uses', async () => {
    const { findings } = await findingsOf(catalog, sqlx(named), {}, 'a.rs');
    expect(findings.filter(({ rule }) => rule === 'enum-mismatch')).toEqual([]);
  });

  test('is told with both names', async () => {
    const { findings } = await findingsOf(catalog, `${sqlx(named, '{ sad }')} ${use}`, {}, 'a.rs');
    expect(findings.find(({ rule }) => rule === 'enum-mismatch')).toMatchObject({
      file: 'a.rs',
      line: 1,
      message:
        'The enum MyMood declares the enum my_mood, whose type has very_glad too: reading such a row fails or lies.',
    });
  });
});
