import type { Profile } from './profile.js';

const texts = ['String', 'str', 'enum'];

/**
 * Types that Diesel reads columns into. Diesel checks them when it compiles, against a schema file that is made from
 * the database, so whatever it would refuse is drift. It reads both timestamps into `NaiveDateTime`.
 * https://docs.diesel.rs/master/diesel/sql_types/
 */
export const dieselProfile: Profile = {
  name: 'diesel',
  reads: 'Diesel',
  nullable: (type) => `Option<${type}>`,
  array: (type) => `Vec<Option<${type}>>`,
  spellings: { Value: 'serde_json::Value', enum: 'String' },
  accepts: {
    bool: ['bool'],
    char: ['u8'],
    int2: ['i16'],
    int4: ['i32'],
    int8: ['i64'],
    oid: ['u32'],
    float4: ['f32'],
    float8: ['f64'],
    numeric: ['BigDecimal', 'PgNumeric'],
    money: ['PgMoney', 'i64'],
    text: texts,
    varchar: texts,
    bpchar: texts,
    name: texts,
    citext: ['String', 'str'],
    bytea: ['Vec<u8>'],
    json: ['Value', 'JsonValue'],
    jsonb: ['Value', 'JsonValue'],
    uuid: ['Uuid'],
    timestamp: ['NaiveDateTime', 'PrimitiveDateTime', 'SystemTime'],
    timestamptz: [
      'DateTime<Utc>',
      'DateTime<Local>',
      'DateTime<FixedOffset>',
      'OffsetDateTime',
      'NaiveDateTime',
      'PrimitiveDateTime',
      'SystemTime',
    ],
    date: ['NaiveDate', 'Date'],
    time: ['NaiveTime', 'Time'],
    interval: ['PgInterval', 'Duration', 'TimeDelta'],
    inet: ['IpNetwork', 'IpNet'],
    cidr: ['IpNetwork', 'IpNet'],
    enum: ['enum'],
  },
};
