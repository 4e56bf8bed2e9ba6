import { createHash } from 'node:crypto';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { readCached, writeCached } from '../../cache-folder.js';

/** A copy of a data directory, and the remarks made up to that moment. */
export interface KeptDirectory {
  readonly bytes: Buffer;
  readonly remarks: readonly Remark[];
}

/** A remark about a statement, made when its file was loaded. `file` is the file's index in the list. */
export interface Remark {
  readonly file: number;
  readonly line: number;
  readonly text: string;
}

/**
 * How many data directories a cache keeps, in addition to the empty one: the most recently used. One with a thousand
 * tables of 12 columns has 73 MB.
 */
const most = 3;

/** How many lists of files are remembered. */
const mostLists = 20;

/** Milliseconds after which a temporary file is certainly no longer being written. */
const longestWrite = 3_600_000;

const digestLength = 32;

/**
 * The data directories kept in a cache folder. Each is valid only for its name, for the PGlite that created it, and if
 * it is complete; its digest covers all of that. They only save time, so no method fails if the cache cannot be read or
 * written.
 */
export class KeptDirectories {
  constructor(
    private readonly folder: string,
    private readonly version: string,
  ) {}

  async names(): Promise<ReadonlySet<string>> {
    return new Set((await this.#files()).filter(isKept));
  }

  /** Reads a directory and marks it as used now. Removes it if it is damaged. */
  async read(name: string): Promise<KeptDirectory | undefined> {
    const file = await readCached(this.#path(name));
    if (!file) return undefined;
    const kept = this.#open(name, file);
    if (kept) await this.#markUsed(name);
    else await this.remove(name);
    return kept;
  }

  async #markUsed(name: string): Promise<void> {
    const now = new Date();
    await utimes(this.#path(name), now, now).catch(() => undefined);
  }

  #open(name: string, file: Buffer): KeptDirectory | undefined {
    const content = file.subarray(digestLength);
    if (file.length < digestLength + 4 || !this.#digest(name, content).equals(file.subarray(0, digestLength)))
      return undefined;
    const end = 4 + content.readUInt32LE(0);
    return { remarks: JSON.parse(content.toString('utf8', 4, end)) as readonly Remark[], bytes: content.subarray(end) };
  }

  /** Keeps a directory. Removes the least recently used ones, and half-written files that a killed run has left. */
  async keep(name: string, { bytes, remarks }: KeptDirectory): Promise<void> {
    const said = Buffer.from(JSON.stringify(remarks));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(said.length);
    const whole = Buffer.concat([Buffer.alloc(digestLength), length, said, bytes]);
    this.#digest(name, whole.subarray(digestLength)).copy(whole);
    await writeCached(this.#path(name), whole);
    await this.#tidy();
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true }).catch(() => undefined);
  }

  /** The names remembered for a list of files. */
  async recall(name: string): Promise<readonly string[]> {
    try {
      return JSON.parse(String(await readCached(this.#path(name)))) as readonly string[];
    } catch {
      return [];
    }
  }

  async remember(name: string, list: readonly string[]): Promise<void> {
    await writeCached(this.#path(name), JSON.stringify(list));
  }

  async #tidy(): Promise<void> {
    const files = await Promise.all(
      (await this.#files()).map(async (file) => ({
        file,
        used: (await stat(this.#path(file)).catch(() => undefined))?.mtimeMs ?? 0,
      })),
    );
    const newest = files.sort((a, b) => b.used - a.used);
    const old = [
      ...newest.filter(({ file }) => isKept(file)).slice(most),
      ...newest.filter(({ file }) => isList(file)).slice(mostLists),
    ];
    const lost = files.filter(({ file, used }) => /^pglite-.*\.tmp$/.test(file) && used < Date.now() - longestWrite);
    await Promise.all([...old, ...lost].map(({ file }) => this.remove(file)));
  }

  #digest(name: string, content: Uint8Array): Buffer {
    return createHash('sha256').update(`${name}, PGlite ${this.version}\n`).update(content).digest();
  }

  #files(): Promise<string[]> {
    return readdir(this.folder).catch(() => []);
  }

  #path(name: string): string {
    return join(this.folder, name);
  }
}

/** The name of the single empty data directory for all schemas, created by the most recently used PGlite. */
export const emptyDirectory = 'pglite-data.snapshot';

/** Whether a file is a data directory. Older versions named some of them `head`. */
const isKept = (name: string) => /^pglite-(after|head)-.*\.snapshot$/.test(name);
const isList = (name: string) => /^pglite-files-.*\.json$/.test(name);
