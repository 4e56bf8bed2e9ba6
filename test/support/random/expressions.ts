import { condition } from './conditions.js';
import type { Random } from './random.js';
import { type Column, columnsOf, constant, sqlNames, type Type, tableNames, types } from './tables.js';

/** A random expression of a type. `depth` limits its nesting. */
export function expression(random: Random, type: Type, scope: readonly Column[], depth: number): string {
  const e = (of: Type) => expression(random, of, scope, depth - 1);
  const fitting = scope.filter((column) => column.type === type);
  if (depth <= 0 || random.chance(30)) {
    if (fitting.length > 0 && random.chance(80)) return random.pick(fitting).sql;
    return random.chance(20) ? `null::${sqlNames[type]}` : constant(random, type);
  }
  const any = () => random.pick(types);
  const common = [
    () => `coalesce(${e(type)}, ${e(type)})`,
    () => `case when ${e('bool')} then ${e(type)} ${random.chance(60) ? `else ${e(type)} ` : ''}end`,
    () => narrowing(random, type, scope),
    () => `nullif(${e(type)}, ${e(type)})`,
    () => `(${subquery(random, type, scope, depth - 1)})`,
    ...(type === 'bool' ? [] : [() => `${random.pick(['greatest', 'least'])}(${e(type)}, ${e(type)})`]),
    () => `(array[${e(type)}, ${e(type)}])[${random.below(4)}]`,
  ];
  const list = () => random.pick([`array[${e('text')}]`, 'null::text[]', `string_to_array(${e('text')}, 'b')`]);
  const own: Record<Type, readonly (() => string)[]> = {
    int: [
      () => `(${e('int')} ${random.pick(['+', '-', '*'])} ${e('int')})`,
      () => `${random.pick(['length', 'octet_length', 'ascii'])}(${e('text')})`,
      () => `cardinality(array(select ${e('int')}))`,
      () => `array_length(array(select ${e(any())} where ${e('bool')}), 1)`,
      () => `${random.pick(['abs', 'strict_int', 'lax_int'])}(${e('int')})`,
      () => `(${e('bool')})::int`,
      () => `extract(month from ${e('time')})::int`,
      () => `num_nulls(${e('int')}, ${e('text')})`,
      () => `num_nulls(variadic ${list()})`,
      () => `cardinality((case when ${e('bool')} then array[${e('int')}] end)::bigint[])`,
    ],
    text: [
      () => `(${e('text')} || ${e(random.pick(['text', 'int']))})`,
      () => `('m'::mood || ${e('text')})`,
      () => `${random.pick(['upper', 'lower', 'btrim', 'md5', 'reverse'])}(${e('text')})`,
      () => `(${e(any())})::text`,
      () => `concat(${e('text')}, ${e('int')})`,
      () => `concat_ws(${e('text')}, ${e('int')}, ${e('text')})`,
      () => `to_char(${e('time')}, 'YYYY')`,
      () => `to_char(${e('int')}, '9')`,
      () => `extract(${random.pick(['day', 'year', 'epoch'])} from ${e('time')})::text`,
      () => `substring(${e('text')} from 'b+')`,
      () => `split_part(${e('text')}, 'b', 1)`,
      () => `(json_build_object('k', ${e('text')}) ->> '${random.pick(['k', 'm'])}')`,
      () => `jsonb_build_array(${e('int')})::text`,
      () => `date_trunc('day', ${e('time')})::text`,
      () => `array_to_string(array[${e('text')}], ',')`,
      () => `format(${e('text')}, ${e('int')})`,
      () => `row_to_json(row(${e('int')}))::text`,
      () => `concat(variadic ${list()})`,
      () => `concat_ws(${e('text')}, variadic ${list()})`,
      () => `format(${e('text')}, variadic ${list()})`,
      () => `jsonb_build_array(variadic ${list()})::text`,
      () => `(${wholeRow(random, scope)})::text`,
      () => `int4range(${e('int')}, null)::text`,
      () => `(${e('text')})::plain_text`,
      () => `(${e('text')} collate "C")`,
    ],
    bool: [
      () => condition(random, scope, depth - 1),
      () => comparison(random, e),
      () => `(${e('bool')} ${random.pick(['and', 'or'])} ${e('bool')})`,
      () => `(not ${e('bool')})`,
      () => `exists (select from ${random.pick(tableNames)} x where ${e('bool')})`,
      () => `(${e('int')} in (1, 2, ${e('int')}))`,
      () => `(${e('text')} like 'a%')`,
      () => `(${e('int')} === any (array[1, ${constant(random, 'int')}]))`,
      () => `(${e('int')} between ${e('int')} and 3)`,
    ],
    time: [
      () => `(${e('time')} + make_interval(secs => ${e('int')}))`,
      () => `date_trunc('month', ${e('time')})`,
      () => `(${e('time')})::date::timestamp`,
    ],
  };
  return random.pick([...common, ...own[type], ...own[type]])();
}

/** A CASE, AND or OR whose condition says something about the expression after it. */
function narrowing(random: Random, type: Type, scope: readonly Column[]): string {
  const value = () => expression(random, type, scope, 0);
  const test = () => condition(random, scope, 1);
  if (type === 'bool' && random.chance(50)) {
    const { sql, type: of } = scope.length > 0 ? random.pick(scope) : { sql: 'null::int', type: 'int' as Type };
    const both = [`(${sql} is ${random.pick(['', 'not '])}null)`, `(${sql} >= ${constant(random, of)})`];
    return `(${both.join(` ${random.pick(['and', 'or'])} `)})`;
  }
  return random.chance(50)
    ? `case when ${test()} then ${value()} else ${value()} end`
    : `case when ${test()} then ${value()} when ${test()} then ${value()} else ${value()} end`;
}

/** The whole row that some column is of, which an outer join may make null. */
function wholeRow(random: Random, scope: readonly Column[]): string {
  const aliases = scope.flatMap(({ sql }) => /^(\w+)\.\w+$/.exec(sql)?.[1] ?? []);
  return aliases.length > 0 ? random.pick(aliases) : 'row(1)';
}

function comparison(random: Random, e: (type: Type) => string): string {
  const type = random.pick(types);
  return random.chance(25)
    ? `(${e(type)} is distinct from ${e(type)})`
    : `(${e(type)} ${random.pick(['=', '<', '>=', '<>'])} ${e(type)})`;
}

/** A scalar subquery, correlated or not. */
function subquery(random: Random, type: Type, scope: readonly Column[], depth: number): string {
  const inner = [...scope, ...columnsOf('x')];
  const value = () => expression(random, type, inner, depth - 1);
  const from = `from ${random.pick(tableNames)} x${random.chance(50) ? ` where ${condition(random, inner, 1)}` : ''}`;
  const ofValues = () => (type === 'bool' ? `bool_or(${value()})` : `max(${value()})`);
  const aggregate = type === 'int' && random.chance(40) ? 'count(*)::int' : ofValues();
  return random.pick([
    () => `select ${value()} ${from} limit 1`,
    () => `select ${aggregate} ${from}`,
    () => `select ${aggregate} ${from} group by x.int_x limit 1`,
    () => `select ${aggregate} ${from} having ${expression(random, 'bool', scope, 0)}`,
    () => `select ${aggregate} ${from} group by ${random.pick(['x.int_x - x.int_x', 'grouping sets ((x.int_x * 0))'])}`,
    () => `select ${aggregate} ${from} ${random.pick(['limit', 'offset'])} ${random.below(2)}`,
    () => `select ${constant(random, type)} ${random.pick(['except', 'intersect'])} select ${constant(random, type)}`,
    ...(type === 'int' ? [() => `select generate_series(1, ${random.below(2)})`] : []),
    () => `select ${expression(random, type, scope, depth - 1)}`,
    () => `select ${expression(random, type, scope, depth - 1)} where ${expression(random, 'bool', scope, 0)}`,
  ])();
}
