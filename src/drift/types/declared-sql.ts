import type { ProfileName } from '../declared-type.js';
import { pgTypes } from './pg.js';
import type { Profile } from './profile.js';

/** Name of the type of a declaration that no table below knows: an enum, a domain, a type of an extension. */
export const customType = 'custom';

/**
 * A profile of a library whose models declare types of Postgres, so that a column holds the type that is declared and
 * no other. `same` has types that the library does not tell apart.
 */
export function declaredSql(
  facts: Pick<Profile, 'name' | 'reads' | 'readsWider' | 'nullable' | 'required' | 'array' | 'spellings'>,
  same: Readonly<Record<string, readonly string[]>> = {},
): Profile & { readonly name: ProfileName } {
  const own = Object.keys(pgTypes).map((name) => [name, [name, ...(same[name] ?? [])]] as const);
  const declared = ['enum', 'composite', 'range'].map((name) => [name, [name, customType]] as const);
  return { ...facts, accepts: Object.fromEntries([...own, ...declared]) };
}
