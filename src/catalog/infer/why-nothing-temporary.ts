import type { Session } from '../../postgres/session.js';
import { sqlState } from '../../postgres/sql-state.js';

/**
 * Why nothing temporary can be created, in words; undefined where that was not the reason for the error. Either the
 * transaction is read-only, as on a replica (25006), or the role has no TEMPORARY privilege. That one is asked for,
 * because the error has the code of every missing privilege (42501) and a text in the server's language.
 */
export async function whyNothingTemporary(session: Session, error: unknown): Promise<string | undefined> {
  const code = sqlState(error);
  if (code === '25006') return 'the database is read-only';
  if (code !== '42501') return undefined;
  const [role] = await session.query<{ may: boolean }>(
    `select has_database_privilege(current_database(), 'TEMPORARY') as may`,
  );
  return role?.may ? undefined : 'the role has no TEMPORARY privilege';
}
