import type { DriverName } from '../config/drivers.js';
import type { Project } from './project.js';

/** The packages that read a database, with the profile that says what each gives: the likelier of two before the other. */
const drivers: readonly (readonly [name: string, profile: DriverName])[] = [
  ['kysely-postgres-js', 'postgres'],
  ['pg', 'pg'],
  // It has the parsers of `pg`.
  ['@neondatabase/serverless', 'pg'],
  ['postgres', 'postgres'],
  ['@electric-sql/pglite', 'pglite'],
];

/** The driver that a project's dependencies name. */
export function driverOf({ manifest }: Project): DriverName | undefined {
  return drivers.find(([name]) => manifest?.dependencies.includes(name))?.[1];
}
