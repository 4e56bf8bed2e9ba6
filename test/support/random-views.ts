/**
 * Random views over random rows, for finding a column that is called not null and is null. Everything follows from a
 * seed.
 */
export class Random {
  constructor(private state: number) {}

  /** A number from 0 up to, and without, `limit`. The generator is mulberry32's. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('Nothing to pick from.');
    return item;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

type Type = 'int' | 'text' | 'bool' | 'time';
const types: readonly Type[] = ['int', 'text', 'bool', 'time'];
const sqlNames: Record<Type, string> = { int: 'integer', text: 'text', bool: 'boolean', time: 'timestamp' };

/** Columns of every table: one of each type that may be null, and one that may not. */
const columns = types.flatMap((type) => [
  { name: `${type}_n`, type },
  { name: `${type}_x`, type },
]);

export const tableNames = ['p', 'q', 'r', 'empty'];

/**
 * Creates the tables, fills all but one of them, and lets a child of one of them break its parent's promise where it
 * can.
 */
export function tables(random: Random): string {
  const definition = columns
    .map(({ name, type }) => `${name} ${sqlNames[type]}${name.endsWith('_x') ? ' not null' : ''}`)
    .join(', ');
  const literal = (type: Type, nullable: boolean) => (nullable && random.chance(40) ? 'null' : constant(random, type));
  const row = () => `(${columns.map(({ name, type }) => literal(type, name.endsWith('_n'))).join(', ')})`;
  return tableNames
    .map(
      (table) =>
        `create table ${table} (${definition});${table === 'empty' ? '' : ` insert into ${table} values ${Array.from({ length: 6 }, row).join(', ')};`}`,
    )
    .join('\n');
}

function constant(random: Random, type: Type): string {
  switch (type) {
    case 'int':
      return String(random.below(5));
    case 'text':
      return `'${random.pick(['a', 'b', '', 'ab'])}'::text`;
    case 'bool':
      return random.pick(['true', 'false']);
    case 'time':
      return `'${random.pick(['2025-01-01', '2025-06-01 12:00', 'infinity', '-infinity'])}'::timestamp`;
  }
}

/** What an expression may refer to: columns by their SQL and type. */
type Column = { readonly sql: string; readonly type: Type };

/** A random expression of a type. `depth` bounds it. */
export function expression(random: Random, type: Type, scope: readonly Column[], depth: number): string {
  const e = (of: Type) => expression(random, of, scope, depth - 1);
  const fitting = scope.filter((column) => column.type === type);
  if (depth <= 0 || random.chance(15)) {
    if (fitting.length > 0 && random.chance(75)) return random.pick(fitting).sql;
    return random.chance(20) ? `null::${sqlNames[type]}` : constant(random, type);
  }
  const any = () => random.pick(types);
  const common = [
    () => `coalesce(${e(type)}, ${e(type)})`,
    () => `case when ${e('bool')} then ${e(type)} ${random.chance(60) ? `else ${e(type)} ` : ''}end`,
    () => `nullif(${e(type)}, ${e(type)})`,
    () => `(${subquery(random, type, scope, depth - 1)})`,
    ...(type === 'bool' ? [] : [() => `${random.pick(['greatest', 'least'])}(${e(type)}, ${e(type)})`]),
    () => `(array[${e(type)}, ${e(type)}])[${random.below(4)}]`,
  ];
  const own: Record<Type, readonly (() => string)[]> = {
    int: [
      () => `(${e('int')} ${random.pick(['+', '-', '*'])} ${e('int')})`,
      () => `${random.pick(['length', 'octet_length', 'ascii'])}(${e('text')})`,
      () => `cardinality(array(select ${e('int')}))`,
      () => `array_length(array(select ${e(any())} where ${e('bool')}), 1)`,
      () => `abs(${e('int')})`,
      () => `(${e('bool')})::int`,
      () => `extract(month from ${e('time')})::int`,
    ],
    text: [
      () => `(${e('text')} || ${e(random.pick(['text', 'int']))})`,
      () => `${random.pick(['upper', 'lower', 'btrim', 'md5', 'reverse'])}(${e('text')})`,
      () => `(${e(any())})::text`,
      () => `concat(${e('text')}, ${e('int')})`,
      () => `to_char(${e('time')}, 'YYYY')`,
      () => `substring(${e('text')} from 'b+')`,
      () => `substr(${e('text')}, 1, 1)`,
      () => `(json_build_object('k', ${e('text')}) ->> '${random.pick(['k', 'm'])}')`,
      () => `date_trunc('day', ${e('time')})::text`,
      () => `array_to_string(array[${e('text')}], ',')`,
    ],
    bool: [
      () => `(${e(any())} is ${random.pick(['', 'not '])}null)`,
      () => comparison(random, e),
      () => `(${e('bool')} ${random.pick(['and', 'or'])} ${e('bool')})`,
      () => `(not ${e('bool')})`,
      () => `(${e('bool')} is ${random.pick(['true', 'not false', 'unknown'])})`,
      () => `exists (select from ${random.pick(tableNames)} x where ${e('bool')})`,
      () => `(${e('int')} in (1, 2, ${e('int')}))`,
      () => `(${e('int')} in (select x.int_n from ${random.pick(tableNames)} x))`,
      () => `(${e('text')} like 'a%')`,
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
  const from = `from ${random.pick(tableNames)} x${random.chance(50) ? ` where ${expression(random, 'bool', inner, depth - 1)}` : ''}`;
  const ofValues = () => (type === 'bool' ? `bool_or(${value()})` : `max(${value()})`);
  const aggregate = type === 'int' && random.chance(40) ? 'count(*)::int' : ofValues();
  return random.pick([
    () => `select ${value()} ${from} limit 1`,
    () => `select ${aggregate} ${from}`,
    () => `select ${aggregate} ${from} group by x.int_x limit 1`,
    () => `select ${aggregate} ${from} having ${expression(random, 'bool', scope, 0)}`,
    () => `select ${expression(random, type, scope, depth - 1)}`,
    () => `select ${expression(random, type, scope, depth - 1)} where ${expression(random, 'bool', scope, 0)}`,
  ])();
}

function columnsOf(alias: string): Column[] {
  return columns.map(({ name, type }) => ({ sql: `${alias}.${name}`, type }));
}

/** A random SELECT with `width` columns. */
export function select(random: Random, width: number, depth = 3): string {
  const { sql: from, scope, prefix } = source(random, depth);
  const target = () => expression(random, random.pick(types), scope, depth);
  const where = random.chance(40) ? ` where ${expression(random, 'bool', scope, 2)}` : '';
  const named = (expressions: readonly string[]) => expressions.map((sql, index) => `${sql} as c${index}`).join(', ');
  if (random.chance(25))
    return `${prefix}select ${named(grouped(random, scope, width))} from ${from}${where} group by ${grouping(random, scope)}`;
  const plain = () =>
    `select ${named(Array.from({ length: width }, (_, index) => expression(random, types[index % 4] as Type, scope, depth)))} from ${from}${where}`;
  if (random.chance(20))
    return `${prefix}${plain()} ${random.pick(['union', 'union all', 'intersect', 'except'])} ${plain()}`;
  return `${prefix}select ${named(Array.from({ length: width }, target))} from ${from}${where}`;
}

let groupKey = '';
function grouping(random: Random, _scope: readonly Column[]): string {
  return random.chance(30) ? `${random.pick(['rollup', 'cube', 'grouping sets'])} (${groupKey})` : groupKey;
}

/** Aggregates, and the column that is grouped by. */
function grouped(random: Random, scope: readonly Column[], width: number): string[] {
  const key = random.pick(scope);
  groupKey = key.sql;
  const value = (type: Type) => expression(random, type, scope, 2);
  const filter = () => (random.chance(25) ? ` filter (where ${value('bool')})` : '');
  return Array.from({ length: width }, (_, index) =>
    index === 0
      ? key.sql
      : random.pick([
          () => `count(${value('int')})${filter()}`,
          () => `${random.pick(['max', 'min', 'sum'])}(${value('int')})${filter()}`,
          () => `string_agg(${value('text')}, ',')${filter()}`,
          () => `array_agg(${value('int')})${filter()}`,
          () => `bool_and(${value('bool')})${filter()}`,
          () => `coalesce(max(${value('text')}), '')`,
        ])(),
  );
}

/** A FROM: tables, subqueries, VALUES, common tables, joined every way. */
function source(random: Random, depth: number): { sql: string; scope: Column[]; prefix: string } {
  const items = Array.from({ length: 1 + random.below(3) }, (_, index) => item(random, `f${index}`, depth));
  const prefix = items.flatMap(({ common }) => (common ? [common] : [])).join(', ');
  let { sql, scope } = items[0] ?? item(random, 'f0', depth);
  for (const next of items.slice(1)) {
    const join = random.pick(['join', 'left join', 'right join', 'full join', 'cross join']);
    const all = [...scope, ...next.scope];
    const key = (side: readonly Column[]) => random.pick(side.filter(({ type }) => type === 'int')).sql;
    const on = join === 'full join' ? `${key(scope)} = ${key(next.scope)}` : expression(random, 'bool', all, 1);
    sql = `(${sql} ${join} ${next.sql}${join === 'cross join' ? '' : ` on ${on}`})`;
    scope = all;
  }
  return { sql, scope, prefix: prefix ? `with ${prefix} ` : '' };
}

function item(random: Random, alias: string, depth: number): { sql: string; scope: Column[]; common?: string } {
  const scope = types.map((type, index): Column => ({ sql: `${alias}.c${index}`, type }));
  const list = (from: readonly Column[]) =>
    types.map((type, index) => `${expression(random, type, from, 1)} as c${index}`).join(', ');
  if (depth <= 1 || random.chance(60)) return { sql: `${random.pick(tableNames)} ${alias}`, scope: columnsOf(alias) };
  const inner = `select ${list(columnsOf('i'))} from ${random.pick(tableNames)} i`;
  if (random.chance(40)) return { sql: `(${inner}) ${alias}`, scope };
  if (random.chance(50)) return { sql: `w${alias} ${alias}`, scope, common: `w${alias} as (${inner})` };
  const row = () => `(${types.map((type) => expression(random, type, [], 1)).join(', ')})`;
  return { sql: `(values ${row()}, ${row()}) ${alias} (c0, c1, c2, c3)`, scope };
}
