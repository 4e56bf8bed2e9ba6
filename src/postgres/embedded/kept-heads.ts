import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCached } from '../../cache-folder.js';
import { readDirectory } from './data-directory.js';
import { isHead } from './heads.js';
import type { Entry } from './snapshot.js';

/** How many heads stay in a cache: those that were used last. A thousand tables of 12 columns take 39 MB. */
const most = 3;

/** Milliseconds after which nobody writes a file any more. */
const longestWrite = 3_600_000;

/** The names of the heads in a cache. */
export async function keptHeads(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter(isHead);
}

/** The data directory after a head; undefined unless its copy is good. It is told to be in use, and a bad one is removed. */
export async function useHead(folder: string, name: string): Promise<readonly Entry[] | undefined> {
  const path = join(folder, name);
  const entries = await readDirectory(folder, name).catch(() => undefined);
  const now = new Date();
  await (entries ? utimes(path, now, now) : rm(path, { force: true })).catch(() => undefined);
  return entries;
}

/** Keeps a copy of the data directory after a head, and removes the heads that were used longest ago, and what a run that was killed left half written. */
export async function keepHead(folder: string, name: string, copy: Uint8Array): Promise<void> {
  await writeCached(join(folder, name), copy);
  const files = await Promise.all((await readdir(folder).catch(() => [])).map(async (file) => ({ file, used: (await stat(join(folder, file)).catch(() => undefined))?.mtimeMs ?? 0 })));
  const old = files.filter(({ file }) => isHead(file)).sort((a, b) => b.used - a.used).slice(most);
  const lost = files.filter(({ file, used }) => /^pglite-.*\.tmp$/.test(file) && used < Date.now() - longestWrite);
  await Promise.all([...old, ...lost].map(({ file }) => rm(join(folder, file), { force: true }).catch(() => undefined)));
}
