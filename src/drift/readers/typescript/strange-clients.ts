import type ts from '@typescript/typescript6';
import { importsOf } from './imports.js';
import type { TypeScript } from './shape.js';

const known =
  /^(?:@types\/)?(?:pg(?:-\w+)?|postgres|kysely|knex|typeorm|objection|sequelize(?:-typescript)?|drizzle-orm|slonik|@mikro-orm|@prisma|@neondatabase|@electric-sql)(?:\/|$)/;
/** How the paths of the project's own files begin. */
export const ownPath = /^(?:[.~#]|@\/|src\/)/;
const clientName = /^(?:pg|postgres|sql|connectp)|(?:pg|postgres|sql|sqlclient|dbclient|pgpool|pgstore)$/i;

/**
 * Packages that a file takes its database client from, and that are neither drivers nor libraries over one:
 * `import { PgClient } from '@acme/toolkit'`. Such a package may give the driver parsers that no file here shows.
 */
export function strangeClients(typescript: TypeScript, source: ts.SourceFile): readonly string[] {
  const imported = [...importsOf(typescript, source).imported.values()].filter(({ from }) => !ownPath.test(from));
  if (imported.some(({ from }) => known.test(from))) return [];
  return imported.filter(({ name }) => clientName.test(name)).map(({ from }) => from);
}
