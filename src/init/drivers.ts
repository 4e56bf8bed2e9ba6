import type { DriverName } from '../config/drivers.js';
import type { Project } from './project.js';

/** Packages that read a database, with the profile that says what they give. */
const profiles: readonly { readonly name: string; readonly driver?: DriverName }[] = [
  { name: 'pg', driver: 'pg' },
  { name: '@neondatabase/serverless' },
  { name: 'postgres' },
  { name: 'kysely-postgres-js' },
  { name: '@electric-sql/pglite', driver: 'pglite' },
];

/** The driver that a project's dependencies name: the first that has a profile. */
export function driverOf({ manifest }: Project): DriverName | undefined {
  const found = profiles.filter(({ name }) => manifest?.dependencies.includes(name));
  return found.find(({ driver }) => driver !== undefined)?.driver;
}

/** A note where the only driver among the dependencies is one that no profile describes. */
export function driverNotes(project: Project): readonly string[] {
  const other = profiles.find(
    ({ name, driver }) => driver === undefined && project.manifest?.dependencies.includes(name),
  );
  if (other === undefined || driverOf(project) !== undefined) return [];
  return [
    `${other.name} is a dependency, but no driver profile describes what it returns: types are those of pg, and JSON that is written as text may be stored as a string`,
  ];
}
