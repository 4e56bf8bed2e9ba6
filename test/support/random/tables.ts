import type { Random } from './random.js';

export type Type = 'int' | 'text' | 'bool' | 'time';
export const types: readonly Type[] = ['int', 'text', 'bool', 'time'];
export const sqlNames: Record<Type, string> = { int: 'integer', text: 'text', bool: 'boolean', time: 'timestamp' };

/** What an expression may refer to: a column, with its SQL and type. */
export interface Column {
  readonly sql: string;
  readonly type: Type;
}

/** The columns of every table: for each type, one that may be null and one that may not. */
const columns = types.flatMap((type) => [
  { name: `${type}_n`, type },
  { name: `${type}_x`, type },
]);

export const columnsOf = (alias: string): Column[] =>
  columns.map(({ name, type }) => ({ sql: `${alias}.${name}`, type }));

/** Names of tables. Those that queries should read most often are repeated. */
export const tableNames = [...['p', 'q', 'r', 'p', 'q', 'r', 'p', 'q', 'r', 'p', 'q', 'r'], 'empty'];
const distinctNames = [...new Set(tableNames)];

/**
 * User-defined functions and operators. A strict one may return null, and one that is not strict may return a value for
 * null, as may a cast.
 */
const routines = `
create domain plain_text as text;
create type mood as enum ('m');
create function mood_text(mood) returns text immutable language sql as 'select null::text';
create cast (mood as text) with function mood_text(mood);
create function strict_int(integer) returns integer strict immutable language sql as 'select nullif($1, 2)';
create function lax_int(integer) returns integer immutable language sql as 'select coalesce($1, 1)';
create function strict_equal(integer, integer) returns boolean strict immutable language sql as 'select nullif($1 = $2, false)';
create function lax_equal(integer, integer) returns boolean immutable language sql as 'select $1 is not distinct from $2 or $1 is null';
create operator === (function = strict_equal, leftarg = integer, rightarg = integer);
create operator ?== (function = lax_equal, leftarg = integer, rightarg = integer);`;

/** The columns as CREATE TABLE takes them. */
export const columnDefinitions = columns
  .map(({ name, type }) => `${name} ${sqlNames[type]}${name.endsWith('_x') ? ' not null' : ''}`)
  .join(', ');

/** Functions in FROM: of values of which one is null, and of a row that is. */
const rowFunctions = `
create function some_ints() returns setof integer immutable language sql as 'values (1), (null)';
create function no_row() returns p immutable language sql as 'select null::p';`;

/** Creates the tables, fills all but one of them, and creates functions and operators. */
export function tables(random: Random): string {
  const literal = (type: Type, nullable: boolean) => (nullable && random.chance(40) ? 'null' : constant(random, type));
  const row = () => `(${columns.map(({ name, type }) => literal(type, name.endsWith('_n'))).join(', ')})`;
  const created = distinctNames.map((table) => {
    const filled = table === 'empty' ? '' : ` insert into ${table} values ${random.times(10, row).join(', ')};`;
    return `create table ${table} (${columnDefinitions});${filled}`;
  });
  return [routines, ...created, rowFunctions].join('\n');
}

export function constant(random: Random, type: Type): string {
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
