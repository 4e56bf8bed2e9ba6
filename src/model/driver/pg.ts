import { builtin, shared, union, type TsType } from '../ts-type.js';
import type { DriverProfile, DriverType } from './driver-type.js';

/**
 * `pg` with its default parsers: the parsers of `pg-types`, by oid, for what is read; `prepareValue` of `pg` for what is
 * written. A type without a parser arrives as the text that Postgres prints for it. Domains arrive as their base type,
 * because Postgres itself describes them so; arrays of domains do not.
 */
const string = builtin('string');
const number = builtin('number');
const boolean = builtin('boolean');
const date = builtin('Date');

/** Read and written as the same JavaScript type, alone and in arrays. */
const same = (type: TsType): DriverType => ({ read: type, write: type, element: type });
/** Text, whose arrays no parser is registered for. */
const text: DriverType = { read: string, write: string, element: null };
/** An object when read; as text alone it can be written. */
const readAs = (read: TsType, element: TsType | null): DriverType => ({ read, write: string, element });

const instant: DriverType = { read: date, write: union(date, string), element: date };
const json: DriverType = { read: shared('Json'), write: shared('JsonInput'), element: shared('Json') };

export const pgProfile: DriverProfile = {
  other: text,
  parsesDeclaredArrays: false,
  types: {
    bool: same(boolean),
    bpchar: same(string),
    bytea: { read: builtin('Buffer'), write: builtin('Uint8Array'), element: builtin('Buffer') },
    cidr: same(string),
    circle: readAs(shared('Circle'), null),
    date: instant,
    float4: same(number),
    float8: same(number),
    inet: same(string),
    int2: same(number),
    int4: same(number),
    // As text: a JavaScript number is exact up to 2^53 only.
    int8: same(string),
    interval: { read: shared('Interval'), write: union(shared('Interval'), string), element: shared('Interval') },
    json,
    jsonb: json,
    macaddr: same(string),
    money: same(string),
    // Alone as text, in arrays as JavaScript numbers: the driver's own inconsistency.
    numeric: { read: string, write: union(string, number), element: number },
    numrange: same(string),
    oid: same(number),
    point: readAs(shared('Point'), shared('Point')),
    regproc: same(string),
    text: same(string),
    time: same(string),
    timestamp: instant,
    timestamptz: instant,
    timetz: same(string),
    uuid: same(string),
    varchar: same(string),
  },
};
