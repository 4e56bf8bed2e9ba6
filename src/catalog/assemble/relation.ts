import type { Column, Relation, RelationKind } from '../catalog.js';
import { type Facts, optional } from '../collections.js';
import type { QueryFacts } from '../proofs/query-facts.js';
import type { RawCatalog } from '../raw-catalog.js';
import type { RawColumn } from '../raw-columns.js';
import { spellExpression } from '../spell-expression.js';
import { assembleKeys } from './keys.js';
import { events, type RelationOwners } from './owners.js';
import { assembleReactions } from './reactions.js';
import type { TypeReader } from './types.js';

type RawRelation = RawCatalog['relations'][number];

/** What relations are assembled from: the lists of the catalog query, and facts proven from the queries of views. */
export interface AssemblyScope {
  readonly owners: RelationOwners;
  readonly readType: TypeReader;
  readonly facts: QueryFacts;
}

export function assembleRelation(raw: RawRelation, scope: AssemblyScope): Relation {
  const { owners } = scope;
  const parents = owners.parents.get(raw.id)?.map(({ schema, name }) => ({ schema, name }));
  return {
    schema: raw.schema,
    name: raw.name,
    kind: raw.partition ? 'partition' : relationKinds[raw.kind],
    ...optional({ comment: raw.comment, parents, partitionKey: raw.partkey, partitionBound: spelled(raw.bound) }),
    insertable: raw.insertable ?? raw.kind !== 'm',
    ...optional({ extension: raw.extension }),
    ...(raw.secured ? { rowSecurity: true as const } : {}),
    ...(raw.inherited ? { inherited: true as const } : {}),
    ...(raw.fills ? { fillsInserts: true as const } : {}),
    columns: (owners.columns.get(raw.id) ?? []).map((column) => assembleColumn(column, raw, scope)),
    ...assembleKeys(raw.id, owners),
    ...assembleReactions(raw.id, owners),
  };
}

const spelled = (expression: string | null) => (expression === null ? undefined : spellExpression(expression));

const relationKinds: Record<RawRelation['kind'], RelationKind> = {
  r: 'table',
  p: 'partitioned table',
  v: 'view',
  m: 'materialized view',
  f: 'foreign table',
};

function assembleColumn(raw: RawColumn, relation: RawRelation, { owners, readType, facts }: AssemblyScope): Column {
  const { nullability, dimensions } = facts;
  const column: Facts<Column> = {
    name: raw.name,
    type: readType({ type: raw.type, mod: raw.mod, dims: dimensions.ofColumn(raw.rel, raw.num) }),
    notNull: nullability.columnNotNull(raw.rel, raw.num),
  };
  if (raw.unproven) column.refusesNull = true;
  // pg_attrdef also has the expression of a generated column, which is not a default.
  if (raw.default !== null && raw.generated === null) column.default = spellExpression(raw.default);
  if (raw.identity !== null) column.identity = raw.identity === 'a' ? 'always' : 'by default';
  if (raw.generated !== null) column.generated = raw.generated === 'v' ? 'virtual' : 'stored';
  if (relation.kind !== 'r' && relation.kind !== 'p') Object.assign(column, writability(raw, relation, owners));
  if (column.notNull && !column.readOnly && passesNull(raw, owners)) column.takesNull = true;
  if (raw.nondeterministic !== null) column.nondeterministic = raw.nondeterministic;
  if (raw.comment !== null) column.comment = raw.comment;
  return column;
}

/**
 * How a column of a view or foreign table can be written. A view passes the write on to the column that it shows, or a
 * trigger or rule handles it.
 */
function writability(
  column: RawColumn,
  { kind, handled, insertable }: RawRelation,
  owners: RelationOwners,
): Pick<Column, 'readOnly' | 'writtenBy' | 'filledBy'> {
  const { updatable } = column;
  if (kind === 'm') return { readOnly: true };
  if (kind !== 'v') return updatable === false ? { readOnly: true } : {};
  const origin = owners.originOf(column);
  const passed = updatable === true && origin?.generated === null && origin.identity !== 'a';
  const inserts = passed || (handled & events.insert) !== 0;
  const updates = passed || (handled & events.update) !== 0;
  if (!inserts) return updates ? { writtenBy: 'update' } : { readOnly: true };
  return {
    ...(updates ? {} : { writtenBy: 'insert' }),
    ...optional({ filledBy: insertable ? filledBy(column, owners) : undefined }),
  };
}

/**
 * Whether a column shows a table's column that accepts null. A view's conditions restrict what it shows, not what is
 * written.
 */
function passesNull(column: RawColumn, { originOf }: RelationOwners): boolean {
  const origin = originOf(column);
  return origin !== undefined && origin !== column && !origin.notnull && !origin.unproven;
}

/**
 * What fills a view's column that an INSERT omits. A view on the way may have a default of its own:
 * https://www.postgresql.org/docs/current/sql-alterview.html.
 */
function filledBy(column: RawColumn, { pathOf, takesInserts }: RelationOwners): Column['filledBy'] {
  const path = pathOf(column);
  const taken = path.findIndex(({ rel }) => takesInserts.has(rel));
  const passed = taken < 0 ? path : path.slice(0, taken + 1);
  if (passed.some(({ default: fallback, identity }) => fallback !== null || identity !== null)) return 'default';
  return taken < 0 ? undefined : 'trigger';
}
