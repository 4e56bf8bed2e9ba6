import { builtin, helper, union } from '../ts-type.js';
import { type DriverProfile, each, infiniteDate, readAndWritten, same } from './driver-profile.js';
import { builtinTypeNames, extensionTypeNames } from './postgres-types.js';

const string = builtin('string');
const number = builtin('number');
const bigint = builtin('bigint');
const date = builtin('Date');

const text = same(string);
const instant = infiniteDate(date, union(date, string));
const json = readAndWritten(helper('Json'), helper('JsonInput'));

/**
 * PGlite with its default parsers: `types.ts` of `@electric-sql/pglite`. It looks up the arrays of all types when it
 * starts.
 */
export const pglite: DriverProfile = {
  name: 'pglite',
  types: {
    ...each(builtinTypeNames, text),
    bool: same(builtin('boolean')),
    bytea: same(builtin('Uint8Array')),
    date: instant,
    float4: same(number),
    float8: same(number),
    int2: same(number),
    int4: same(number),
    // A number up to 2^53, where numbers are exact, and a bigint beyond.
    int8: readAndWritten(union(number, bigint), union(bigint, number, string)),
    json,
    jsonb: json,
    numeric: readAndWritten(string, union(string, number)),
    oid: same(number),
    // A `Date` is written in UTC, but a timestamp without time zone is read in the machine's zone: only text is safe.
    timestamp: infiniteDate(date, string),
    timestamptz: instant,
  },
  extensionTypes: each(extensionTypeNames, text),
  other: text,
  declaredArrays: 'elements',
  objects: false,
  timestampZone: 'local',
  domainWrites: 'text',
};
