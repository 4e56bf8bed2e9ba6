import { builtin } from '../ts-type.js';
import { builtinTypes } from './builtin-types.js';
import type { DriverProfile, DriverType, ProfileName } from './driver-type.js';

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
export const profiles: { readonly [Name in ProfileName]: DriverProfile } = {
  pg: profile('pg', { declaredArrays: 'text', objects: false, domainWrites: 'base' }),
  'pg-parsers': profile('pg-parsers', { declaredArrays: 'parsed', objects: true, domainWrites: 'base' }),
  pglite: profile('pglite', { declaredArrays: 'elements', objects: false, domainWrites: 'text' }),
};
