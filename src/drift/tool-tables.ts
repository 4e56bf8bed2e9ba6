import { isBookkeeping } from '../selection/bookkeeping.js';

/** Whether a table, by its name without the schema, is a migration tool's: it needs no model, and the tool makes it. */
export function isToolTable(name: string): boolean {
  // TypeORM's own is called so by default. A config may well select a table of that name, so only drift passes over it.
  return name === 'migrations' || isBookkeeping({ schema: '', name });
}
