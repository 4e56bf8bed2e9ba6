import { isNode, listOf, type PgNode, type PgValue, queryOf } from './node-tree.js';

/**
 * What one field of a query over a single relation reads of the relation's row: `upper(t.name)` reads the column
 * `name`.
 */
export interface FieldUse {
  /** The oid of the relation. */
  readonly relation: number;
  /** Numbers of the columns; 0 stands for the whole row. */
  readonly columns: readonly number[];
  /** The field is a set-returning call: it would multiply the row. */
  readonly returnsSet: boolean;
}

/**
 * The uses of every target of an analysed `select … from relation`. `pg_depend` would tell the columns of the query as
 * a whole; the query tree tells them field by field.
 */
export function fieldUses(tree: PgValue): FieldUse[] {
  const query = queryOf(tree);
  if (!query) return [];
  const row = rowIndex(query);
  const entry = listOf(query.fields['rtable'])[Number(row) - 1];
  const relation = isNode(entry) ? Number(entry.fields['relid']) : 0;
  return listOf(query.fields['targetList'])
    .filter(isNode)
    .map(({ fields }) => {
      const columns = new Set<number>();
      collect(fields['expr'], row, 0, columns);
      return { relation, columns: [...columns], returnsSet: callsSet(fields['expr']) };
    });
}

/** The range table index of the only item of FROM; before PostgreSQL 16 a view's own OLD and NEW stand before it. */
function rowIndex({ fields }: PgNode): string | undefined {
  const from = fields['jointree'];
  const [item] = isNode(from) ? listOf(from.fields['fromlist']) : [];
  return isNode(item) ? String(item.fields['rtindex']) : undefined;
}

/**
 * Adds the columns of the row that a value reads, in subqueries too: there `varlevelsup` counts the queries in between.
 */
function collect(value: PgValue | undefined, row: string | undefined, depth: number, columns: Set<number>): void {
  if (Array.isArray(value)) for (const item of value as readonly PgValue[]) collect(item, row, depth, columns);
  if (!isNode(value)) return;
  const { tag, fields } = value;
  if (tag === 'VAR' && fields['varno'] === row && fields['varlevelsup'] === String(depth))
    columns.add(Number(fields['varattno']));
  for (const field of Object.values(fields)) collect(field, row, tag === 'QUERY' ? depth + 1 : depth, columns);
}

/** Whether a set-returning function or operator is called, outside of subqueries. */
function callsSet(value: PgValue | undefined): boolean {
  if (Array.isArray(value)) return (value as readonly PgValue[]).some(callsSet);
  if (!isNode(value) || value.tag === 'QUERY') return false;
  return (
    value.fields['funcretset'] === 'true' ||
    value.fields['opretset'] === 'true' ||
    Object.values(value.fields).some(callsSet)
  );
}
