/** Statements that a `QueryBuilder` of sqlx holds, of which the code pushes some parts when it runs. */
import { describe, expect, test } from '@jest/globals';
import { compare } from '../../src/drift/compare.js';
import { noSettings } from '../../src/drift/settings.js';
import { catalogOf, column, readText, relation } from './support.js';

const builder = (sql: string, pushes = '') => `let mut b = QueryBuilder::<Postgres>::new("${sql}"); ${pushes}`;
const run = 'b.build_query_as::<T>().fetch_all(db)';

describe('the text of a builder', () => {
  test.each<[string, string, string]>([
    ['is what it is made with', `${builder('SELECT a FROM t')} ${run}`, 'SELECT a FROM t'],
    ['with what is pushed', `${builder('SELECT a ', 'b.push("FROM t");')} ${run}`, 'SELECT a FROM t'],
    [
      'with values',
      `${builder('SELECT a FROM t WHERE b = ', 'b.push_bind(1).push(" AND c");')} ${run}`,
      'SELECT a FROM t WHERE b =  NULL  AND c',
    ],
    [
      'with a constant',
      `const C: &str = "a, b"; ${builder('SELECT ', 'b.push(C).push(" FROM t");')} ${run}`,
      'SELECT a, b FROM t',
    ],
    [
      'made with format!',
      `let mut b = QueryBuilder::new(format!("SELECT a FROM t{}", join)); ${run}`,
      'SELECT a FROM t',
    ],
    [
      'without what is pushed on a condition',
      `${builder('SELECT a FROM t WHERE ', 'if x { b.push("c"); }')} ${run}`,
      'SELECT a FROM t',
    ],
    [
      'without what another function pushes',
      `${builder('SELECT a FROM t WHERE c AND', 'g(&mut b); b.push(" d");')} ${run}`,
      'SELECT a FROM t WHERE c',
    ],
    [
      'completed',
      `${builder('SELECT a FROM t WHERE (b = ', 'b.push(more);')} ${run}`,
      'SELECT a FROM t WHERE (b = NULL)',
    ],
    [
      'completed in a list',
      `${builder('SELECT a FROM t WHERE b IN (', 'let mut list = b.separated(",");')} ${run}`,
      'SELECT a FROM t WHERE b IN ( NULL)',
    ],
    [
      'of which only the end is known',
      `${builder('SELECT a, (SELECT 1 FROM o) ', 'b.push(from);')} ${run}`,
      'SELECT a, (SELECT 1 FROM o) {}',
    ],
    ['of a parameter is unknown', run, ''],
  ])('%s', async (_, code, sql) => {
    const { literals } = await readText(`fn f(b: QueryBuilder) { ${code}; }`);
    const filling = literals.find(({ into }) => into === 'T');
    expect([filling?.sql, filling?.adapted]).toEqual([sql, true]);
  });

  const field = (made: string) =>
    `impl<'a> Query<'a> { fn new() -> Self { ${made} } fn and(mut self) -> Self { self.b.push(" AND c"); self }
     async fn all(mut self) -> R { let rows = self.b.build_query_as().fetch_all(db).await?; Query::grouped(&rows) }
     fn grouped(rows: &[T]) -> R { g(rows) } }`;
  test.each<[string, string, string]>([
    [
      'of a variable',
      `${builder('SELECT a FROM t WHERE b = ', 'b.push_bind(1);')} Self { b }`,
      'SELECT a FROM t WHERE b =  NULL',
    ],
    ['made there', 'Self { b: QueryBuilder::new("SELECT a FROM t") }', 'SELECT a FROM t'],
    [
      'of several',
      'if x { Self { b: QueryBuilder::new("SELECT a") } } else { Self { b: QueryBuilder::new("SELECT b") } }',
      '',
    ],
  ])('in a field %s', async (_, made, sql) => {
    const { literals } = await readText(field(made));
    expect(literals.find(({ into }) => into === 'T')?.sql).toBe(sql);
  });
});

describe('a struct called like a table', () => {
  const tasks = catalogOf(relation('tasks', { id: 'int8!', hours: 'numeric' }));
  const row = '#[derive(FromRow)] struct TaskRow { task_id: i64, hours: Option<f64> }';
  const text = `${row} fn f() { ${builder('SELECT id AS task_id, hours::float8 AS hours FROM tasks WHERE ', 'b.push(w);')} b.build_query_as::<TaskRow>() }`;
  const given = (columns: Readonly<Record<string, string>>) =>
    Object.entries(columns).map(([name, type]) => ({ ...column(name, type), notNull: undefined }));
  const errors = async (columns?: Readonly<Record<string, string>>, code = text) => {
    const declared = await readText(code);
    const described = columns
      ? declared.literals.filter(({ into }) => into).map((literal) => ({ literal, columns: given(columns) }))
      : [];
    const { findings } = compare(tasks, declared, noSettings, { described });
    return findings.filter(({ severity }) => severity === 'error').map(({ id }) => id);
  };
  test.each<[string, Readonly<Record<string, string>> | undefined, readonly string[]]>([
    ['has the columns of the statement', { task_id: 'int8', hours: 'float8' }, []],
    ['may lack them', { id: 'int8', hours: 'float8' }, ['extra-field/tasks/task_id']],
    ['has no errors by its name where the database refuses the text', undefined, []],
  ])('%s', async (_, columns, want) => {
    expect(await errors(columns)).toEqual(want);
  });
  test('nor where the text is unknown', async () => {
    expect(await errors(undefined, `${row} fn f(b: &mut QueryBuilder) { b.build_query_as::<TaskRow>() }`)).toEqual([]);
  });
});
