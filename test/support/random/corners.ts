import { condition } from './conditions.js';
import type { Random } from './random.js';
import { setItem } from './sources.js';
import { columnsOf, constant, tableNames } from './tables.js';

/** Statements that random ones rarely are: each looks as if it proved something that it does not. */
export function corner(random: Random, version: number): string {
  const table = () => random.pick(tableNames);
  const column = () => `f0.${random.pick(['int', 'text', 'time'])}_n`;
  const test = () => condition(random, columnsOf('f0'), 1);
  const int = () => random.pick(['f0.int_n', 'f0.int_x']);
  const set = (keys: string) =>
    random.pick([
      `rollup (${keys})`,
      `cube (${keys})`,
      `grouping sets ((${keys}), ())`,
      `grouping sets ((f0.int_x), (${keys}))`,
      `f0.int_x, rollup (${keys})`,
      `f0.int_x, grouping sets ((${keys}), ())`,
    ]);
  return random.pick([
    // A group that is left out, and a condition or HAVING about it.
    () => {
      const key = column();
      return `select ${key} as c0, ${key} as c1, count(*) as c2, (select ${key}) as c3, max(${column()}) as c4 from ${table()} f0 where ${key} is not null group by ${set(key)}`;
    },
    () => {
      const key = random.pick(['coalesce(4, 3)', 'nullif(4, 3)', 'abs(f0.int_x)']);
      return `select ${key} as c0, count(*) as c1 from ${table()} f0 group by rollup (${key}) having ${random.pick([`coalesce(${key}, null) = ${key}`, `${key} is not null`, `${key} > 0`])}`;
    },
    () => {
      const key = random.pick(['(f0.int_x > 0)', '((f0.int_x, f0.int_x) > (0, 0))', 'abs(f0.int_x)']);
      return `select ${key} as c0, f0.int_x as c1 from ${table()} f0 group by ${key}, rollup (f0.bool_x, f0.int_x) having ${key} is not null`;
    },
    // What equals the expression that is left out once the parameter is known.
    () => {
      const [key, same] = random.pick([
        ['(f0.text_n >= :given::text)', "(f0.text_n >= 'a')"],
        ['row_to_json(row(:given::text))::text', "row_to_json(row('a'::text))::text"],
      ]);
      return `select ${same} as c0, f0.text_n as c1, count(*) + 1 as c2, upper(f0.text_n) as c3 from ${table()} f0 group by f0.text_n, rollup (${key})`;
    },
    // An aggregate over no row, and over rows that it leaves out.
    () =>
      `select count(*) as c0, :given::text as c1, max(f0.int_x) as c2 from ${table()} f0 where :given::text is not null`,
    () => `select count(*) as c0, max(f0.int_x) as c1 from ${table()} f0 where ${test()} group by grouping sets (())`,
    () =>
      `select (var_samp(${int()}))::int as c0, (stddev(f0.int_x))::int as c1, regr_count(1, 1) as c2 from ${table()} f0 group by f0.bool_n`,
    () => `select (select max(${int()})) as c0, (select count(f0.int_n)) as c1 from ${table()} f0 where ${test()}`,
    // Scalar subqueries without a row.
    () =>
      `select (select count(*) from p x ${random.pick(['limit 0', 'offset 1', 'having false', 'group by x.int_x - x.int_x', 'except select 10'])}) as c0,
        (select ${random.pick(['generate_series(1, 0)', '1 except select 1', '1 where false', '1 limit 0', '1 offset 1'])}) as c1`,
    // Arrays with null elements.
    () =>
      `select (9 = any (array[array[${int()}]])) as c0, (9 = any (array(select y.int_n from q y))) as c1,
        ('z' = any (array_remove(array[f0.text_n, 'a'], 'q'))) as c2, ('x' = any ((array(select 'm'::mood))::text[])) as c3,
        (9 in (select y.int_n from q y)) as c4 from ${table()} f0`,
    // What a step of a recursion passes on that another has lost.
    () => {
      const lost = () => random.pick(['x', 'y', 'z', 'n', 'null::int', constant(random, 'int')]);
      return `with recursive r(n, x, y, z) as (select 1, 1, 1, 1 union all select n + 1, ${lost()}, ${lost()}, ${lost()} from r where n < 5) select n as c0, x as c1, y as c2, z as c3 from r`;
    },
    () =>
      `select sum(f0.int_x) over (order by f0.int_x rows between unbounded preceding and 1 preceding) as c0,
        sum(f0.int_x) over (order by f0.int_x rows between 1 following and unbounded following) as c1 from ${table()} f0`,
    () => `select generate_series(1, f0.int_x) as c0, unnest(array[1, 2, 3]) as c1, f0.int_n as c2 from ${table()} f0`,
    () =>
      `select f0.int_n as c0, f0.text_n as c1 from ${table()} f0 where ${random.pick(['nullif(f0.int_x, f0.int_n) is not null', 'not (f0 is null)', 'not ((f0.int_n, f0.text_n) is null)', '(f0.int_n, f0.text_n) is not null'])}`,
    // Functions in FROM.
    () =>
      `select f1.a as c0, f1.b as c1 from ${table()} f0 join lateral rows from (generate_series(1, f0.int_x), unnest(array['a', 'b', 'c'])) f1 (a, b) on true`,
    () => setColumns(random),
    () => setColumns(random),
    // A condition that only proves something of the row before it was written.
    () =>
      `update p set text_n = ${random.pick(['null', "'a'"])}, int_n = null from q f1 where nullif(p.text_x || coalesce(p.text_n, ''), '') is not null and f1.int_n = p.int_n
        returning p.text_n as c0, nullif(p.text_x || coalesce(p.text_n, ''), '') as c1, p.int_n as c2, f1.int_n as c3`,
    () => {
      const value = random.pick(['lower(p.text_n)', "nullif(p.text_n, '')", "substring(p.text_n from 'a')"]);
      return `update p set text_n = null, int_n = null where (${value}) is not null returning ${value} as c0, p.int_x as c1`;
    },
    ...(version >= 18
      ? [
          () =>
            `update p set text_n = null, int_n = 1 returning case when old.text_n is not null then p.text_n else 'a' end as c0, case when old.int_n is null then 1 else old.int_n end as c1, (new)::text as c2`,
        ]
      : []),
    // Conditions that hold for other rows, or another time, or where they are false.
    () =>
      `select l.v as c0, l.w as c1 from ${table()} f0, lateral (select ${column()} as v, y.int_n as w from q y where ${random.pick(['y.int_n', 'y.text_n', 'y.time_n'])} is not null) l`,
    () =>
      `select lower(f0.text_n) as c0, f0.int_n as c1 from ${table()} f0 where exists (select from q y where lower(y.text_n) is not null and y.int_n + 1 > 0)`,
    () =>
      `select nullif(random() > 0.5, false) as c0 from ${table()} f0 where nullif(random() > 0.5, false) is not null`,
    () =>
      `select max(f0.int_x) filter (where random() < 0.5) as c0 from ${table()} f0 group by f0.int_x having max(f0.int_x) filter (where random() < 0.5) is not null`,
    () => {
      const not = () => random.pick(['', 'not ']);
      return `select f0.int_n as c0, f0.text_n as c1 from ${table()} f0 where ${not()}((f0.int_n > 1) is ${not()}${random.pick(['true', 'false', 'unknown'])}) and ${not()}(f0.text_n > 'a')`;
    },
    () =>
      `select f0.int_n as c0 from ${table()} f0 where ${random.pick(['f0.int_n ?== any (array[1, 2])', 'f0.int_n ?== 1', 'f0.int_n = any ((array[1])[:0]) or true', 'f0.int_n <> all (array[]::int[])'])}`,
    () => {
      const join = random.pick(['left', 'right', 'full', 'inner']);
      const exists = random.pick([
        `q y ${join} join r z on y.int_x = f0.int_n`,
        `(q y join p i on y.int_x = f0.int_n) ${join} join r z on true`,
        `r z ${join} join (q y join p i on y.int_x = f0.int_n) on true`,
        'q y where y.int_x = f0.int_n group by grouping sets (())',
        'q y where y.int_x = f0.int_n group by grouping sets ((), (y.int_x))',
      ]);
      return `select f0.int_n as c0, f0.int_x as c1 from ${table()} f0 where exists (select from ${exists})`;
    },
    () =>
      `select f0.int_n as c0 from ${table()} f0 where exists (select ${random.pick(['max(y.int_x)', 'count(*)'])} from q y where y.int_x = f0.int_n)`,
    () =>
      `select f0.int_n as c0 from ${table()} f0 where ${random.pick(['not ', ''])}(f0.int_n ${random.pick(['= all', '< all', '= any', '<> any'])} (select y.int_x from ${table()} y where y.int_x > ${random.below(6)}))`,
    // A table that inherits, and names that mean another query.
    () =>
      `select f0.int_x as c0, f0.text_x as c1, f0.bool_x as c2 from ${random.pick(['par', 'unsure', 'dom'])} f0 where ${test()}`,
    () =>
      `with w as (select int_x as v from q) select (with w as (select int_n as v from q) select (select w.v from w limit 1) from p limit 1) as c0, w.v as c1,
        (with u as (select 1) select (with w as (select null::int as v) select max(v) from w)) as c2 from w`,
    () =>
      `select f0.int_x as c0, (select y.int_n from q y where y.int_x = f0.int_x limit 1) as c1 from ${table()} f0 order by f0.int_n, f0.text_n`,
    () =>
      `select x.c as c0 from (select f0.int_n as c, f0.int_x as d from p f0 group by f0.int_n, f0.int_x, f0.text_x order by f0.text_x) x`,
    () =>
      `select f0.int_n as c0 from p f0, lateral (select from q y where ${int()} = y.int_x and y.text_n is not null) l where f0.text_n is not null`,
  ])();
}

/** The columns of a function in FROM, whatever it gives. */
function setColumns(random: Random): string {
  const { sql, scope } = setItem(random, 'f1', columnsOf('f0'));
  const columns = scope.slice(0, 4).map(({ sql: column }, index) => `${column} as c${index}`);
  const join = random.pick(['join', 'left join']);
  return `select ${columns.join(', ')}, (f1)::text as c4 from ${random.pick(tableNames)} f0 ${join} lateral ${sql} on true`;
}
