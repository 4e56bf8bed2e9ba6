import { expect, test } from '@jest/globals';
import { sqlWrites } from '../../src/drift/sql-writes.js';

test.each<[sql: string, want: readonly string[]]>([
  [
    'UPDATE tasks SET a = 1, "B c" = f(x, y), c=(select 1 from t where d = 2), s.e = 3 WHERE f = 1',
    ['tasks: a, B c, c'],
  ],
  ["update only Public.\"Tasks\" as t set a = 'x, b = ''1', c = 2 from u", ['public.Tasks: a, c']],
  ['update tasks t set a = fromage, b = 1 returning c, d = 2', ['tasks: a, b']],
  ['update tasks -- set z = 1\nset a = 1, -- b = 2,\n /* c = 3, */ d = 4 /* e = 5 */, f = 6', ['tasks: a, d, f']],
  ['update tasks set (a, b) = (1, 2), c = 3', ['tasks: c']],
  ['insert into tasks (a, "B", C ) values (1, 2, 3)', ['tasks: a, B, c']],
  [
    'INSERT INTO s . tasks AS t(a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET b = 1, "C" = excluded.c WHERE d = 1',
    ['s.tasks: a', 's.tasks: b, C'],
  ],
  ['with moved as (insert into old (a) select a from tasks) update tasks set b = 1', ['tasks: b', 'old: a']],
  ['insert into tasks values (1)', []],
  ['delete from tasks where a = 1', []],
  ['select a from updates where b = 1', []],
])('%s writes %j', (sql, want) => {
  const writes = sqlWrites({ sql, file: 'a.rs', line: 3 });
  expect(writes.map(({ table, columns }) => `${table.join('.')}: ${columns.join(', ')}`)).toEqual(want);
  expect(writes.every(({ file, line }) => file === 'a.rs' && line === 3)).toBe(true);
});
