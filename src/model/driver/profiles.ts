import type { Config, ParsersConfig } from '../../config/config.js';
import { moduleExport } from '../module-export.js';
import { builtin, union, type TsType } from '../ts-type.js';
import { builtinTypes } from './builtin-types.js';
import type { DriverProfile, DriverType, ParserChoices, ProfileName } from './driver-type.js';

const string = builtin('string');

/** The column of the type table that belongs to a profile. */
const column = (name: ProfileName): { readonly [pgType: string]: DriverType } =>
  Object.fromEntries(Object.entries(builtinTypes).map(([type, row]) => [type, row[name]]));

const profile = (name: ProfileName, rest: Omit<DriverProfile, 'name' | 'types' | 'other'>): DriverProfile => ({
  name,
  types: column(name),
  other: { read: string, write: string, element: rest.declaredArrays === 'text' ? null : string },
  ...rest,
});

/**
 * The driver profiles. Under every one of them a domain alone arrives as its base type, because Postgres itself describes
 * it so; arrays of domains do not.
 */
const profiles: { readonly [Name in ProfileName]: DriverProfile } = {
  pg: profile('pg', { declaredArrays: 'text', objects: false, timestampZone: 'local', domainWrites: 'base' }),
  'pg-parsers': profile('pg-parsers', { declaredArrays: 'parsed', objects: true, domainWrites: 'base' }),
  pglite: profile('pglite', { declaredArrays: 'elements', objects: false, timestampZone: 'local', domainWrites: 'text' }),
};

type Named = Omit<ParsersConfig, 'name'> & { readonly name: ProfileName };

/** The profile that the config names, and the choices for `parsers.ts` where the profile has one. */
export function resolveDriver(config: Config['driver'] = 'pg'): { readonly driver: DriverProfile; readonly parsers?: ParserChoices } {
  const { name, int8 = 'bigint', dates = 'string', numeric }: Named =
    typeof config === 'string' ? { name: config } : config;
  const driver = profiles[name];
  if (name !== 'pg-parsers') return { driver };
  const parsers: ParserChoices = {
    int8,
    dates: dates === 'string' || dates === 'date' ? dates : moduleExport(dates, 'driver.dates'),
    ...(numeric === undefined ? {} : { numeric: moduleExport(numeric, 'driver.numeric') }),
  };
  const types = { ...driver.types, ...int8Rows[int8], ...dateRows(parsers), ...numericRow(parsers) };
  return { driver: { ...driver, types, ...(dates === 'date' ? { timestampZone: 'UTC' } : {}) }, parsers };
}

const text: DriverType = { read: string, write: string, element: string };
const instant = builtin('Date');
/** Read as itself, but for `infinity`, which is a number. */
const dated = (type: TsType, write: TsType): DriverType => {
  const finite: DriverType = { read: type, write, element: type };
  const read = union(type, builtin('number'));
  return { read, write, element: read, finite };
};

function dateRows({ dates }: ParserChoices): DriverProfile['types'] {
  if (dates === 'string') return {};
  // A `Date` without a time zone is written by `pg` in the machine's zone and read by `parsers.ts` in UTC: text alone is safe.
  if (dates === 'date') return { date: dated(instant, string), timestamp: dated(instant, string), timestamptz: dated(instant, union(instant, string)) };
  const temporal = (member: string): TsType => ({ kind: 'imported', ...dates, member });
  const row = (member: string) => dated(temporal(member), union(temporal(member), string));
  const time = temporal('PlainTime');
  return { date: row('PlainDate'), timestamp: row('PlainDateTime'), timestamptz: row('Instant'), time: { read: time, write: union(time, string), element: time } };
}

/** `parsers.ts` teaches the class to be written as its text. */
function numericRow({ numeric }: ParserChoices): DriverProfile['types'] {
  if (!numeric) return {};
  const read: TsType = { kind: 'imported', ...numeric };
  return { numeric: { read, write: union(read, string, builtin('number')), element: read } };
}

const int8Rows: { readonly [Choice in ParserChoices['int8']]: DriverProfile['types'] } = { bigint: {}, string: { int8: text } };
