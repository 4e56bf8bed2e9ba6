import type { Profile } from './profile.js';

const text = ['string'];
const json = ['any', 'object', 'string', 'number', 'boolean'];

/**
 * Values that the driver `pg` gives with its default parsers: a string for bigint and numeric, which a number cannot
 * hold, and a `Date` for both timestamps, so that the rule about time zones never applies.
 */
export const typescriptProfile: Profile = {
  name: 'typescript',
  reads: 'the driver pg',
  nullable: (type) => `${type} | null`,
  array: (type) => (type.includes(' ') ? `(${type})[]` : `${type}[]`),
  spellings: { any: 'unknown' },
  readsAnyJson: true,
  nullPasses: true,
  countsOnDefaults: true,
  arrays: { numeric: ['number'] },
  parsedArrays: new Set([
    ...[
      'bool',
      'bytea',
      'int2',
      'int4',
      'int8',
      'oid',
      'float4',
      'float8',
      'numeric',
      'money',
      'text',
      'varchar',
      'bpchar',
      'char',
      'uuid',
      'json',
      'jsonb',
    ],
    ...[
      'date',
      'timestamp',
      'timestamptz',
      'time',
      'timetz',
      'interval',
      'inet',
      'cidr',
      'macaddr',
      'point',
      'numrange',
    ],
  ]),
  accepts: {
    bool: ['boolean'],
    char: text,
    int2: ['number'],
    int4: ['number'],
    oid: ['number'],
    int8: text,
    float4: ['number'],
    float8: ['number'],
    numeric: text,
    money: text,
    text,
    varchar: text,
    bpchar: text,
    name: text,
    citext: text,
    xml: text,
    tsvector: text,
    ltree: text,
    bytea: ['Buffer', 'Uint8Array'],
    json,
    jsonb: json,
    uuid: text,
    timestamp: ['Date'],
    timestamptz: ['Date'],
    date: ['Date'],
    time: text,
    timetz: text,
    interval: ['object'],
    inet: text,
    cidr: text,
    macaddr: text,
    bit: text,
    varbit: text,
    point: ['object'],
    circle: ['object'],
    line: text,
    lseg: text,
    box: text,
    path: text,
    polygon: text,
    range: text,
    int4range: text,
    int8range: text,
    numrange: text,
    tsrange: text,
    tstzrange: text,
    daterange: text,
    enum: text,
  },
};

/** Values that TypeORM makes of what `pg` gives: it writes dates out, and takes arrays of enums apart. */
export const typeormProfile: Profile = {
  ...typescriptProfile,
  name: 'typeorm',
  // An entity declares that the column is NOT NULL.
  countsOnDefaults: false,
  reads: 'TypeORM',
  parsedArrays: new Set([...(typescriptProfile.parsedArrays ?? []), 'enum']),
  accepts: { ...typescriptProfile.accepts, date: ['string', 'Date'] },
};

/**
 * Values of Prisma's `$queryRaw`, which makes them itself, whatever parsers `pg` has. `time` is a `Date` too.
 * https://www.prisma.io/docs/orm/prisma-client/using-raw-sql/raw-queries#raw-query-typecasting
 */
export const prismaQueryProfile: Profile = {
  ...typescriptProfile,
  name: 'prisma-query',
  reads: 'Prisma',
  accepts: {
    ...typescriptProfile.accepts,
    int8: ['bigint'],
    oid: ['bigint', 'number'],
    numeric: ['Decimal'],
    money: ['Decimal'],
    time: ['Date'],
    timetz: ['Date'],
  },
};

/** Values of Drizzle's `execute`: it keeps `pg` and postgres.js from parsing dates, and no other driver. */
export const drizzleQueryProfile: Profile = {
  ...typescriptProfile,
  name: 'drizzle-query',
  reads: 'Drizzle',
  accepts: {
    ...typescriptProfile.accepts,
    timestamp: ['string', 'Date'],
    timestamptz: ['string', 'Date'],
    date: ['string', 'Date'],
    interval: ['string', 'object'],
  },
};

/** Values that Sequelize makes of what `pg` gives: it keeps dates as text, and takes arrays of enums apart. */
export const sequelizeProfile: Profile = {
  ...typescriptProfile,
  name: 'sequelize',
  countsOnDefaults: false,
  reads: 'Sequelize',
  parsedArrays: new Set([...(typescriptProfile.parsedArrays ?? []), 'enum']),
  accepts: { ...typescriptProfile.accepts, date: ['string'] },
};
