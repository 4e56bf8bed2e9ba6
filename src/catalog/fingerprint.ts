import { hash } from 'node:crypto';
import { catalogQuery } from './query.js';
import type { Session } from './session.js';

/**
 * The statements that every reading of the catalog begins with: one snapshot, in a transaction that is rolled back, so that nothing is
 * left behind and `SET LOCAL` ends with it.
 *
 * - `jit = off`, where there is such a setting: compiling the catalog query costs more than running it.
 * - an empty `search_path`: `pg_get_expr` and `format_type` then qualify every name outside of pg_catalog, so what they
 *   print depends on no setting of the server or the role.
 */
export function beginSnapshot(session: Session): string {
  return `begin isolation level repeatable read; ${session.limits()};
select where case when current_setting('jit', true) is not null then set_config('jit', 'off', true) end = '';
set local search_path = '';`;
}

/** The digest of what the catalog query answered. */
export const fingerprintOf = (answer: string): string => hash('md5', answer);

/** The same digest, made by the server: nothing but 32 characters is sent. */
export async function readFingerprint(session: Session): Promise<string | undefined> {
  const [row] = await session.query<{ fingerprint: string }>(`${beginSnapshot(session)} select md5(catalog) as fingerprint from (${catalogQuery}) answer; rollback`);
  return row?.fingerprint;
}
