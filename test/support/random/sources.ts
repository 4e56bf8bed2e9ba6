import { condition } from './conditions.js';
import { expression } from './expressions.js';
import type { Random } from './random.js';
import { type Column, columnsOf, constant, tableNames, types } from './tables.js';

/** A FROM clause, the columns that it offers, and the WITH clause that it needs. */
export interface Source {
  readonly sql: string;
  readonly scope: readonly Column[];
  readonly prefix: string;
}

interface Item {
  readonly sql: string;
  readonly scope: readonly Column[];
  readonly common?: string;
}

/**
 * A FROM clause: tables, subqueries, VALUES, common table expressions, recursive ones and functions, joined in every
 * way.
 */
export function source(random: Random, depth: number): Source {
  const [first = item(random, 'f0', depth, []), ...others] = random.times(1 + random.below(3), (index) =>
    item(random, `f${index}`, depth, []),
  );
  let { sql, scope } = first;
  const commons = [first, ...others].flatMap(({ common }) => (common ? [common] : []));
  for (const [index, joined] of others.entries()) {
    const lateral = random.chance(15);
    const next = lateral ? lateralItem(random, `f${index + 1}`, scope) : joined;
    const join = random.pick(lateral ? ['join', 'left join'] : joins);
    sql = `(${sql} ${join} ${next.sql}${on(random, join, scope, next.scope)})`;
    scope = [...scope, ...next.scope];
  }
  return { sql, scope, prefix: commons.length > 0 ? `with recursive ${commons.join(', ')} ` : '' };
}

const joins = ['join', 'left join', 'left join', 'right join', 'full join', 'cross join'];

function on(random: Random, join: string, left: readonly Column[], right: readonly Column[]): string {
  const key = (side: readonly Column[]) => {
    const numbers = side.filter(({ type }) => type === 'int');
    return numbers.length > 0 ? random.pick(numbers).sql : '1';
  };
  const equal = () => `${key(left)} = ${key(right)}`;
  if (join === 'cross join') return '';
  return ` on ${join === 'full join' || random.chance(70) ? equal() : condition(random, [...left, ...right], 1)}`;
}

const list = (random: Random, from: readonly Column[]) =>
  types.map((type, index) => `${expression(random, type, from, 1)} as c${index}`).join(', ');

const fourColumns = (alias: string) => types.map((type, index): Column => ({ sql: `${alias}.c${index}`, type }));

function item(random: Random, alias: string, depth: number, from: readonly Column[]): Item {
  if (depth <= 1 || random.chance(50)) return { sql: `${random.pick(tableNames)} ${alias}`, scope: columnsOf(alias) };
  const table = () => random.pick(tableNames);
  const where = (scope: readonly Column[]) => (random.chance(25) ? ` where ${condition(random, scope, 1)}` : '');
  const inner = () => {
    const scope = [...from, ...columnsOf('i'), ...columnsOf('j')];
    const join = random.pick(['left join', 'join']);
    return `select ${list(random, scope)} from ${table()} i ${join} ${table()} j on i.int_x = j.int_${random.pick(['n', 'x'])}${where(scope)}`;
  };
  const scope = fourColumns(alias);
  return random.pick([
    () => ({ sql: `(${inner()}) ${alias}`, scope }),
    () => ({ sql: `w${alias} ${alias}`, scope, common: `w${alias} as (${inner()})` }),
    () => ({ sql: `w${alias} ${alias}`, scope, common: recursive(random, `w${alias}`) }),
    () => setItem(random, alias),
    () => {
      const row = () => `(${types.map((type) => expression(random, type, [], 1)).join(', ')})`;
      return { sql: `(values ${row()}, ${row()}) ${alias} (c0, c1, c2, c3)`, scope };
    },
  ])();
}

/** A lateral subquery or function, which reads the columns before it. */
function lateralItem(random: Random, alias: string, scope: readonly Column[]): Item {
  if (random.chance(30)) return { ...setItem(random, alias, scope) };
  const inner = [...scope, ...columnsOf('i')];
  const sql = `select ${list(random, inner)} from ${random.pick(tableNames)} i where ${condition(random, inner, 1)}`;
  return { sql: `lateral (${sql}) ${alias}`, scope: fourColumns(alias) };
}

/** A recursive query of three steps. Its second part changes columns, or loses them in an outer join. */
function recursive(random: Random, name: string): string {
  const scope = [...fourColumns(name), ...columnsOf('k')];
  const first = `select ${list(random, columnsOf('i'))}, 1 from ${random.pick(tableNames)} i`;
  const join = random.pick(['', ` left join ${random.pick(tableNames)} k on ${name}.c0 = k.int_n`]);
  const offered = join === '' ? fourColumns(name) : scope;
  const kept = types.map((type, index) => {
    // If a step loses `c0`, the next step may pass that on in this column.
    if (type === 'text' && random.chance(40)) return `(${name}.c0)::text`;
    return random.chance(50) ? `${name}.c${index}` : expression(random, type, offered, 1);
  });
  const where = random.chance(40) ? ` and ${condition(random, offered, 1)}` : '';
  const steps = `select ${kept.join(', ')}, ${name}.step + 1 from ${name}${join} where ${name}.step < 3${where}`;
  return `${name} (c0, c1, c2, c3, step) as (${first} union all ${steps})`;
}

/** A set-returning function in FROM. */
export function setItem(random: Random, alias: string, scope: readonly Column[] = []): Item {
  const int = () => `least(${expression(random, 'int', scope, 1)}, 3)`;
  const text = () => expression(random, 'text', scope, 1);
  const series = () => `generate_series(1, ${int()})`;
  const unnest = () => `unnest(array[${text()}, ${text()}, ${constant(random, 'text')}])`;
  const column = (name: string, type: Column['type']): Column => ({ sql: `${alias}.${name}`, type });
  return random.pick([
    () => ({ sql: `${series()} ${alias} (a)`, scope: [column('a', 'int')] }),
    () => ({ sql: `${unnest()} ${alias} (a)`, scope: [column('a', 'text')] }),
    () => ({ sql: `unnest('{a,NULL,b}'::text[]) ${alias} (a)`, scope: [column('a', 'text')] }),
    () => ({ sql: `unnest(string_to_array(${text()}, 'b')) ${alias} (a)`, scope: [column('a', 'text')] }),
    () => ({ sql: `regexp_split_to_table(${text()}, 'b') ${alias} (a)`, scope: [column('a', 'text')] }),
    () => ({
      sql: `unnest(array[${text()}, ${text()}], array[${int()}]) with ordinality ${alias} (a, b, o)`,
      scope: [column('a', 'text'), column('b', 'int'), column('o', 'int')],
    }),
    () => ({
      sql: `rows from (${series()}, ${unnest()}) with ordinality ${alias} (a, b, o)`,
      scope: [column('a', 'int'), column('b', 'text'), column('o', 'int')],
    }),
    () => ({
      sql: `${random.pick(['json_each_text(json', 'jsonb_each_text(jsonb'])}_build_object('k', ${text()})) ${alias} (a, b)`,
      scope: [column('a', 'text'), column('b', 'text')],
    }),
    () => ({ sql: `upper(${text()}) ${alias} (a)`, scope: [column('a', 'text')] }),
    () => ({ sql: `some_ints() ${alias} (a)`, scope: [column('a', 'int')] }),
    () => ({ sql: `no_row() ${alias}`, scope: columnsOf(alias) }),
    () => ({ sql: `coalesce(row(null, 1, null, 'a', null, true, null, now())::p) ${alias}`, scope: columnsOf(alias) }),
  ])();
}
