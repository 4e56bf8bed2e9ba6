import type { Session } from '../../postgres/session.js';
import type { Dimensions, TypeRef } from '../catalog.js';
import { optional } from '../collections.js';
import { spellTypeName } from '../sql.js';

/** A row of the columns that `typeColumns` selects: a type. */
export interface TypeRow {
  readonly schema: string;
  readonly name: string;
  readonly array: boolean;
  readonly modifier: number | null;
  readonly sql: string;
}

/** The columns of a SELECT that name a type, for SQL expressions of its oid and modifier. */
export function typeColumns(oid: string, modifier: string): string {
  const type = (expression: string) =>
    `(select ${expression} from pg_type t left join pg_type e on e.oid = t.typelem and e.typarray = t.oid
      join pg_namespace n on n.oid = coalesce(e.typnamespace, t.typnamespace) where t.oid = ${oid})`;
  return `${type('n.nspname')} as schema,
    ${type('coalesce(e.typname, t.typname)')} as name,
    ${type('e.oid is not null')} as array,
    nullif(${modifier}, -1) as modifier, format_type(${oid}, ${modifier}) as sql`;
}

/** The type that a row names. `dimensions` are those of an array. */
export function typeOf({ schema, name, array, modifier, sql }: TypeRow, dimensions: Dimensions = 'unknown'): TypeRef {
  return {
    ...(schema === 'pg_catalog' ? {} : { schema }),
    name,
    ...(array ? { dimensions } : {}),
    ...optional({ modifier }),
    sql: spellTypeName({ schema, name, array }, sql),
  };
}

/** The types of oids and their modifiers, in their order. Asks for all at once, behind the savepoint of a reading. */
export async function readTypes(
  session: Session,
  wanted: readonly { readonly type: number; readonly modifier: number }[],
): Promise<readonly TypeRef[]> {
  if (wanted.length === 0) return [];
  const rows = await session.query<TypeRow>(
    `rollback to savepoint rowsmith; select ${typeColumns('w.type', 'w.modifier')}
    from unnest('{${wanted.map(({ type }) => type).join(',')}}'::oid[], '{${wanted.map(({ modifier }) => modifier).join(',')}}'::int[])
      with ordinality as w(type, modifier, number) order by w.number`,
  );
  return rows.map((row) => typeOf(row));
}
