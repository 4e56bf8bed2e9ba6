import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * The cache folder, for files that can be recreated at any time: `node_modules/.cache/rowsmith` below the nearest
 * `node_modules` at or above `directory`, where other Node tools keep theirs and which a clean install empties. If
 * there is no `node_modules`, it is rowsmith's folder in the user's cache directory. The folder may not exist yet.
 */
export function cacheFolder(directory: string = process.cwd()): string {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules'))) return join(at, 'node_modules', '.cache', 'rowsmith');
    if (at === dirname(at)) return join(userCacheDirectory(), 'rowsmith');
  }
}

/**
 * The user's cache directory: on Linux according to https://specifications.freedesktop.org/basedir-spec/latest/, on
 * Windows and macOS the usual one.
 */
function userCacheDirectory(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (xdg) return xdg;
  if (process.platform === 'win32' && local) return local;
  return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}

/** The content of a file in the cache; undefined if it is missing or unreadable, so that it must be recreated. */
export async function readCached(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(() => undefined);
}

/**
 * Writes a file into the cache, readable only by its owner. The file is replaced atomically, so that a reader sees
 * either the old or the new content, even if others write it too. A cache that cannot be written is not an error: the
 * run continues without it.
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
