import { condition } from './conditions.js';
import { expression } from './expressions.js';
import type { Random } from './random.js';
import { type Column, columnsOf, constant, sqlNames, tableNames, types } from './tables.js';
import { select } from './views.js';

/** A random statement of a query file, with parameters and a value for each. */
export interface RandomStatement {
  readonly sql: string;
  readonly values: { readonly [parameter: string]: string | null };
}

/**
 * A random statement that returns rows: a SELECT as in a view, a statement that writes and returns rows, or one that
 * writes in its WITH. Some of its constants are parameters; a parameter that may be null often is.
 */
export function statement(random: Random, width: number): RandomStatement {
  const sql = random.pick([select, select, inserted, updated, deleted, writtenInWith, combined])(random, width);
  return withParameters(random, sql);
}

const named = (expressions: readonly string[]) => expressions.map((sql, index) => `${sql} as c${index}`).join(', ');

const returning = (random: Random, scope: readonly Column[], width: number) =>
  `returning ${named(
    random.times(width, () =>
      random.chance(60) ? random.pick(scope).sql : expression(random, random.pick(types), scope, 2),
    ),
  )}`;

function inserted(random: Random, width: number): string {
  const value = ({ sql, type }: Column) => (sql.endsWith('_n') && random.chance(30) ? 'null' : constant(random, type));
  const columns = columnsOf('p');
  const names = columns.map(({ sql }) => sql.slice('p.'.length));
  const rows = random.times(1 + random.below(2), () => `(${columns.map(value).join(', ')})`);
  const given = random.chance(50)
    ? `values ${rows.join(', ')}`
    : `select ${columns.map(({ type, sql }) => (sql.endsWith('_x') ? `coalesce(${sql.replace('p.', 'f0.')}, ${constant(random, type)})` : expression(random, type, columnsOf('f0'), 1))).join(', ')} from ${random.pick(tableNames)} f0`;
  return `insert into p (${names.join(', ')}) ${given} ${returning(random, columns, width)}`;
}

function updated(random: Random, width: number): string {
  const own = columnsOf('p');
  const [from, others] = joined(random);
  const scope = [...own, ...others];
  const set = random.times(2, (index) => {
    const column = own[random.below(4) * 2 + index] as Column;
    return `${column.sql.slice('p.'.length)} = ${expression(random, column.type, scope, 1)}`;
  });
  const where = random.chance(70) ? ` where ${condition(random, scope, random.below(3))}` : '';
  return `update p set ${set.join(', ')} from ${from}${where} ${returning(random, scope, width)}`;
}

function deleted(random: Random, width: number): string {
  const [from, others] = joined(random);
  const scope = [...columnsOf('p'), ...others];
  return `delete from p using ${from} where ${condition(random, scope, random.below(3))} ${returning(random, scope, width)}`;
}

/** The tables with which an UPDATE or a DELETE joins its own. */
function joined(random: Random): readonly [from: string, scope: readonly Column[]] {
  const table = () => random.pick(tableNames);
  if (random.chance(40)) return [`${table()} f1`, columnsOf('f1')];
  const join = random.pick(['left join', 'right join', 'full join', 'join']);
  return [`${table()} f1 ${join} ${table()} f2 on f1.int_n = f2.int_x`, [...columnsOf('f1'), ...columnsOf('f2')]];
}

function writtenInWith(random: Random, width: number): string {
  const dml = random.pick([inserted, updated, deleted])(random, width - 1);
  const join = random.pick(['left join', 'right join', 'join']);
  const own = Array.from({ length: width - 1 }, (_, index) => `w.c${index}`);
  const scope = columnsOf('g');
  return `with w as (${dml}) select ${own.join(', ')}, ${random.pick(scope).sql} as d from w ${join} ${random.pick(tableNames)} g on ${condition(random, scope, 1)}`;
}

/** A recursive WITH. Its second part may add nulls that the first part does not have. */
function combined(random: Random, width: number): string {
  const column = random.pick(columnsOf('f0'));
  const more = random.chance(50) ? 'r.x' : expression(random, column.type, columnsOf('f0'), 1);
  const rest = random.times(width - 2, () => random.pick(columnsOf('f1')).sql);
  return `with recursive r(n, x) as (select 1, ${column.sql} from ${random.pick(tableNames)} f0 where ${condition(random, columnsOf('f0'), 1)}
    union ${random.pick(['', 'all'])} select r.n + 1, ${more} from r join ${random.pick(tableNames)} f0 on f0.int_x > r.n where r.n < 3)
    select r.n, r.x, ${named(rest)} from r ${random.pick(['join', 'left join', 'full join'])} ${random.pick(tableNames)} f1 on f1.int_n = r.n`;
}

const constants = /'(?:a|b|ab|)'::text|'[^']*'::timestamp/g;

function withParameters(random: Random, sql: string): RandomStatement {
  const values: { [parameter: string]: string | null } = {};
  const declared: string[] = [];
  const text = sql.replace(constants, (literal) => {
    if (!random.chance(40)) return literal;
    const name = `p${declared.length}`;
    const isNullable = random.chance(50);
    declared.push(`-- param: ${name}${isNullable ? '?' : '!'}\n`);
    values[name] = isNullable && random.chance(70) ? null : (literal.split("'")[1] ?? '');
    return `:${name}::${literal.endsWith('text') ? 'text' : sqlNames.time}`;
  });
  return { sql: `-- name: q :many\n${declared.join('')}${text}`, values };
}
