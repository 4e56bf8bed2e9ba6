import { condition } from './conditions.js';
import { corner } from './corners.js';
import { expression } from './expressions.js';
import { withOddRelations } from './odd-relations.js';
import type { Random } from './random.js';
import { columnsOf, sqlNames, tableNames, types } from './tables.js';
import { select } from './views.js';
import { type Wanted, written } from './writes.js';

/** A random statement of a query file, with parameters, and a value that is not null for each. */
export interface RandomStatement {
  readonly sql: string;
  readonly values: { readonly [parameter: string]: string };
}

/**
/**
 * A random statement that returns rows: a SELECT as in a view, a statement that writes and returns rows, or one that
 * writes in its WITH. Some of its constants are parameters.
 */
export function statement(random: Random, wanted: Wanted): RandomStatement {
  const { width } = wanted;
  const sql = random.pick([
    () => select(random, width),
    () => select(random, width),
    () => finished(random, select(random, width)),
    () => combinedSets(random, width),
    () => written(random, wanted),
    () => written(random, wanted),
    () => writtenInWith(random, wanted),
    () => recursive(random, width),
    () => corner(random, wanted.version),
    () => corner(random, wanted.version),
  ])();
  return withParameters(random, withOddRelations(random, sql));
}

const named = (expressions: readonly string[]) => expressions.map((sql, index) => `${sql} as c${index}`).join(', ');

/** A SELECT with what may stand behind it. */
const finished = (random: Random, sql: string) =>
  `${random.chance(20) ? sql.replace(/\bselect (?=[^(]*$)/, 'select distinct ') : sql} ${random.pick([
    'for update',
    'for share of f0',
    'order by 1 nulls first limit 3',
    'offset 1',
    'fetch first 2 rows with ties',
  ])}`;

/** Set operations within each other. */
function combinedSets(random: Random, width: number): string {
  const operation = () => random.pick(['union', 'union all', 'intersect', 'intersect all', 'except', 'except all']);
  const branch = () => {
    const columns = random.times(width, (index) => {
      const type = types[index % 4] ?? 'int';
      const own = columnsOf('f0').filter((column) => column.type === type);
      return random.chance(60) ? random.pick(own).sql : expression(random, type, columnsOf('f0'), 1);
    });
    const where = random.chance(50) ? ` where ${condition(random, columnsOf('f0'), 1)}` : '';
    return `(select ${named(columns)} from ${random.pick(tableNames)} f0${where})`;
  };
  const pair = () => `(${branch()} ${operation()} ${branch()})`;
  return random.pick([
    () => `${branch()} ${operation()} ${pair()}`,
    () => `${pair()} ${operation()} ${branch()}`,
    () => `${pair()} ${operation()} ${pair()}`,
  ])();
}

/** A statement that writes in WITH, and one that reads what it returned, perhaps through another, or writes itself. */
function writtenInWith(random: Random, wanted: Wanted): string {
  const width = wanted.width - 1;
  const dml = written(random, { ...wanted, width });
  const own = Array.from({ length: width }, (_, index) => `w.c${index}`);
  const scope = columnsOf('g');
  const on = condition(random, scope, 1);
  const last = random.pick(scope).sql;
  const read = `select ${own.join(', ')}, ${last} as d from w ${random.pick(['left join', 'right join', 'join'])} ${random.pick(tableNames)} g on ${on}`;
  return random.pick([
    () => `with w as (${dml}) ${read}`,
    () => `with w as (${dml}), v as (${read}) select * from v union all select * from v`,
    () => `with w as (${dml}) delete from r g using w where ${on} returning ${own.join(', ')}, ${last} as d`,
    () => `with w as (${dml}) update r g set int_n = null from w where ${on} returning ${own.join(', ')}, ${last} as d`,
  ])();
}

/** A recursive WITH, whose second part may add nulls that the first part does not have. */
function recursive(random: Random, width: number): string {
  const column = random.pick(columnsOf('f0'));
  const more = random.chance(50) ? 'r.x' : expression(random, column.type, columnsOf('f0'), 1);
  const rest = random.times(width - 2, () => random.pick(columnsOf('f1')).sql);
  const order = random.pick(['', '', ' search depth first by n set o', ' cycle n set is_cycle using way']);
  return `with recursive r(n, x) as (select 1, ${column.sql} from ${random.pick(tableNames)} f0 where ${condition(random, columnsOf('f0'), 1)}
    union ${random.pick(['', 'all'])} select r.n + 1, ${more} from r join ${random.pick(tableNames)} f0 on f0.int_x > r.n where r.n < 3)${order}
    select r.n, r.x, ${named(rest)} from r ${random.pick(['join', 'left join', 'full join'])} ${random.pick(tableNames)} f1 on f1.int_n = r.n`;
}

const constants = /'(?:a|b|ab|)'::text|'[^']*'::timestamp|(?<=[(,=<>] )\d(?=[,)])/g;

/** Puts parameters in place of constants; some are used again, and of some the file says whether they may be null. */
function withParameters(random: Random, sql: string): RandomStatement {
  const hasGiven = sql.includes(':given');
  const values: { [parameter: string]: string } = hasGiven ? { given: 'a' } : {};
  const declared: string[] = hasGiven ? ['-- param: given?\n'] : [];
  const text = sql.replace(constants, (literal) => {
    if (!random.chance(35)) return literal;
    const type = typeOf(literal);
    const known = Object.keys(values).filter((name) => name.startsWith(type));
    const name = known.length > 0 && random.chance(25) ? random.pick(known) : `${type}${Object.keys(values).length}`;
    if (!(name in values) && random.chance(50)) declared.push(`-- param: ${name}${random.pick(['?', '!'])}\n`);
    values[name] ??= literal.split("'")[1] ?? literal;
    return `:${name}::${sqlNames[type]}`;
  });
  return { sql: `-- name: q :many\n${declared.join('')}${text}`, values };
}

function typeOf(literal: string): 'int' | 'text' | 'time' {
  if (/^\d/.test(literal)) return 'int';
  return literal.endsWith('text') ? 'text' : 'time';
}
