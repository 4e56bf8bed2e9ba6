import type { Catalog, TypeRef } from '../../catalog/catalog.js';
import type { TypeFacts } from '../declared-type.js';
import { entryOf } from './profile.js';

/** Facts about PostgreSQL's own types, and those of extensions that libraries know. */
export const pgTypes: Readonly<Record<string, TypeFacts>> = {
  int2: { category: 'integer', width: 16 },
  int4: { category: 'integer', width: 32 },
  int8: { category: 'integer', width: 64 },
  oid: { category: 'integer', width: 32 },
  float4: { category: 'float', width: 32 },
  float8: { category: 'float', width: 64 },
  numeric: { category: 'decimal' },
  money: { category: 'money' },
  bool: { category: 'boolean' },
  text: { category: 'text' },
  varchar: { category: 'text' },
  bpchar: { category: 'text' },
  name: { category: 'text' },
  char: { category: 'text' },
  citext: { category: 'text' },
  xml: { category: 'other' },
  tsvector: { category: 'other' },
  ltree: { category: 'other' },
  bytea: { category: 'bytes' },
  json: { category: 'json' },
  jsonb: { category: 'json' },
  uuid: { category: 'uuid' },
  timestamp: { category: 'timestamp', timezone: 'without' },
  timestamptz: { category: 'timestamp', timezone: 'with' },
  date: { category: 'date' },
  time: { category: 'time', timezone: 'without' },
  timetz: { category: 'time', timezone: 'with' },
  interval: { category: 'interval' },
  inet: { category: 'network' },
  cidr: { category: 'network' },
  macaddr: { category: 'network' },
  macaddr8: { category: 'network' },
  bit: { category: 'bits' },
  varbit: { category: 'bits' },
  point: { category: 'geometry' },
  line: { category: 'geometry' },
  lseg: { category: 'geometry' },
  box: { category: 'geometry' },
  path: { category: 'geometry' },
  polygon: { category: 'geometry' },
  circle: { category: 'geometry' },
  int4range: { category: 'range' },
  int8range: { category: 'range' },
  numrange: { category: 'range' },
  tsrange: { category: 'range' },
  tstzrange: { category: 'range' },
  daterange: { category: 'range' },
};

/** A column's type as drift compares it: a domain is replaced by its base type. */
export interface ColumnType extends TypeFacts {
  /** Name of the type: `int8`, `varchar`; `enum` for every enum. */
  readonly name: string;
  readonly dimensions: number;
  /** Whether the type is a domain that refuses null, so that every column of it is NOT NULL. */
  readonly refusesNull: boolean;
  /** The values of an enum. */
  readonly labels?: readonly string[];
  /** The type in SQL: `character varying(20)`. */
  readonly sql: string;
}

export type TypeReader = (type: TypeRef) => ColumnType;

/** Makes a function that reads the types of one catalog. */
export function typeReader(catalog: Catalog): TypeReader {
  const key = (schema: string | undefined, name: string) => JSON.stringify([schema ?? 'pg_catalog', name]);
  const domains = new Map(catalog.domains.map((domain) => [key(domain.schema, domain.name), domain]));
  const kinds = new Map<string, Pick<ColumnType, 'name' | 'labels' | 'category'>>([
    ...catalog.enums.map(
      ({ schema, name, labels }) => [key(schema, name), { name: 'enum', category: 'enum', labels }] as const,
    ),
    ...catalog.composites.map(
      ({ schema, name }) => [key(schema, name), { name: 'composite', category: 'composite' }] as const,
    ),
    ...catalog.ranges.map(({ schema, name }) => [key(schema, name), { name: 'range', category: 'range' }] as const),
  ]);
  return (type) => {
    let base = type;
    let dimensions = counted(type);
    let refusesNull = false;
    for (
      let domain = domains.get(key(base.schema, base.name));
      domain;
      domain = domains.get(key(base.schema, base.name))
    ) {
      base = domain.base;
      // An array of such a domain holds no null, but may be null itself.
      refusesNull ||= domain.notNull && dimensions === 0;
      dimensions += counted(domain.base);
    }
    const facts = kinds.get(key(base.schema, base.name)) ?? {
      name: base.name,
      ...(entryOf(pgTypes, base.name) ?? { category: 'unknown' as const }),
    };
    return { ...facts, dimensions, refusesNull, sql: type.sql };
  };
}

/** Number of dimensions to compare: one for an array whose number is unknown. */
const counted = ({ dimensions = 0 }: TypeRef): number => (dimensions === 'unknown' ? 1 : dimensions);
