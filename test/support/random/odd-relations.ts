import type { Random } from './random.js';
import { columnDefinitions, columnsOf, constant, type Type } from './tables.js';

/**
 * Relations with the columns of every table whose NOT NULL means less than it says, or that give back something else
 * than was written: they hold nulls, or make them.
 */
export const oddRelations = ['keyed', 'dom', 'par', 'unsure', 'over_p', 'ruled'] as const;

/** Those that a statement can write to. */
export const oddTargets = ['keyed', 'dom', 'par', 'over_p', 'ruled'] as const;

const names = columnsOf('x').map(({ sql }) => sql.slice(2));
const list = names.join(', ');
const sqlNames: Readonly<Record<Type, string>> = { int: 'integer', text: 'text', bool: 'boolean', time: 'timestamp' };

/** Creates them beside the tables of `tables.ts`, and fills them. */
export function createOddRelations(random: Random): string {
  const row = (orNull: number) =>
    columnsOf('x')
      .map(({ type, sql }) => (sql.endsWith('_n') && random.chance(orNull) ? 'null' : constant(random, type)))
      .join(', ');
  const rows = (count: number) => random.times(count, () => `(${row(40)})`).join(', ');
  const nulls = names.map((name) => `null::${sqlNames[name.split('_')[0] as Type]}`).join(', ');
  return `
create table keyed (key integer primary key, ${columnDefinitions});
insert into keyed values ${random.times(5, (key) => `(${key}, ${row(40)})`).join(', ')};
${Object.entries(sqlNames)
  .map(([type, name]) => `create domain strict_${type} as ${name} not null;`)
  .join('\n')}
create table dom (${names.map((name) => `${name} ${name.endsWith('_x') ? `strict_${name.split('_')[0]}` : sqlNames[name.split('_')[0] as Type]}`).join(', ')});
insert into dom values ${rows(5)};
insert into dom select ${names.map((name) => `(select ${name} from dom where false)`).join(', ')};
create table par (${columnDefinitions}); create table kid () inherits (par); create table grand () inherits (kid);
do $$ begin alter table kid alter int_x drop not null; alter table grand alter text_x drop not null; exception when others then null; end $$;
insert into par values ${rows(3)}; insert into kid values ${rows(3)}; insert into grand values ${rows(3)};
do $$ begin update kid set int_x = null; update grand set text_x = null; exception when others then null; end $$;
create table unsure (${columnDefinitions.replaceAll(' not null', '')});
insert into unsure values ${rows(3)}, (${nulls});
do $$ begin execute 'alter table unsure ${names
    .filter((name) => name.endsWith('_x'))
    .map((name) => `add constraint ${name} not null ${name} not valid`)
    .join(', ')}'; exception when others then null; end $$;
create view over_p as select * from p where text_n is not null;
create function spoil() returns trigger language plpgsql as $$ begin
  if tg_op = 'DELETE' then return old; end if;
  new.int_x := null; new.text_x := null; new.time_n := null; return new; end $$;
create trigger spoil instead of insert or update or delete on over_p for each row execute function spoil();
create table ruled (${columnDefinitions}); insert into ruled values ${rows(5)};
create rule on_insert as on insert to ruled do instead insert into q (${list}) values (${names.map((name) => `new.${name}`).join(', ')})
  returning ${nulls};
create rule on_update as on update to ruled do instead update q set int_n = null returning ${nulls};
create rule on_delete as on delete to ruled do instead delete from q where q.int_x = old.int_x returning ${nulls};`;
}

/** Puts odd relations in place of some of the tables that a statement reads. */
export const withOddRelations = (random: Random, sql: string): string =>
  sql.replace(/\b(from|join|using) ([pqr]) (?=[f-j]\d?\b|[xyij]\b)/g, (whole, word: string) =>
    random.chance(18) ? `${word} ${random.pick(oddRelations)} ` : whole,
  );
