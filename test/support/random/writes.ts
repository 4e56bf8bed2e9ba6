import { condition } from './conditions.js';
import { expression } from './expressions.js';
import { oddTargets } from './odd-relations.js';
import type { Random } from './random.js';
import { type Column, columnsOf, constant, type Type, tableNames, types } from './tables.js';

/** What a written statement is made for: its columns, and the version of PostgreSQL that is to take it. */
export interface Wanted {
  readonly width: number;
  readonly version: number;
}

/** A random statement that writes and returns rows. Its target is called `p`. */
export function written(random: Random, wanted: Wanted): string {
  const kinds = [inserted, inserted, upserted, updated, updated, deleted, ...(wanted.version >= 17 ? [merged] : [])];
  return random.pick(kinds)(random, wanted);
}

const targetOf = (random: Random) => (random.chance(45) ? random.pick(oddTargets) : 'p');
const nameOf = ({ sql }: Column) => sql.slice(sql.indexOf('.') + 1);

function returning(random: Random, scope: readonly Column[], { width, version }: Wanted): string {
  const targets = random.times(width, (index) => {
    if (version >= 18 && random.chance(25)) return `${ofOldAndNew(random)} as c${index}`;
    const sql = random.chance(60) ? random.pick(scope).sql : expression(random, random.pick(types), scope, 2);
    return `${sql} as c${index}`;
  });
  return `returning ${targets.join(', ')}`;
}

/** Columns of `old` and `new`, and of the row. PostgreSQL 18.4 crashes at `new.x IN (SELECT …)` in a DELETE. */
function ofOldAndNew(random: Random): string {
  const name = nameOf(random.pick(columnsOf('p')));
  const row = () => random.pick(['old', 'new', 'p']);
  const test = () => `${row()}.${name} is ${random.pick(['', 'not '])}null`;
  return random.pick([
    () => `${row()}.${name}`,
    () => `coalesce(${row()}.${name}, ${row()}.${name})`,
    () => `case when ${test()} then ${row()}.${name} end`,
    () => `case when ${test()} then ${row()}.${name} else ${row()}.${name} end`,
    () => `(${row()}.${name})::text`,
    () => `(${row()})::text`,
  ])();
}

/** The rows of an INSERT, for all columns. */
function given(random: Random): string {
  const value = ({ sql, type }: Column) => (sql.endsWith('_n') && random.chance(30) ? 'null' : constant(random, type));
  const ofTable = ({ type, sql }: Column) =>
    sql.endsWith('_x')
      ? `coalesce(f0.${nameOf({ sql, type })}, ${constant(random, type)})`
      : expression(random, type, columnsOf('f0'), 1);
  const columns = columnsOf('p');
  const rows = random.times(1 + random.below(2), () => `(${columns.map(value).join(', ')})`);
  return random.chance(50)
    ? `values ${rows.join(', ')}`
    : `select ${columns.map(ofTable).join(', ')} from ${random.pick(tableNames)} f0`;
}

const names = columnsOf('p').map(nameOf).join(', ');

const inserted = (random: Random, wanted: Wanted) =>
  `insert into ${targetOf(random)} as p (${names}) ${given(random)} ${returning(random, columnsOf('p'), wanted)}`;

function upserted(random: Random, wanted: Wanted): string {
  const scope = [...columnsOf('p'), ...columnsOf('excluded')];
  const where = random.chance(40) ? ` where ${condition(random, scope, 1)}` : '';
  const action = random.chance(80) ? `update set ${assignments(random, scope)}${where}` : 'nothing';
  const rows = `select ${random.below(3)} + row_number() over (), g.* from (${given(random)} limit 3) g`;
  return `insert into keyed as p (key, ${names}) ${rows} on conflict (key) do ${action} ${returning(random, columnsOf('p'), wanted)}`;
}

/** What two columns are set to; one that refuses null is most often given something. */
function assignments(random: Random, scope: readonly Column[]): string {
  const own = columnsOf('p');
  return random
    .times(2, (index) => {
      const column = own[random.below(4) * 2 + index] as Column;
      return `${nameOf(column)} = ${expression(random, column.type, scope, 1)}`;
    })
    .join(', ');
}

function updated(random: Random, wanted: Wanted): string {
  const [from, others] = joined(random);
  const scope = [...columnsOf('p'), ...others];
  const where = random.chance(70) ? ` where ${condition(random, scope, random.below(3))}` : '';
  return `update ${targetOf(random)} p set ${assignments(random, scope)} from ${from}${where} ${returning(random, scope, wanted)}`;
}

function deleted(random: Random, wanted: Wanted): string {
  const [from, others] = joined(random);
  const scope = [...columnsOf('p'), ...others];
  return `delete from ${targetOf(random)} p using ${from} where ${condition(random, scope, random.below(3))} ${returning(random, scope, wanted)}`;
}

function merged(random: Random, wanted: Wanted): string {
  const scope = [...columnsOf('p'), ...columnsOf('f1')];
  const test = (of: readonly Column[]) => (random.chance(40) ? ` and ${condition(random, of, 1)}` : '');
  const value = ({ sql, type }: Column) =>
    sql.endsWith('_x') ? constant(random, type) : expression(random, type, columnsOf('f1'), 1);
  const change = (of: readonly Column[]) =>
    random.chance(70) ? `update set ${assignments(random, of)}` : random.pick(['delete', 'do nothing']);
  const clauses = [
    `when matched${test(scope)} then ${change(scope)}`,
    `when not matched${test(columnsOf('f1'))} then insert (${names}) values (${columnsOf('p').map(value).join(', ')})`,
    ...(random.chance(50) ? [`when not matched by source${test(columnsOf('p'))} then ${change(columnsOf('p'))}`] : []),
  ];
  const action: Column = { sql: 'merge_action()', type: 'text' as Type };
  const target = random.pick(['p', 'q', 'keyed']);
  const on = `p.int_x = f1.int_${random.pick(['n', 'x'])}`;
  const kept = target === 'keyed' ? clauses.filter((_, index) => index !== 1) : clauses;
  return `merge into ${target} p using ${random.pick(['(select distinct on (int_x) * from q)', '(select * from r limit 1)'])} f1 on ${on} ${kept.join(' ')} ${returning(random, [...scope, action], wanted)}`;
}

/** What an UPDATE or a DELETE joins its table with. */
function joined(random: Random): readonly [from: string, scope: readonly Column[]] {
  const table = () => random.pick(tableNames);
  if (random.chance(40)) return [`${table()} f1`, columnsOf('f1')];
  const join = random.pick(['left join', 'right join', 'full join', 'join']);
  return [`${table()} f1 ${join} ${table()} f2 on f1.int_n = f2.int_x`, [...columnsOf('f1'), ...columnsOf('f2')]];
}
