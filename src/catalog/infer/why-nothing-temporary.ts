import type { Session } from '../../postgres/session.js';
import { isRefusal, sqlState } from '../../postgres/sql-state.js';

/**
 * Goes back to the savepoint of a reading after the server refused to create something temporary, and says why nothing
 * temporary can be created; undefined if that was not the reason, and throws an error that is no refusal. Either the
 * transaction is read-only, as on a replica (25006), or the role has no TEMPORARY privilege, which it asks for because
 * the error has the code of every missing privilege (42501) and a text in the server's language.
 */
export async function whyNothingTemporary(session: Session, error: unknown): Promise<string | undefined> {
  if (!isRefusal(error)) throw error;
  await session.query('rollback to savepoint rowsmith');
  const code = sqlState(error);
  if (code === '25006') return 'the database is read-only';
  if (code !== '42501') return undefined;
  const [role] = await session.query<{ may: boolean }>(
    `select has_database_privilege(current_database(), 'TEMPORARY') as may`,
  );
  return role?.may ? undefined : 'the role has no TEMPORARY privilege';
}
