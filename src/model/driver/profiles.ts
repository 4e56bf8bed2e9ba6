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
  pg: profile('pg', { declaredArrays: 'text', objects: false, domainWrites: 'base' }),
  'pg-parsers': profile('pg-parsers', { declaredArrays: 'parsed', objects: true, domainWrites: 'base' }),
  pglite: profile('pglite', { declaredArrays: 'elements', objects: false, domainWrites: 'text' }),
};

type Named = Omit<ParsersConfig, 'name'> & { readonly name: ProfileName };

/** The profile that the config names, and the choices for `parsers.ts` where the profile has one. */
export function resolveDriver(config: Config['driver'] = 'pg'): { readonly driver: DriverProfile; readonly parsers?: ParserChoices } {
  const { name, int8 = 'bigint', dates = 'string', numeric }: Named =
    typeof config === 'string' ? { name: config } : config;
  const driver = profiles[name];
  if (name !== 'pg-parsers') return { driver };
  const parsers: ParserChoices = { int8, dates, ...(numeric === undefined ? {} : { numeric: moduleExport(numeric, 'driver.numeric') }) };
  return { driver: { ...driver, types: { ...driver.types, ...int8Rows[int8], ...dateRows[dates], ...numericRow(parsers) } }, parsers };
}

const text: DriverType = { read: string, write: string, element: string };
const instant = builtin('Date');
/** A `Date` without a time zone is written by `pg` in the machine's zone and read by `parsers.ts` in UTC: text alone is safe. */
const utc = (write: DriverType['write']): DriverType => ({
  read: union(instant, builtin('number')),
  write,
  element: union(instant, builtin('number')),
  finite: { read: instant, write, element: instant },
});

/** An object of the class would be sent as JSON: numbers are written as text or as JavaScript numbers. */
function numericRow({ numeric }: ParserChoices): DriverProfile['types'] {
  if (!numeric) return {};
  const read: TsType = { kind: 'imported', ...numeric };
  return { numeric: { read, write: union(string, builtin('number')), element: read } };
}

const int8Rows: { readonly [Choice in ParserChoices['int8']]: DriverProfile['types'] } = { bigint: {}, string: { int8: text } };
const dateRows: { readonly [Choice in ParserChoices['dates']]: DriverProfile['types'] } = {
  string: {},
  date: { date: utc(string), timestamp: utc(string), timestamptz: utc(union(instant, string)) },
};
