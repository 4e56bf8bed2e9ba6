import type { TypeRef } from '../catalog/catalog.js';
import type { DriverName } from '../config/drivers.js';
import type { TypeMapper } from './types.js';

/** The zone of a `Date` whose column has none. */
export type Zone = 'local time' | 'UTC time';

/**
 * The zone in which the driver reads the times of a type; undefined for types that are not times, and for those with a
 * zone.
 */
export type ZoneOf = (type: TypeRef) => Zone | undefined;

/**
 * The zones of a driver. `timestamp` is the zone of timestamps; dates are midnight in UTC, except under `pg` with its
 * default parsers.
 */
export function driverZones(mapType: TypeMapper, driver: DriverName, timestamp: 'local' | 'UTC' | undefined): ZoneOf {
  return (type) => {
    const { schema, name } = mapType(type).base ?? type;
    if (schema !== undefined || type.dimensions !== undefined) return undefined;
    if (name === 'timestamp') return timestamp === 'UTC' ? 'UTC time' : 'local time';
    if (name !== 'date') return undefined;
    return driver === 'pg' ? 'local time' : 'UTC time';
  };
}
