import type { Config, ParsersConfig } from '../../config/config.js';
import type { DriverName } from '../../config/drivers.js';
import { moduleExport } from '../module-export.js';
import type { DriverProfile } from './driver-profile.js';
import { pg } from './pg.js';
import { type ParserChoices, pgParsers } from './pg-parsers.js';
import { pglite } from './pglite.js';
import { postgres } from './postgres.js';

/** The driver profiles, by their names in the config. */
const profiles: { readonly [Name in Exclude<DriverName, 'pg-parsers'>]: DriverProfile } = {
  pg,
  pglite,
  postgres,
};

/** The profile of the driver that the config names, and the choices for `parsers.ts` if it reads through that. */
export interface ResolvedDriver {
  readonly driver: DriverProfile;
  readonly parsers?: ParserChoices;
}

export function resolveDriver(config: Config['driver'] = 'pg'): ResolvedDriver {
  const { name, ...choices } = typeof config === 'string' ? { name: config } : config;
  if (name !== 'pg-parsers') return { driver: profiles[name] };
  const parsers = parserChoices(choices);
  return { driver: pgParsers(parsers), parsers };
}

function parserChoices({ int8 = 'bigint', dates = 'string', numeric }: Omit<ParsersConfig, 'name'>): ParserChoices {
  return {
    int8,
    dates: dates === 'string' || dates === 'date' ? dates : moduleExport(dates, 'driver.dates'),
    ...(numeric === undefined ? {} : { numeric: moduleExport(numeric, 'driver.numeric') }),
  };
}
