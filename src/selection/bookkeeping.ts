import { bookkeepingTables } from '../postgres/bookkeeping.js';

/** Schemas that contain only such tables. */
const schemas: ReadonlySet<string> = new Set(['sqitch']);

export function isBookkeeping({ schema, name }: { readonly schema: string; readonly name: string }): boolean {
  return schemas.has(schema) || bookkeepingTables.has(name);
}

/** The tables of Prisma's implicit relations, which few schemas have: `_PostToTag`. */
const implicitRelations = '_*To*';

/**
 * Whether a pattern names a migration tool's own tables. `init` writes such patterns, with their schema if necessary.
 * They may match nothing: a database has those tables, but the SQL files of the same schema do not.
 */
export function namesBookkeeping(pattern: string): boolean {
  const dot = pattern.lastIndexOf('.');
  const name = pattern.slice(dot + 1);
  return isBookkeeping({ schema: pattern.slice(0, Math.max(dot, 0)), name }) || name === implicitRelations;
}
