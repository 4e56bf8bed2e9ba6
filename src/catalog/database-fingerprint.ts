import { openLive } from '../postgres/live/open-live.js';
import { readFingerprint } from './fingerprint.js';

/** Seconds to wait for the database. Finding out whether something changed is not worth a longer wait. */
const timeout = 10;

/** Connects to a database and reads its fingerprint. */
export async function readDatabaseFingerprint(
  url: string | undefined,
  note: (message: string) => void = () => {},
): Promise<string | undefined> {
  const session = await openLive(url, { timeout, note });
  try {
    return await readFingerprint(session);
  } finally {
    await session.close();
  }
}
