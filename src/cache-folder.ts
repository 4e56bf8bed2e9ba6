import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * The folder for what can be made again at any time: `node_modules/.cache/rowsmith` below the nearest `node_modules` at or
 * above `directory`, where tools of the Node world keep theirs and a clean install empties it; without one, rowsmith's
 * folder in the user's cache directory. It need not exist.
 */
export function cacheFolder(directory: string = process.cwd()): string {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules'))) return join(at, 'node_modules', '.cache', 'rowsmith');
    if (at === dirname(at)) return join(userCacheDirectory(), 'rowsmith');
  }
}

/** https://specifications.freedesktop.org/basedir-spec/latest/ and what Windows and macOS have in its place. */
function userCacheDirectory(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (xdg) return xdg;
  if (process.platform === 'win32' && local) return local;
  return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}

/** A file of the cache, or undefined when it is not there or cannot be read: then it has to be made again. */
export async function readCached(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(() => undefined);
}

/**
 * Puts a file into the cache, readable by its owner only. A reader sees the old file or the new one, whoever else writes
 * it. Where nothing can be written there is no cache, which is not worth a word.
 */
export async function writeCached(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${Math.random().toString(36).slice(2)}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(temporary, content, { mode: 0o600, flag: 'wx' });
    await rename(temporary, path);
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
