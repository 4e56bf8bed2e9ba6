import { describe, expect, test } from '@jest/globals';
import { readModels } from '../../src/drift/readers/read.js';
import { readText } from './support.js';

/** A field as `name: known type`, with `?` where it may be null and `[]` for each array around it. */
const fieldsOf = async (text: string, name = 'Row') => {
  const { models } = await readText(text);
  return models
    .find((model) => model.name === name)
    ?.fields.map((field) => {
      const { type, column, otherName, skipped } = field;
      const extra = [
        column && `column ${column.name}`,
        otherName && `other ${otherName.name}`,
        skipped !== undefined && 'skipped',
      ].filter(Boolean);
      return [`${field.name}: ${type.name}${'[]'.repeat(type.dimensions)}${type.nullable ? '?' : ''}`, ...extra].join(
        ', ',
      );
    });
};

describe('fields', () => {
  const cases: [name: string, { given: string; want: string[] }][] = [
    [
      'plain types',
      { given: 'struct Row { pub a: i64, pub(crate) b: String, c: bool }', want: ['a: i64', 'b: String', 'c: bool'] },
    ],
    [
      'Option and paths',
      {
        given:
          'struct Row { a: Option<i32>, b: std::option::Option<chrono::DateTime<chrono::Utc>>, c: serde_json::Value }',
        want: ['a: i32?', 'b: DateTime<Utc>?', 'c: Value'],
      },
    ],
    [
      'time zones',
      {
        given:
          'struct Row { a: DateTime<Utc>, b: chrono::NaiveDateTime, c: time::OffsetDateTime, d: DateTime<FixedOffset> }',
        want: ['a: DateTime<Utc>', 'b: NaiveDateTime', 'c: OffsetDateTime', 'd: DateTime<FixedOffset>'],
      },
    ],
    [
      'arrays and bytes',
      {
        given: 'struct Row { a: Vec<String>, b: Vec<u8>, c: Option<Vec<Vec<i64>>>, d: [u8; 32], e: Vec<Option<i32>> }',
        want: ['a: String[]', 'b: Vec<u8>', 'c: i64[][]?', 'd: Vec<u8>', 'e: i32[]'],
      },
    ],
    [
      'references and wrappers',
      {
        given: "struct Row<'a> { a: &'a str, b: Box<str>, c: std::borrow::Cow<'a, str>, d: Arc<Option<i64>> }",
        want: ['a: str', 'b: str', 'c: str', 'd: i64?'],
      },
    ],
    ['raw names', { given: 'struct Row { r#type: String, pub r#struct: i32 }', want: ['type: String', 'struct: i32'] }],
    [
      'an alias',
      {
        given: 'type Id = i64; type Ids = Vec<Id>; struct Row { a: Id, b: Option<Ids> }',
        want: ['a: i64', 'b: i64[]?'],
      },
    ],
    [
      'a newtype',
      {
        given: '#[derive(sqlx::Type)] #[sqlx(transparent)] pub struct TaskId(pub i64); struct Row { a: TaskId }',
        want: ['a: i64'],
      },
    ],
    [
      'newtypes that code of their own reads',
      {
        given:
          'struct A(String); impl sea_orm::TryGetable for A {} struct B(i64); impl FromSql<Text, Pg> for B {} struct C(i64); impl sqlx::Type<Postgres> for C {} struct D(String); json_wrapper!(D); struct Row { a: A, b: Option<B>, c: Vec<C>, d: D }',
        want: ['a: A', 'b: B?', 'c: C[]', 'd: D'],
      },
    ],
    [
      'newtypes that a derive reads, or nothing',
      {
        given:
          '#[derive(sqlx::Type)] struct A(i64); ids!(A); struct B(i64); impl Display for B {} impl From<i64> for B {} struct Row { a: A, b: B }',
        want: ['a: i64', 'b: i64'],
      },
    ],
    ['an alias of itself', { given: 'type A = B; type B = A; struct Row { a: A }', want: ['a: A'] }],
    [
      'an enum',
      {
        given:
          '#[derive(sqlx::Type)] enum State { A, B } #[repr(i32)] enum Level { Low = 1 } struct Row { a: State, b: Level }',
        want: ['a: enum', 'b: i32'],
      },
    ],
    ['a type that no file declares', { given: 'struct Row { a: other::Thing<i32> }', want: ['a: other::Thing<i32>'] }],
    [
      'generics',
      {
        given: 'struct Row<T> where T: Clone { a: Json<T>, b: sqlx::types::Json<Vec<String>>, c: PgRange<i32> }',
        want: ['a: Json<T>', 'b: Json<T>', 'c: PgRange<T>'],
      },
    ],
    [
      '#[sqlx(rename)]',
      { given: 'struct Row { #[sqlx(rename = "type")] kind: String }', want: ['kind: String, column type'] },
    ],
    [
      '#[sqlx(rename_all)]',
      {
        given: '#[sqlx(rename_all = "camelCase")] struct Row { task_id: i64, #[sqlx(rename = "x")] b_c: i32 }',
        want: ['task_id: i64, column taskId', 'b_c: i32, column x'],
      },
    ],
    ...[
      ['snake_case', 'task_id'],
      ['lowercase', 'taskid'],
      ['UPPERCASE', 'TASKID'],
      ['camelCase', 'taskId'],
      ['PascalCase', 'TaskId'],
      ['SCREAMING_SNAKE_CASE', 'TASK_ID'],
      ['kebab-case', 'task-id'],
      ['SCREAMING-KEBAB-CASE', 'TASK-ID'],
    ].map(([style, want]): [string, { given: string; want: string[] }] => [
      `#[sqlx(rename_all = "${style}")]`,
      { given: `#[sqlx(rename_all = "${style}")] struct Row { taskId: i64 }`, want: [`taskId: i64, column ${want}`] },
    ]),
    [
      'a case that leaves the words as they are',
      {
        given: '#[sqlx(rename_all = "UPPERCASE")] struct Row { task_id: i64 }',
        want: ['task_id: i64, column TASK_ID'],
      },
    ],
    [
      '#[diesel(column_name)]',
      {
        given:
          '#[diesel(table_name = t)] struct Row { #[diesel(column_name = type)] kind: String, #[diesel(column_name = "b")] c: i32 }',
        want: ['kind: String, column type', 'c: i32, column b'],
      },
    ],
    [
      '#[sqlx(json)] and skip',
      {
        given: 'struct Row { #[sqlx(json)] a: Thing, #[sqlx(json(nullable))] c: Option<Thing>, #[sqlx(skip)] b: i32 }',
        want: ['a: Json<T>', 'c: Json<T>?', 'b: i32, skipped'],
      },
    ],
    [
      'serde names fields in JSON only',
      {
        given: '#[derive(FromRow)] struct Row { #[serde(rename = "kind", default)] a: String, #[serde(skip)] b: i32 }',
        want: ['a: String, other kind', 'b: i32'],
      },
    ],
    [
      'serde fills a struct that no database library reads',
      {
        given:
          '#[derive(Deserialize)] #[serde(rename_all = "camelCase")] struct Row { task_id: i64, #[serde(skip)] b: i32 }',
        want: ['task_id: i64, other taskId', 'b: i32, other b, skipped'],
      },
    ],
    [
      'a flattened struct',
      {
        given: 'struct Times { created_at: NaiveDateTime } struct Row { id: i64, #[sqlx(flatten)] times: Times }',
        want: ['id: i64', 'created_at: NaiveDateTime'],
      },
    ],
    [
      '#[serde(flatten)] of its own name is another type',
      {
        given: 'struct Row { id: i64, #[serde(flatten)] inner: other::Row }',
        want: ['id: i64', 'inner: other::Row'],
      },
    ],
    [
      '#[serde(flatten)] in a circle ends',
      {
        given: 'struct Row { id: i64, #[serde(flatten)] other: Other } struct Other { #[serde(flatten)] row: Row }',
        want: [...Array<string>(5).fill('id: i64'), 'other: Other'],
      },
    ],
    [
      '#[serde(flatten)] of a map is no column',
      {
        given:
          'struct Row { id: i64, #[serde(flatten)] extra: HashMap<String, Value>, #[serde(flatten)] rest: Option<std::collections::BTreeMap<String, i32>>, #[serde(flatten)] json: serde_json::Value, kept: Value }',
        want: ['id: i64', 'extra: HashMap, skipped', 'rest: BTreeMap?, skipped', 'json: Value, skipped', 'kept: Value'],
      },
    ],
    [
      '#[serde(flatten)] of what the database library reads is one',
      {
        given:
          '#[derive(FromRow)] struct Row { #[serde(flatten)] json: Value, #[serde(flatten)] #[sqlx(json)] map: HashMap<String, Value>, #[serde(flatten)] extra: HashMap<String, Value> }',
        want: ['json: Value', 'map: Json<T>', 'extra: HashMap, skipped'],
      },
    ],
    [
      'cfg_attr',
      { given: 'struct Row { #[cfg_attr(feature = "db", sqlx(rename = "b"))] a: i32 }', want: ['a: i32, column b'] },
    ],
    [
      'attributes of old Diesel and of SeaORM',
      {
        given:
          'struct Row { #[column_name = "b"] a: i32, #[column_name = d] c: i32, #[sea_orm(primary_key, column_name = "f")] e: i32 }',
        want: ['a: i32, column b', 'c: i32, column d', 'e: i32, column f'],
      },
    ],
    [
      "Diesel's embedded and skipped fields",
      {
        given:
          '#[derive(Queryable)] struct Row { #[diesel(embed)] times: Times, #[diesel(skip)] b: i32, c: PhantomData<()> } struct Times { created_at: NaiveDateTime }',
        want: ['created_at: NaiveDateTime', 'b: i32, skipped', 'c: PhantomData<()>, skipped'],
      },
    ],
    [
      'what Diesel does not insert, of a struct that it only inserts',
      {
        given: '#[derive(Insertable)] struct Row { a: i32, #[diesel(skip_insertion)] b: Vec<Item> }',
        want: ['a: i32', 'b: Item[], skipped'],
      },
    ],
    [
      'what Diesel does not insert, of a struct that it reads, too',
      {
        given: '#[derive(Queryable, Insertable)] struct Row { a: i32, #[diesel(skip_insertion)] b: i32 }',
        want: ['a: i32', 'b: i32'],
      },
    ],
    [
      'what serde names for reading, before what it names for writing',
      {
        given:
          '#[derive(FromRow)] struct Row { #[serde(rename(serialize = "x", deserialize = "y"))] a: i32, #[serde(rename(serialize = "z"))] b: i32, #[serde(alias = "w")] c: i32, #[serde(skip_deserializing)] d: i32 }',
        want: ['a: i32, other y', 'b: i32, other z', 'c: i32, other w', 'd: i32'],
      },
    ],
    [
      'fields that serde does not read',
      {
        given:
          'struct Row { #[serde(skip_deserializing)] a: i32, #[serde(default(skip))] b: i32, #[other(skip)] c: i32, #[sqlx(other(rename = "x"))] d: i32 }',
        want: ['a: i32, skipped', 'b: i32, skipped', 'c: i32', 'd: i32'],
      },
    ],
    [
      'strings in attributes',
      {
        given:
          'struct Row { #[check(length(min = 1, max = 10), text = "a, b(c)")] #[sqlx(default, rename = r#"x y"#)] a: String, #[sqlx(rename = "q\\"r\\\\", default)] b: i32, #[sqlx(rename = "")] c: i32 }',
        want: ['a: String, column x y', 'b: i32, column q"r\\', 'c: i32, column '],
      },
    ],
    [
      'cfg_attr with conditions and paths',
      {
        given:
          'struct Row { #[cfg_attr(all(feature = "a", feature = "b"), doc(hidden), sqlx(rename = "b"))] a: i32, #[cfg_attr(sqlx(rename = "d"), inline)] c: i32, #[cfg_attr(any(feature = "x", windows), sqlx(skip))] e: i32 }',
        want: ['a: i32, column b', 'c: i32', 'e: i32, skipped'],
      },
    ],
    [
      'types without a name',
      {
        given:
          "struct Row<'a> { a: (), b: (i32, i64), c: Vec<()>, d: JsonB<X>, e: Jsonb, f: sqlx :: types :: Json<X>, g: r#type::r#Uuid, h: &'a [u8], i: dyn Any, j: DateTime }",
        want: [
          'a: ()',
          'b: ()',
          'c: ()[]',
          'd: Json<T>',
          'e: Json<T>',
          'f: Json<T>',
          'g: Uuid',
          'h: Vec<u8>',
          'i: dyn Any',
          'j: DateTime<Utc>',
        ],
      },
    ],
    [
      'comments between',
      { given: 'struct Row {\n  // one\n  a: i32, /* two */\n  /// three\n  b: i32,\n}', want: ['a: i32', 'b: i32'] },
    ],
  ];

  test.each(cases)('%s', async (_, { given, want }) => {
    expect(await fieldsOf(given)).toEqual(want);
  });
});

describe('structs', () => {
  test.each([
    [
      'an attribute',
      '#[diesel(table_name = crate::schema::tasks)] struct A { a: i32 }',
      [['crate::schema::tasks', '#[diesel(table_name)]']],
    ],
    [
      'a doc comment',
      '/// A task.\n/// Maps to `tasker_tasks` table.\nstruct A { a: i32 }',
      [['tasker_tasks', 'its doc comment']],
    ],
    [
      'a block comment',
      '/** Maps to the table `billing.invoices` */\nstruct A { a: i32 }',
      [['billing.invoices', 'its doc comment']],
    ],
    [
      'an attribute before a doc comment',
      '/// Maps to `b`\n#[diesel(table_name = a)]\nstruct A { a: i32 }',
      [
        ['a', '#[diesel(table_name)]'],
        ['b', 'its doc comment'],
      ],
    ],
    ['old Diesel, in quotes', '#[table_name = "tasks"] struct A { a: i32 }', [['tasks', '#[table_name]']]],
    [
      'SeaORM',
      '#[derive(DeriveEntityModel)] #[sea_orm(schema_name = "s", table_name = "tasks")] struct A { a: i32 }',
      [['tasks', '#[sea_orm(table_name)]']],
    ],
    ['sqlx', '#[sqlx(table = "tasks")] struct A { a: i32 }', [['tasks', '#[sqlx(table)]']]],
    [
      'a path with a raw name and blanks',
      '#[diesel(table_name = crate :: schema :: r#type)] struct A { a: i32 }',
      [['crate::schema::type', '#[diesel(table_name)]']],
    ],
    [
      'an import by another name',
      'use crate::schema::{tasks as t, users}; #[diesel(table_name = t)] struct A { a: i32 }',
      [['crate::schema::tasks', '#[diesel(table_name)]']],
    ],
    [
      'a doc comment over two lines',
      '/// Maps to the\n/// `tasks`\nstruct A { a: i32 }',
      [['tasks', 'its doc comment']],
    ],
    ['nothing', '// Maps to `tasks`\nstruct A { a: i32 }', []],
    ['nothing of its own', '/// Maps to `tasks`\n#[diesel(table_name = tasks)]\nenum E { A } struct A { a: i32 }', []],
  ])('the table that %s names', async (_, text, want) => {
    expect((await readText(text)).models[0]?.tables.map(({ table, by }) => [table, by])).toEqual(want);
  });

  test.each([
    ['Maps to `t`', 't'],
    ['Map to `t`', 't'],
    ['mapped to "s.t"', 's.t'],
    ["Corresponds to the  sql  't'", 't'],
    ['correspond to the database table `t`', 't'],
    ['Belongs  to  postgres table `t`', 't'],
    ['belong to the postgresql  `t`', 't'],
    ['maps to the  table  `t_1$`', 't_1$'],
    ['Maps to the  tasks  table', 'tasks'],
    ['belong  to tasks table.', 'tasks'],
    ['Corresponds to s.tasks table', 's.tasks'],
    ['correspond to tasks table', 'tasks'],
    ['Map to tasks table', 'tasks'],
    ['mapped to tasks tables', undefined],
    ['A row  of  the  table  `t`', 't'],
    ['Record from "t"', 't'],
    ["the model for the 't'", 't'],
    ['Rows of `t`', undefined],
    ['a row of numbers', undefined],
    ['@table t', 't'],
    ['@table `s.t`', 's.t'],
    ['Table: t', 't'],
    ['table name: "t"', 't'],
    ['Table  name:t', 't'],
    ['tables: t', undefined],
    ['timetable name: t', undefined],
    ['The `t`  table', 't'],
    ['"s.t" table', 's.t'],
    ['the `t` tables', undefined],
    ['a task', undefined],
  ])('a doc comment that says %s names %s', async (doc, want) => {
    const { models } = await readText(`/// ${doc}\nstruct A { a: i32 }`);
    expect(models[0]?.tables.map(({ table }) => table)).toEqual(want === undefined ? [] : [want]);
  });

  test('lie in modules, with the line of their name', async () => {
    const { models } = await readText(
      'mod a {\n  pub mod b {\n    #[derive(Debug)]\n    pub struct Deep { x: i32 }\n  }\n}\n',
    );
    expect(models).toMatchObject([{ name: 'Deep', path: 'a::b::Deep', line: 4 }]);
  });

  test.each([
    ['Insertable alone', '#[derive(Insertable)] struct A { a: i32 }', 'insert'],
    ['Insertable and Queryable', '#[derive(Queryable, Insertable)] struct A { a: i32 }', 'row'],
    ['AsChangeset', '#[derive(AsChangeset)] struct A { a: i32 }', 'update'],
    ['NewX', 'struct NewThing { a: i32 }', 'insert'],
    ['a name that begins like one', 'struct News { a: i32 }', 'row'],
    ['a name that holds one', 'struct ANewThing { a: i32 }', 'row'],
    ['AsChangeset and a table', '#[diesel(AsChangeset, table_name = t)] struct A { a: i32 }', 'row'],
  ])('%s', async (_, text, want) => {
    expect((await readText(text)).models[0]?.role.kind).toBe(want);
  });

  test.each([
    ['struct A { a: i32 }', 'sqlx', false],
    ['#[derive(sqlx::FromRow)] struct A { a: i32 }', 'sqlx', true],
    ['#[derive(Queryable)] struct A { a: i32 }', 'diesel', true],
    ['#[derive(AsChangeset)] struct A { a: i32 }', 'diesel', false],
    ['#[diesel(check_for_backend(Pg))] struct A { a: i32 }', 'diesel', false],
    ['#[serde(Queryable, FromRow)] struct A { a: i32 }', 'sqlx', false],
    ['#[derive(DeriveEntityModel)] struct A { a: i32 }', 'sea-orm', true],
    ['#[derive(Identifiable)] struct A { a: i32 }', 'diesel', false],
    ['#[derive(HasQuery)] struct A { a: i32 }', 'diesel', true],
  ])('%s is read by %s', async (text, profile, readsRows) => {
    expect((await readText(text)).models[0]).toMatchObject({ profile, readsRows });
  });

  test('made by macros are named as unread', async () => {
    const text =
      'define_model! { pub struct Made { id: i64 } }\nmacro_rules! model { ($name:ident) => { pub struct $name { id: i64 } } }\nmodel!(Other);\nprintln!("x");';
    const { models, unread } = await readText(text);
    expect(models).toEqual([]);
    expect(unread.map(({ name, line, reason, broken }) => [name, line, reason, broken])).toEqual([
      ['Made', 1, 'made by the macro define_model!', false],
      ['Other', 3, 'made by the macro model!', false],
    ]);
  });

  test('of two names in two modules stay unknown to fields', async () => {
    const text = 'mod a { pub struct Id(i64); } mod b { pub struct Id(i32); } struct Row { id: Id }';
    expect(await fieldsOf(text)).toEqual(['id: Id']);
  });
});

test('SQL in strings, with its line', async () => {
  const text =
    'fn f() {\n  sqlx::query!("UPDATE tasks SET a = $1 \\\n    WHERE id = 1");\n  let other = "select nothing special";\n  let raw = r#"SELECT "a" FROM t"#;\n  let dynamic = format!("DELETE FROM {} WHERE a", t);\n}';
  const { literals } = await readText(text);
  expect(literals.map(({ line, sql, dynamic }) => [line, sql, dynamic])).toEqual([
    [2, 'UPDATE tasks SET a = $1 WHERE id = 1', undefined],
    [5, 'SELECT "a" FROM t', undefined],
    [6, 'DELETE FROM {} WHERE a', true],
  ]);
});

test('SQL as Rust writes it: escapes, raw strings, bytes', async () => {
  const text = String.raw`const A: &str = "select \"a\" from t\nwhere b = '\\'"; const B: &str = r##"select "#" from t"##; const C: &[u8] = b"select 1 from t"; const D: &str = "select {0:?} from t"; const G: &str = "select {:>8} from t"; const E: &str = "select '{a b}' from t"; const F: &str = r"select '\n' from t";`;
  expect((await readText(text)).literals.map(({ sql, dynamic }) => [sql, dynamic])).toEqual([
    ['select "a" from t\nwhere b = \'\\\'', undefined],
    ['select "#" from t', undefined],
    ['select 1 from t', undefined],
    ['select {0:?} from t', true],
    ['select {:>8} from t', true],
    ["select '{a b}' from t", undefined],
    ["select '\\n' from t", undefined],
  ]);
});

test('several files: types of one are known in the others, and each keeps its own modules', async () => {
  const { models, unread } = await readModels([
    { file: 'a.rs', text: 'pub struct Row { a: Id, b: Kind, c: Pair, d: Unit }' },
    {
      file: 'b.rs',
      text: '#[repr(i16)] pub enum Kind { A } pub struct Id(pub Uuid); pub struct Pair(i32, i64); pub struct Unit; mod c { pub struct Other { a: i32 } }',
    },
  ]);
  expect(models.map(({ path, file, fields }) => [path, file, fields.map(({ type }) => type.name)])).toEqual([
    ['Row', 'a.rs', ['Uuid', 'i16', 'Pair', 'Unit']],
    ['c::Other', 'b.rs', ['i32']],
  ]);
  expect(unread).toEqual([]);
});

describe('broken text', () => {
  test.each([
    ['a struct that does not end', 'struct A { a: i32, b: '],
    ['modules without end', 'mod a {'.repeat(5000)],
    ['types without end', `struct A { a: ${'Option<'.repeat(5000)} }`],
    ['no Rust at all', '<html><body></body></html>'],
  ])('%s is said to be unread', async (_, text) => {
    const { unread } = await readText(text);
    expect(unread.some(({ broken }) => broken)).toBe(true);
  });

  test('types that are nested deeply and well are read to a depth', async () => {
    const { models } = await readText(`struct Row { a: ${'Option<'.repeat(2000)}i32${'>'.repeat(2000)} }`);
    expect(models[0]?.fields[0]?.type).toMatchObject({ category: 'unknown', nullable: true });
  });

  test.each([
    ['a struct', '\n\nstruct A { a: , b: i32 }\nstruct B { c: i32 }', [['A', 3]]],
    ['a function that has swallowed a struct', 'fn f() { let x = ;\nstruct A { a: i32 }', [['models.rs', 1]]],
    ['an implementation', 'struct B { c: i32 }\nimpl B { fn f() { let x = ; } }', []],
  ])('of %s is said where it stands', async (_, text, want) => {
    expect((await readText(text)).unread.map(({ name, line }) => [name, line])).toEqual(want);
  });

  test('modules that are nested deeper than anybody writes are said', async () => {
    const { models, unread } = await readText(`${'mod a { '.repeat(65)}struct Deep { a: i32 }${' }'.repeat(65)}`);
    expect({ models: models.length, unread }).toEqual({
      models: 0,
      unread: [{ name: 'a', file: 'models.rs', line: 1, reason: 'its modules are nested too deeply', broken: true }],
    });
    expect((await readText(`${'mod a { '.repeat(64)}struct Deep { a: i32 }${' }'.repeat(64)}`)).models).toHaveLength(1);
  });

  test('in a function hides no model', async () => {
    const { models, unread } = await readText('struct A { a: i32 }\nfn f() { let x = ; }');
    expect({ models: models.length, unread }).toEqual({ models: 1, unread: [] });
  });

  test('parallel reading shares one parser', async () => {
    const files = [{ file: 'a.rs', text: 'struct A { a: i32 }' }];
    const results = await Promise.all(Array.from({ length: 4 }, () => readModels(files)));
    expect(results.map(({ models }) => models.length)).toEqual([1, 1, 1, 1]);
  });
});
