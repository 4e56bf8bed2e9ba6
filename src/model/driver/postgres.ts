import { builtin, helper, union } from '../ts-type.js';
import { type DriverProfile, each, readAndWritten, same } from './driver-profile.js';
import { builtinTypeNames, extensionTypeNames } from './postgres-types.js';

const string = builtin('string');
const number = builtin('number');
const bigint = builtin('bigint');
const date = builtin('Date');

const text = same(string);
const json = readAndWritten(helper('Json'), helper('JsonInput'));

/**
 * postgres.js with its default parsers, through `kysely-postgres-js`: `types.js` of `postgres`. It looks up the arrays
 * of all types when it connects, and parses their elements like single values.
 */
export const postgres: DriverProfile = {
  name: 'postgres',
  types: {
    ...each(builtinTypeNames, text),
    bool: same(builtin('boolean')),
    bytea: readAndWritten(builtin('Buffer'), builtin('Uint8Array')),
    // A `Date` is sent as a timestamptz, which the server converts to a date in its own zone: only text is safe.
    date: readAndWritten(date, string),
    float4: same(number),
    float8: same(number),
    int2: same(number),
    int4: same(number),
    int8: readAndWritten(string, union(bigint, number, string)),
    json,
    jsonb: json,
    numeric: readAndWritten(string, union(string, number)),
    oid: same(number),
    // Text becomes a `Date` in the machine's zone before it is sent in UTC; a `Date` is converted to the server's zone.
    timestamp: readAndWritten(date, helper('UtcTimestamp')),
    timestamptz: readAndWritten(date, union(date, string)),
  },
  extensionTypes: each(extensionTypeNames, text),
  other: text,
  declaredArrays: 'elements',
  nullElements: 'text',
  objects: false,
  timestampZone: 'local',
  domainWrites: 'text',
  declares: ['boolean', 'bigint', 'Date', 'Uint8Array'],
};
