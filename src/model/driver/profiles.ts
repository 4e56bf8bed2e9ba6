import type { Config } from '../../config/config.js';
import { builtin, union } from '../ts-type.js';
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

/** The profile that the config names, and the choices for `parsers.ts` where the profile has one. */
export function resolveDriver(config: Config['driver'] = 'pg'): { readonly driver: DriverProfile; readonly parsers?: ParserChoices } {
  const { name, ...given } = typeof config === 'string' ? { name: config } : config;
  if (name !== 'pg-parsers') return { driver: profiles[name] };
  const parsers: ParserChoices = { int8: 'bigint', dates: 'string', ...given };
  const { types } = profiles[name];
  return { driver: { ...profiles[name], types: { ...types, ...int8Rows[parsers.int8], ...dateRows[parsers.dates] } }, parsers };
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

const int8Rows: { readonly [Choice in ParserChoices['int8']]: DriverProfile['types'] } = { bigint: {}, string: { int8: text } };
const dateRows: { readonly [Choice in ParserChoices['dates']]: DriverProfile['types'] } = {
  string: {},
  date: { date: utc(string), timestamp: utc(string), timestamptz: utc(union(instant, string)) },
};
