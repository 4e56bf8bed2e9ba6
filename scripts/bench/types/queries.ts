import type { Catalog, Column, Relation } from '../../../src/catalog/catalog.js';

/** A table with two parents, with the names and the row that the queries use. */
export interface Family {
  readonly child: string;
  readonly parents: readonly [first: string, second: string];
  /** Properties of a row with all columns that have no default, except for the first parent. */
  readonly row: string;
}

/**
 * Finds three tables with two parents each. They are among the last of the first hundred, which are the same in a
 * schema of any size, so that the queries are the same everywhere.
 */
export function families({ relations }: Catalog): Family[] {
  const tables = relations.filter(({ kind, name }) => kind === 'table' && Number(/\d+$/.exec(name)?.[0]) < 100);
  const numbered = tables.sort((a, b) => Number(/\d+$/.exec(b.name)?.[0]) - Number(/\d+$/.exec(a.name)?.[0]));
  return numbered.flatMap((table) => familyOf(table) ?? []).slice(0, 3);
}

function familyOf({ name, columns, foreignKeys }: Relation): Family | undefined {
  const [first, second] = foreignKeys.map(({ references }) => references.name);
  if (first === undefined || second === undefined || first === second) return undefined;
  const given = columns.filter(
    ({ name: column, notNull, generated, identity, default: fallback }) =>
      notNull && (fallback ?? generated ?? identity) === undefined && column !== 'parent_0_id',
  );
  return {
    child: name,
    parents: [first, second],
    row: given.map((column) => `${column.name}: ${value(column)}, `).join(''),
  };
}

function value({ type }: Column): string {
  const values: { readonly [type: string]: string } = {
    int4: '1',
    float8: '1',
    bool: 'true',
    timestamptz: 'new Date()',
    date: 'new Date()',
    jsonb: '{}',
  };
  return type.dimensions === undefined ? (values[type.name] ?? "'1'") : '[]';
}

/** The tables that the queries use. */
export function tablesOf(all: readonly Family[]): string[] {
  return [...new Set(all.flatMap(({ child, parents }) => [child, ...parents]))].sort();
}

/** Twenty typical queries. `db` gives the variable that a query of a table starts with. */
export function queries(all: readonly Family[], db: (table: string) => string): string {
  const [last] = all;
  if (!last || all.length < 3) throw new Error('the schema has no three tables with two parents each');
  const statements = [
    ...all.flatMap((family) => sixQueries(family, db(family.child))),
    withQuery(last, db(last.child)),
    transaction(last, db(last.child)),
  ];
  return statements.map((statement, index) => `export const q${index + 1} = ${statement};`).join('\n\n');
}

function sixQueries({ child, parents: [first, second], row }: Family, db: string): string[] {
  return [
    `${db}.selectFrom('${child}').selectAll().where('status', '=', 'open').where('amount', 'is not', null).orderBy('id', 'desc').limit(10).execute()`,
    `${db}
  .selectFrom('${child} as c')
  .innerJoin('${first} as p', 'p.id', 'c.parent_0_id')
  .select(['c.id', 'c.label', 'p.label as parent_label', 'p.status as parent_status'])
  .where('p.status', 'in', ['new', 'open'])
  .orderBy('c.id')
  .execute()`,
    `${db}
  .selectFrom('${child}')
  .innerJoin('${first}', '${first}.id', '${child}.parent_0_id')
  .leftJoin('${second} as other', (join) => join.onRef('other.id', '=', '${child}.parent_1_id').on('other.status', '<>', 'done'))
  .select(({ fn }) => ['${first}.id', '${first}.label', 'other.status', fn.count<string>('${child}.id').as('children')])
  .groupBy(['${first}.id', '${first}.label', 'other.status'])
  .having(({ fn }) => fn.count('${child}.id'), '>', 1)
  .execute()`,
    `${db}
  .insertInto('${child}')
  .values({ ${row}parent_0_id: '1', status: 'open', label: 'a' })
  .onConflict((conflict) => conflict.column('id').doUpdateSet((eb) => ({ label: eb.ref('excluded.label') })))
  .returning(['id', 'status'])
  .executeTakeFirstOrThrow()`,
    `${db}
  .updateTable('${child}')
  .set((eb) => ({ status: 'done', label: eb.fn.coalesce('label', eb.val('none')) }))
  .where((eb) => eb.or([eb('status', '=', 'new'), eb('amount', '>', '10')]))
  .returningAll()
  .execute()`,
    `${db}
  .selectFrom('${first} as p')
  .select((eb) => ['p.id', eb.selectFrom('${child} as c').select('c.label').whereRef('c.parent_0_id', '=', 'p.id').limit(1).as('child_label')])
  .where((eb) => eb.exists(eb.selectFrom('${second} as s').select('s.id').whereRef('s.label', '=', 'p.label')))
  .execute()`,
  ];
}

function withQuery({ child, parents: [first] }: Family, db: string): string {
  return `${db}
  .with('open', (cte) => cte.selectFrom('${child}').select(['id', 'parent_0_id', 'label']).where('status', '=', 'open'))
  .with('counted', (cte) => cte.selectFrom('open').select(({ fn }) => ['parent_0_id', fn.countAll<string>().as('count')]).groupBy('parent_0_id'))
  .selectFrom('counted')
  .innerJoin('${first} as p', 'p.id', 'counted.parent_0_id')
  .select(['p.label', 'counted.count'])
  .execute()`;
}

function transaction({ child, parents: [first], row }: Family, db: string): string {
  return `${db}.transaction().execute(async (trx) => {
  const parent = await trx.selectFrom('${first}').select('id').where('label', '=', 'a').forUpdate().executeTakeFirstOrThrow();
  await trx.updateTable('${first}').set({ status: 'done' }).where('id', '=', parent.id).execute();
  await trx.insertInto('${child}').values({ ${row}parent_0_id: parent.id }).execute();
  return trx.deleteFrom('${child}').using('${first} as p').whereRef('p.id', '=', '${child}.parent_0_id').where('p.id', '=', parent.id).returning('${child}.id').execute();
})`;
}
