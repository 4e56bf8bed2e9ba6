import { condition, partial } from './conditions.js';
import { expression } from './expressions.js';
import type { Random } from './random.js';
import { source } from './sources.js';
import { type Column, columnsOf, type Type, tableNames, types } from './tables.js';

/**
 * A random SELECT with `width` columns, for finding a column that is called not null but is null. Everything follows
 * from a seed.
 */
export function select(random: Random, width: number, depth = 3): string {
  if (random.chance(40)) return conditional(random, width);
  const { sql: from, scope, prefix } = source(random, depth);
  // What a condition proves of an expression, it also proves of the same expression among the targets.
  const repeated = random.chance(25) ? random.times(2, () => partial(random, scope)) : [];
  const offered = [...scope, ...repeated];
  const where = random.chance(50) ? ` where ${condition(random, offered, random.below(3))}` : '';
  const target = (type: Type) => {
    const same = offered.filter((column) => column.type === type);
    return random.chance(45) && same.length > 0 ? random.pick(same).sql : expression(random, type, offered, depth);
  };
  const rest = ` from ${from}${where}`;
  if (random.chance(30)) return `${prefix}${grouped(random, offered, width, rest)}`;
  const plain = () => `select ${named(random.times(width, (index) => target(types[index % 4] as Type)))}${rest}`;
  if (random.chance(20)) return `${prefix}${plain()} ${random.pick(setOperations)} ${plain()}`;
  const targets = random.times(width, () =>
    random.chance(15) ? windowed(random, offered) : target(random.pick(types)),
  );
  if (random.chance(7)) targets[0] = `generate_series(1, ${random.pick(['2', 'null', target('int')])})`;
  if (random.chance(4)) targets[1] = 'unnest(array[1, 2, 3, null])';
  return `${prefix}select ${named(targets)}${rest}`;
}

/**
 * Selects the columns that one condition is about, among others, so that what it seems to prove of them is checked at
 * once.
 */
function conditional(random: Random, width: number): string {
  const join = random.pick(['left join', 'right join', 'full join']);
  const [from, scope] = random.chance(50)
    ? [`${random.pick(tableNames)} f0`, columnsOf('f0')]
    : [`p f0 ${join} ${random.pick(tableNames)} f1 on f0.int_x = f1.int_n`, [...columnsOf('f0'), ...columnsOf('f1')]];
  const asked = random.times(2, () => random.pick(scope.filter(({ sql }) => sql.endsWith('_n'))));
  const others = random.times(width - asked.length, () => random.pick(scope));
  const targets = [...asked, ...others].map(({ sql }) => sql);
  return `select ${named(targets)} from ${from} where ${condition(random, asked, random.below(3))}`;
}

const setOperations = ['union', 'union all', 'intersect', 'except', 'intersect all', 'except all'];

const named = (expressions: readonly string[]) => expressions.map((sql, index) => `${sql} as c${index}`).join(', ');

/**
 * A grouped query: columns and expressions as keys, grouped in various ways, expressions over the keys, and aggregates.
 */
function grouped(random: Random, scope: readonly Column[], width: number, rest: string): string {
  const keys = random.times(1 + random.below(3), (): Column => {
    const type = random.pick(types);
    return random.chance(60) ? random.pick(scope) : { type, sql: `(${expression(random, type, scope, 1)})` };
  });
  const aggregates = random.times(width, () => aggregate(random, scope));
  const offered = [...keys, ...keys, ...aggregates];
  const ofKeys = () => expression(random, random.pick(types), keys, 2);
  const targets = random.times(width, () =>
    random.pick([
      () => random.pick(keys).sql,
      () => ofKeys(),
      () => random.pick(aggregates).sql,
      () => random.pick(aggregates).sql,
      () => `coalesce(${random.pick(aggregates).sql}, null)`,
      () => `grouping(${random.pick(keys).sql})`,
      () => `(select ${random.pick(keys).sql})`,
      () => windowed(random, offered),
    ])(),
  );
  const having = random.chance(40) ? ` having ${condition(random, offered, random.below(2))}` : '';
  return `select ${named(targets)}${rest} group by ${grouping(random, keys)}${having}`;
}

function grouping(random: Random, keys: readonly Column[]): string {
  const names = keys.map(({ sql }) => sql);
  const [first = '', ...others] = names;
  const some = () => `(${names.filter(() => random.chance(60)).join(', ')})`;
  return random.pick([
    () => names.join(', '),
    () => names.join(', '),
    () => `rollup (${names.join(', ')})`,
    () => `cube (${names.join(', ')})`,
    () => `grouping sets ((${names.join(', ')}), ${some()})`,
    () => `grouping sets ((${first}), (${names.join(', ')}), rollup (${names.join(', ')}))`,
    () => (others.length > 0 ? `${first}, rollup (${others.join(', ')})` : first),
    () => `${first}, grouping sets ((${names.join(', ')}), ${some()})`,
  ])();
}

function aggregate(random: Random, scope: readonly Column[]): Column {
  const value = (type: Type) => expression(random, type, scope, 1);
  const filter = random.chance(20) ? ` filter (where ${value('bool')})` : '';
  return random.pick([
    (): Column => ({ sql: `(count(${value('int')})${filter})::int`, type: 'int' }),
    (): Column => ({ sql: `(count(*)${filter})::int`, type: 'int' }),
    (): Column => ({ sql: `(${random.pick(['max', 'min', 'sum'])}(${value('int')})${filter})::int`, type: 'int' }),
    (): Column => ({ sql: `${random.pick(['min', 'max'])}(${value('text')})${filter}`, type: 'text' }),
    (): Column => ({ sql: `string_agg(${value('text')}, ',')${filter}`, type: 'text' }),
    (): Column => ({ sql: `cardinality(array_agg(${value('int')})${filter})`, type: 'int' }),
    (): Column => ({ sql: `bool_and(${value('bool')})${filter}`, type: 'bool' }),
    (): Column => ({ sql: `(${random.pick(['var_pop', 'var_samp'])}(${value('int')})${filter})::int`, type: 'int' }),
    (): Column => ({ sql: `max(${value('time')})${filter}`, type: 'time' }),
  ])();
}

/** A window function over a random frame. */
function windowed(random: Random, scope: readonly Column[]): string {
  const value = (type: Type) => expression(random, type, scope, 1);
  const frames = [
    ...['unbounded following', '1 following', 'current row', '1 preceding'].map((end) => `1 preceding and ${end}`),
    ...['unbounded following', '1 following', 'current row'].map((end) => `unbounded preceding and ${end}`),
    ...['unbounded following', '1 following', 'current row'].map((end) => `current row and ${end}`),
    '1 following and unbounded following',
  ];
  const excluded = random.pick(['', '', ' exclude current row', ' exclude group', ' exclude ties']);
  const frame = random.chance(60)
    ? ` ${random.pick(['rows', 'groups', 'rows'])} between ${random.pick(frames)}${excluded}`
    : '';
  const over = `over (${random.chance(40) ? `partition by ${value('int')} ` : ''}order by ${value('int')}${frame})`;
  return random.pick([
    () => `${random.pick(['sum', 'min', 'max', 'count', 'first_value', 'last_value'])}(${value('int')}) ${over}`,
    () => `${random.pick(['lag', 'lead'])}(${value('text')}) ${over}`,
    () => `string_agg(${value('text')}, ',') ${over}`,
    () => `array_agg(${value('int')}) ${over}`,
    () => `sum(${value('int')}) filter (where ${value('bool')}) ${over}`,
    () => `row_number() ${over}`,
    () => `nth_value(${value('int')}, 1) ${over}`,
    () => `ntile(2) ${over}`,
  ])();
}
