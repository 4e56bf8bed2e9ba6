import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * The cache folder, for files that can be made again at any time: `node_modules/.cache/rowsmith` below the nearest
 * `node_modules` at or above `directory`, where other Node tools keep theirs and a clean install empties it. Without a
 * `node_modules` it is rowsmith's folder in the user's cache directory. The folder need not exist yet.
 */
export function cacheFolder(directory: string = process.cwd()): string {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules'))) return join(at, 'node_modules', '.cache', 'rowsmith');
    if (at === dirname(at)) return join(userCacheDirectory(), 'rowsmith');
  }
}

/**
 * The user's cache directory: on Linux as https://specifications.freedesktop.org/basedir-spec/latest/ says, and the
 * usual one on Windows and macOS.
 */
function userCacheDirectory(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env;
  if (xdg) return xdg;
  if (process.platform === 'win32' && local) return local;
  return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}

/** The content of a file in the cache; undefined when it is missing or unreadable, and then has to be made again. */
export async function readCached(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(() => undefined);
}

/**
 * Writes a file into the cache, readable by its owner only. The file is replaced at once, so that a reader sees the old
 * content or the new one, whoever else writes it. A cache that cannot be written is no error: the run just goes
 * without.
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
