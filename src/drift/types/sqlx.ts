import type { Profile } from './profile.js';

const texts = ['String', 'str', 'enum'];
const instants = ['DateTime<Utc>', 'DateTime<Local>', 'DateTime<FixedOffset>', 'OffsetDateTime'];

/**
 * Types that sqlx reads columns into. At run time it refuses any that is not on its list for the column's type: no i32
 * for a bigint, no `DateTime<Utc>` for a timestamp without time zone. https://docs.rs/sqlx/latest/sqlx/postgres/types/
 */
export const sqlxProfile: Profile = {
  name: 'sqlx',
  reads: 'sqlx',
  nullable: (type) => `Option<${type}>`,
  array: (type) => `Vec<${type}>`,
  spellings: { Value: 'serde_json::Value', 'PgRange<T>': 'PgRange<_>', enum: 'String' },
  accepts: {
    bool: ['bool'],
    char: ['i8'],
    int2: ['i16'],
    int4: ['i32'],
    int8: ['i64'],
    oid: ['u32'],
    float4: ['f32'],
    float8: ['f64'],
    numeric: ['BigDecimal', 'Decimal'],
    money: ['PgMoney'],
    text: texts,
    varchar: texts,
    bpchar: texts,
    name: texts,
    citext: ['PgCiText', 'String', 'str'],
    ltree: ['PgLTree'],
    bytea: ['Vec<u8>', 'Bytes'],
    json: ['Value', 'JsonValue', 'Json<T>', 'RawValue'],
    jsonb: ['Value', 'JsonValue', 'Json<T>', 'RawValue'],
    uuid: ['Uuid'],
    timestamp: ['NaiveDateTime', 'PrimitiveDateTime'],
    timestamptz: instants,
    date: ['NaiveDate', 'Date'],
    time: ['NaiveTime', 'Time'],
    timetz: ['PgTimeTz'],
    interval: ['PgInterval', 'Duration', 'TimeDelta'],
    inet: ['IpNetwork', 'IpNet', 'IpAddr'],
    cidr: ['IpNetwork', 'IpNet', 'IpAddr'],
    macaddr: ['MacAddress'],
    bit: ['BitVec'],
    varbit: ['BitVec'],
    point: ['PgPoint'],
    line: ['PgLine'],
    lseg: ['PgLSeg'],
    box: ['PgBox'],
    path: ['PgPath'],
    polygon: ['PgPolygon'],
    circle: ['PgCircle'],
    range: ['PgRange<T>'],
    int4range: ['PgRange<T>'],
    int8range: ['PgRange<T>'],
    numrange: ['PgRange<T>'],
    tsrange: ['PgRange<T>'],
    tstzrange: ['PgRange<T>'],
    daterange: ['PgRange<T>'],
    enum: ['enum'],
  },
};

const integers = ['i16', 'i32', 'i64'];

/** Types that sqlx's driver `Any` reads columns into: each integer, as long as the value fits. */
export const sqlxAnyProfile: Profile = {
  ...sqlxProfile,
  name: 'sqlx-any',
  accepts: {
    ...sqlxProfile.accepts,
    int2: integers,
    int4: ['i32', 'i64', 'i16'],
    int8: ['i64', 'i32', 'i16'],
    float4: ['f32', 'f64'],
  },
};
