/** Classes that inherit from a generic one, which reads whole rows of the table that they name. */
import { expect, test } from '@jest/globals';
import { foundInTypeScript, relation } from './support.js';

const tables = [relation('task_entries', { id: 'int8!' }), relation('others', { id: 'int4!' })];
const row = 'interface Work { id: number }';
const reads =
  'find(id: string): Promise<T | null> { const { rows } = await query(`SELECT * FROM ${this.table} WHERE id = $1`, [id]); return rows[0] ?? null }';
const base = (read: string) =>
  `abstract class Base<T> { constructor(private pool: Pool, private readonly table: string) {} async ${read} }`;
const heir = "class Works extends Base<Work> { constructor(pool: Pool) { super(pool, 'task_entries') } }";
const wrong = ['error type-mismatch/task_entries/id/id category'];

test.each([
  ['a parameter of the constructor', `${base(reads)} ${heir}`],
  ['a type argument', `${base('all() { return query<T>(`SELECT * FROM "${this.table}"`) }')} ${heir}`],
  ['a constant', `const TABLE = 'task_entries'; ${base(reads)} ${heir.replace("'task_entries'", 'TABLE')}`],
  [
    'a property of each class',
    `abstract class Base<K, T> { abstract table: string; async ${reads} }
    class Works extends Base<string, Work> { table = 'task_entries' }`,
  ],
])('the table of %s', async (_, code) => {
  const found = await foundInTypeScript(`${row} ${code}`, tables);
  expect(found.filter((line) => line.startsWith('error'))).toEqual(wrong);
});

test.each([
  ['some columns', `${base(reads.replace('*', 'id'))} ${heir}`],
  ['a join', `${base(reads.replace('WHERE', 'JOIN others USING (id) WHERE'))} ${heir}`],
  ['rows that it changes', `${base(reads.replace('rows[0] ?? null', 'toModel(rows[0])'))} ${heir}`],
  ['what its caller names', `${base(reads.replace('this.table', 'table'))} ${heir}`],
  ['a table that is not known', `${base(reads)} ${heir.replace("'task_entries'", 'nameOf(Work)')}`],
  ['a base class that is not given', heir],
])('nothing is said of %s', async (_, code) => {
  expect(await foundInTypeScript(`${row} ${code}`, tables)).not.toContain(wrong[0]);
});
