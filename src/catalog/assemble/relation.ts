import type { Column, Relation, RelationKind } from '../catalog.js';
import { optional } from '../collections.js';
import type { Nullability } from '../nullability/facts.js';
import type { RawCatalog } from '../query.js';
import { assembleKeys } from './keys.js';
import type { RelationOwners } from './owners.js';
import type { TypeReader } from './types.js';

export function assembleRelation(raw: RawCatalog['relations'][number], owners: RelationOwners, readType: TypeReader, nullability: Nullability): Relation {
  const parents = owners.parents.get(raw.id)?.map(({ schema, name }) => ({ schema, name }));
  return {
    schema: raw.schema,
    name: raw.name,
    kind: raw.partition ? 'partition' : relationKinds[raw.kind],
    ...optional({ comment: raw.comment, parents }),
    insertable: raw.insertable ?? raw.kind !== 'm',
    columns: (owners.columns.get(raw.id) ?? []).map((column) => assembleColumn(column, raw.kind === 'm', readType, nullability)),
    ...assembleKeys(raw.id, owners),
  };
}

const relationKinds: Record<RawCatalog['relations'][number]['kind'], RelationKind> = {
  r: 'table',
  p: 'partitioned table',
  v: 'view',
  m: 'materialized view',
  f: 'foreign table',
};

function assembleColumn(raw: RawCatalog['columns'][number], readOnly: boolean, readType: TypeReader, nullability: Nullability): Column {
  const generated = raw.generated === null ? undefined : raw.generated === 'v' ? 'virtual' : 'stored';
  return {
    name: raw.name,
    type: readType(raw),
    notNull: nullability.columnNotNull(raw.rel, raw.num),
    ...optional({
      // The expression of a generated column stands in pg_attrdef too, but it is no default.
      default: generated ? undefined : raw.default,
      identity: raw.identity === null ? undefined : raw.identity === 'a' ? ('always' as const) : ('by default' as const),
      generated,
    }),
    ...(readOnly || raw.updatable === false ? { readOnly: true as const } : {}),
    ...optional({ nondeterministic: raw.nondeterministic, comment: raw.comment }),
  };
}
