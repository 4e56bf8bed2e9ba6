import type { Catalog, Column } from '../catalog/catalog.js';
import { nameKey } from '../catalog/name-key.js';
import type { RelationModel } from './model.js';
import { builtin, sameType, type TsType } from './ts-type.js';
import type { TypeMapper } from './types.js';

/** The columns of each model that hold timestamps without time zone and are read as `Date`. */
export function zonelessTimestamps(
  catalog: Catalog,
  relations: readonly RelationModel[],
  mapType: TypeMapper,
): ReadonlyMap<RelationModel, readonly string[]> {
  const byName = new Map(catalog.relations.map((relation) => [nameKey(relation), relation]));
  const entries = relations.flatMap((model): [RelationModel, readonly string[]][] => {
    const all = byName.get(nameKey(model.relation))?.columns ?? [];
    const zoneless = new Set(all.filter((column) => isTimestamp(column, mapType)).map(({ name }) => name));
    if (zoneless.size === 0) return [];
    const dates = model.stored.filter(({ column, select }) => zoneless.has(column) && holdsDate(select));
    const columns = dates.map(({ column }) => column);
    return columns.length === 0 ? [] : [[model, columns]];
  });
  return new Map(entries);
}

/** One note for people about all such columns; empty if there are none. */
export function timestampNote(zoneless: ReadonlyMap<RelationModel, readonly string[]>): string[] {
  const total = [...zoneless.values()].flat().length;
  if (total === 0) return [];
  const tables = listed([...zoneless].map(([{ key }, columns]) => `${key} (${listed(columns)})`));
  const [columns, are] = total === 1 ? ['column', 'is'] : ['columns', 'are'];
  return [
    `${total} ${columns} of type timestamp, without time zone, ${are} read in the time zone of the process: ${tables}. ` +
      `If that is intended, set types: { timestamps: 'local' }. timestamptz columns and the driver pg-parsers do not depend on it.`,
  ];
}

const isTimestamp = ({ type }: Column, mapType: TypeMapper): boolean => {
  const { schema, name } = mapType(type).base ?? type;
  return schema === undefined && name === 'timestamp';
};

/** Whether a type is `Date`, or contains it. */
export function holdsDate(type: TsType): boolean {
  if (type.kind === 'union') return type.members.some(holdsDate);
  return type.kind === 'array' || type.kind === 'nested array'
    ? holdsDate(type.element)
    : sameType(type, builtin('Date'));
}

function listed(items: readonly string[]): string {
  return items.length > 4 ? `${items.slice(0, 3).join(', ')} and ${items.length - 3} more` : items.join(', ');
}
