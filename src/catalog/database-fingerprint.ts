import { openLive } from '../postgres/live/open-live.js';
import { readFingerprint } from './fingerprint.js';

/** Seconds; who only wants to know whether something changed does not wait for long. */
const timeout = 10;

/** Connects, and asks for the digest of what the database holds. */
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
