import type { Config, ParsersConfig } from '../config/config.js';

const dates = ['date', 'time', 'timestamp', 'timestamptz'] as const;
const values = new Set(['string', 'number', 'boolean', 'bigint', 'Date']);

/**
 * What the config says that types are read as: by its driver, by overrides of whole types, and by `drift.parsers`, of
 * which the last wins. `{ int8: 'number' }`.
 */
export function parsersOf({ driver, types, drift }: Config): Readonly<Record<string, string>> {
  const overrides = (types?.overrides ?? []).flatMap(({ table, column, type, as }) =>
    table === undefined && column === undefined && type !== undefined && /^\w+$/.test(type)
      ? [[type, values.has(as) ? as : 'any'] as const]
      : [],
  );
  return { ...ofDriver(driver), ...Object.fromEntries(overrides), ...drift?.parsers };
}

function ofDriver(driver: Config['driver'] = 'pg'): Readonly<Record<string, string>> {
  if (driver === 'pg') return {};
  // A number up to 2^53, where numbers are exact, and a bigint beyond, so a model may declare either.
  if (driver === 'pglite') return { int8: 'any' };
  if (driver === 'postgres') return { interval: 'string', point: 'string', circle: 'string' };
  const choices: Partial<ParsersConfig> = typeof driver === 'string' ? {} : driver;
  const { int8 = 'bigint', dates: read = 'string', numeric } = choices;
  const gives =
    new Map<string, string>([
      ['string', 'string'],
      ['date', 'Date'],
    ]).get(read) ?? 'any';
  return {
    int8,
    ...Object.fromEntries(dates.map((type) => [type, type === 'time' && read === 'date' ? 'string' : gives])),
    ...(numeric === undefined ? {} : { numeric: 'any' }),
  };
}
