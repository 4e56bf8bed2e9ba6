import type { ModuleExport } from '../module-export.js';
import { builtin, helper, listOf, type TsType, union } from '../ts-type.js';
import { type DriverProfile, type DriverType, each, infiniteDate, readAndWritten, same } from './driver-profile.js';
import { builtinTypeNames, extensionTypeNames } from './postgres-types.js';

/** How the generated `parsers.ts` reads the types that JavaScript can represent in several ways. */
export interface ParserChoices {
  readonly int8: 'bigint' | 'string';
  /** Text, a `Date`, or the types of the namespace `Temporal` that a module exports. */
  readonly dates: 'string' | 'date' | ModuleExport;
  /** A class whose constructor takes the text of a number; text if absent. */
  readonly numeric?: ModuleExport;
}

const string = builtin('string');
const number = builtin('number');
const bigint = builtin('bigint');

/** `pg` sends each unchanged. */
const anyInteger = union(bigint, number, string);

const text = same(string);
/** Numbers are written as the text of a list, `'[1,2.5]'`, because `pg` would send a Postgres array. */
const vector = readAndWritten(listOf(number), string);
const json = readAndWritten(helper('Json'), helper('JsonInput'));

/** `pg` with the generated `parsers.ts` and its default choices: dates and numeric as text, int8 as bigint. */
const withDefaults: DriverProfile = {
  name: 'pg-parsers',
  types: {
    ...each(builtinTypeNames, text),
    bool: same(builtin('boolean')),
    // Arrays of boxes are separated by ";", which `pg` does not know when it writes them.
    box: { ...text, arrayWrite: 'text' },
    bytea: readAndWritten(builtin('Buffer'), builtin('Uint8Array')),
    // Read as an object, which `pg` would write as JSON, so only text can be written.
    circle: readAndWritten(helper('Circle'), string),
    float4: same(number),
    float8: same(number),
    int2: same(number),
    int4: same(number),
    int8: readAndWritten(bigint, anyInteger),
    json,
    jsonb: json,
    numeric: readAndWritten(string, union(string, number)),
    oid: same(number),
    point: readAndWritten(helper('Point'), string),
  },
  extensionTypes: { ...each(extensionTypeNames, text), 'vector.vector': vector, 'vector.halfvec': vector },
  other: text,
  declaredArrays: 'parsed',
  objects: true,
  domainWrites: 'base',
};

/** `pg` with the generated `parsers.ts` and the config's choices. */
export function pgParsers(choices: ParserChoices): DriverProfile {
  const types = { ...withDefaults.types, ...int8Row(choices), ...dateRows(choices), ...numericRow(choices) };
  return { ...withDefaults, types, ...(choices.dates === 'date' ? { timestampZone: 'UTC' } : {}) };
}

/** The rows of a profile that a choice replaces. */
type Rows = { readonly [Type in 'int8' | 'numeric' | 'date' | 'time' | 'timestamp' | 'timestamptz']?: DriverType };

function int8Row({ int8 }: ParserChoices): Rows {
  return int8 === 'string' ? { int8: readAndWritten(string, anyInteger) } : {};
}

function dateRows({ dates }: ParserChoices): Rows {
  if (dates === 'string') return {};
  if (dates === 'date') return plainDateRows;
  const temporal = (member: string): TsType => ({ kind: 'imported', ...dates, member });
  const dated = (member: string) => infiniteDate(temporal(member), union(temporal(member), string));
  const time = temporal('PlainTime');
  return {
    date: dated('PlainDate'),
    time: readAndWritten(time, union(time, string)),
    timestamp: dated('PlainDateTime'),
    timestamptz: dated('Instant'),
  };
}

const date = builtin('Date');

/**
 * `pg` writes a `Date` for a column without a time zone in the machine's zone, but `parsers.ts` reads it in UTC: only
 * text is safe.
 */
const plainDateRows: Rows = {
  date: infiniteDate(date, string),
  timestamp: infiniteDate(date, string),
  timestamptz: infiniteDate(date, union(date, string)),
};

/** `parsers.ts` makes the class write itself as its text. */
function numericRow({ numeric }: ParserChoices): Rows {
  if (!numeric) return {};
  const read: TsType = { kind: 'imported', ...numeric };
  return { numeric: readAndWritten(read, union(read, string, number)) };
}
