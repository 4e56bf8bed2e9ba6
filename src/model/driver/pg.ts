import { builtin, helper, union } from '../ts-type.js';
import { type DriverProfile, each, infiniteDate, readAndWritten, same, withTextArrays } from './driver-profile.js';
import { builtinTypeNames, extensionTypeNames } from './postgres-types.js';

const string = builtin('string');
const number = builtin('number');
const date = builtin('Date');

/** Text, with an array that the driver has a parser for. */
const text = same(string);
/** Text, and its array is text as well: the driver has no parser for the array's oid. */
const wholeText = withTextArrays(text);
const instant = infiniteDate(date, union(date, string));
const json = readAndWritten(helper('Json'), helper('JsonInput'));

/**
 * `pg` with its default parsers. `pg-types` has them by oid: a type without a parser is read as the text that Postgres
 * prints, and so is an array whose oid has none. `prepareValue` of `pg` writes values.
 */
export const pg: DriverProfile = {
  name: 'pg',
  types: {
    ...each(builtinTypeNames, wholeText),
    ...each(
      [
        'bpchar',
        'cidr',
        'inet',
        'macaddr',
        'money',
        'numrange',
        'regproc',
        'text',
        'time',
        'timetz',
        'uuid',
        'varchar',
      ],
      text,
    ),
    bool: same(builtin('boolean')),
    // Arrays of boxes are separated by ";", which the driver does not know when it writes them.
    box: { ...wholeText, arrayWrite: 'text' },
    bytea: readAndWritten(builtin('Buffer'), builtin('Uint8Array')),
    // Read as an object, which the driver would write as JSON, so only text can be written.
    circle: withTextArrays(readAndWritten(helper('Circle'), string)),
    date: instant,
    float4: same(number),
    float8: same(number),
    int2: same(number),
    int4: same(number),
    // Text: a JavaScript number is exact only up to 2^53.
    int8: { ...text, write: union(builtin('bigint'), number, string) },
    interval: readAndWritten(helper('Interval'), union(helper('Interval'), string)),
    json,
    jsonb: json,
    // Text as a single value, but JavaScript numbers in arrays: the driver itself is inconsistent.
    numeric: { read: string, write: union(string, number), element: number },
    oid: same(number),
    point: readAndWritten(helper('Point'), string),
    timestamp: instant,
    timestamptz: instant,
  },
  extensionTypes: each(extensionTypeNames, wholeText),
  other: wholeText,
  declaredArrays: 'text',
  objects: false,
  timestampZone: 'local',
  domainWrites: 'base',
};
