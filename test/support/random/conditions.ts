import type { Random } from './random.js';
import { type Column, columnsOf, constant, type Type, tableNames, types } from './tables.js';

/** A random condition that rejects null in some column, or only looks as if it did. `depth` limits its nesting. */
export function condition(random: Random, scope: readonly Column[], depth: number): string {
  if (depth <= 0 || scope.length === 0 || random.chance(45)) return atom(random, scope);
  const c = () => condition(random, scope, depth - 1);
  return random.pick([
    () => `(${c()} and ${c()})`,
    () => `(${c()} and ${c()})`,
    () => `(${c()} or ${c()})`,
    () => `(not ${c()})`,
    () => `(${c()} is ${random.pick(['', 'not '])}${random.pick(['true', 'false', 'unknown'])})`,
    () => `coalesce(${c()}, ${random.pick(['true', 'false'])})`,
    () => `(case when ${c()} then ${c()} ${random.chance(50) ? `else ${c()} ` : ''}end)`,
    () => `(${c()} = ${c()})`,
    () => `(${c()} is ${random.pick(['', 'not '])}distinct from ${random.pick(['true', 'null', 'false'])})`,
    () => `nullif(${c()}, ${random.pick(['true', 'false'])})`,
  ])();
}

/** Usually a condition on one column. */
function atom(random: Random, scope: readonly Column[]): string {
  const { sql, type } = scope.length > 0 ? random.pick(scope) : { sql: constant(random, 'int'), type: 'int' as Type };
  const value = () => {
    const same = scope.filter((column) => column.type === type);
    if (random.chance(50) && same.length > 0) return random.pick(same).sql;
    return random.chance(15) ? 'null' : constant(random, type);
  };
  const list = () => random.times(1 + random.below(2), value).join(', ');
  const inner = () => condition(random, [...columnsOf('y'), { sql, type }], 1);
  const table = () => random.pick(tableNames);
  const outer = () => random.pick(['left', 'right', 'full', '']);
  const same = () => `y.${type}_${random.pick(['n', 'x'])}`;
  const general = [
    () => `(${sql} is not null)`,
    () => `(${sql} is not null)`,
    () => `(${sql} >= ${constant(random, type)})`,
    () => `(${sql} is ${random.pick(['', 'not '])}null)`,
    () => `(${sql} ${random.pick(['=', '<>', '<', '>='])} ${value()})`,
    () => `(${sql} ${random.pick(['', 'not '])}in (${list()}))`,
    () => `(${sql} ${random.pick(['= any', '<> all'])} (array[${list()}]))`,
    () => `((${sql}, ${value()}) ${random.pick(['<', '>'])} (${constant(random, type)}, ${value()}))`,
    () => `((${constant(random, 'int')}, ${sql}) ${random.pick(['<', '>='])} (${constant(random, 'int')}, ${value()}))`,
    () => `(${sql} <> all ((array[${list()}])[:0]))`,
    () => `(${sql} ${random.pick(['= any', '<> all'])} ((array[${list()}])[:${random.below(2)}]))`,
    () => `(${sql} ${random.pick(['', 'not '])}between ${value()} and ${value()})`,
    () => `(${sql} is ${random.pick(['', 'not '])}distinct from ${value()})`,
    () => `((${sql}, ${value()}) ${random.pick(['=', '<', '>='])} (${value()}, ${value()}))`,
    () => `((${sql}, ${value()}) is ${random.pick(['', 'not '])}null)`,
    () => `(nullif(${sql}, ${value()}) is not null)`,
    () => `(greatest(${sql}, ${value()}) is not null)`,
    () => `(coalesce(${sql}, ${value()}) = ${value()})`,
    () => `exists (select from ${table()} y where ${same()} = ${sql})`,
    () => `exists (select from ${table()} y ${outer()} join ${table()} z on ${same()} = ${sql})`,
    () =>
      `exists (select from (${table()} y join ${table()} i on ${same()} = ${sql}) ${outer()} join ${table()} z on true)`,
    () =>
      `exists (select from ${table()} z ${outer()} join (${table()} y join ${table()} i on ${same()} = ${sql}) on true)`,
    () => `exists (select ${random.pick(['', 'max(y.int_n)'])} from ${table()} y where ${inner()})`,
    () => `(${sql} ${random.pick(['', 'not '])}in (select ${same()} from ${table()} y where ${inner()}))`,
    () => `(${sql} ${random.pick(['=', '<'])} all (select ${same()} from ${table()} y))`,
    () => `((${sql})::text = (select max(y.int_n)::text from ${table()} y))`,
    () => `(${alias(sql)} is ${random.pick(['', 'not '])}null)`,
    () => `((${sql})::text ~ 'a|1')`,
  ];
  const own: Record<Type, readonly (() => string)[]> = {
    int: [
      () => `(${sql} ${random.pick(['===', '?=='])} ${value()})`,
      () => `(${random.pick(['strict_int', 'lax_int', 'abs'])}(${sql}) is not null)`,
      () => `(${sql} + 1 > ${value()})`,
    ],
    text: [() => `(${sql} like '%a%')`, () => `(length(${sql} || ${value()}) > 0)`],
    bool: [() => sql, () => `(not ${sql})`],
    time: [() => `(${sql} + interval '1 day' > ${value()})`, () => `isfinite(${sql})`],
  };
  return random.pick([...general, ...own[type], ...own[type]])();
}

/** The whole row that a column belongs to: `f0` for `f0.int_n`. */
const alias = (sql: string) => (/^\w+\./.test(sql) ? sql.slice(0, sql.indexOf('.')) : sql);

/**
 * Expressions that are sometimes null although none of their arguments is, and that return the same result each time.
 */
export function partial(random: Random, scope: readonly Column[]): Column {
  const column = (type: Type) => {
    const fitting = scope.filter((one) => one.type === type);
    return fitting.length > 0 ? random.pick(fitting).sql : constant(random, type);
  };
  const json = () => `${random.pick(['json', 'jsonb'])}_build_object('a', ${column(random.pick(types))})`;
  return random.pick([
    (): Column => ({ sql: `(${json()} ->> 'a')`, type: 'text' }),
    (): Column => ({ sql: `(('{"a":1}'::jsonb) ->> ${column('text')})`, type: 'text' }),
    (): Column => ({ sql: `substring(${column('text')} from 'b')`, type: 'text' }),
    (): Column => ({ sql: `array_length(string_to_array(${column('text')}, 'b'), 1)`, type: 'int' }),
    (): Column => ({ sql: `array_position(array[1, 2], ${column('int')})`, type: 'int' }),
    (): Column => ({ sql: `extract(month from ${column('time')})::int`, type: 'int' }),
    (): Column => ({ sql: `coalesce(${column('int')}, ${column('int')})`, type: 'int' }),
    (): Column => ({ sql: `(array[${column('int')}, ${column('int')}])[1]`, type: 'int' }),
    (): Column => ({ sql: `nullif(${column('text')}, '')`, type: 'text' }),
  ])();
}
