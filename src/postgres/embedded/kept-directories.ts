import { createHash } from 'node:crypto';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { readCached, writeCached } from '../../cache-folder.js';

/** A data directory as it was at some moment, and what had been said until then. */
export interface KeptDirectory {
  readonly bytes: Buffer;
  readonly remarks: readonly Remark[];
}

/** Something that was said when a file was loaded: which one of the list, from 0 on, and what. */
export interface Remark {
  readonly file: number;
  readonly line: number;
  readonly text: string;
}

/**
 * How many data directories stay in a cache, besides the empty one: those that were used last. One of a thousand
 * tables of 12 columns has 73 MB.
 */
const most = 3;

/** How many lists of files are remembered. */
const mostLists = 20;

/** Milliseconds after which nobody writes a file any more. */
const longestWrite = 3_600_000;

const digestLength = 32;

/**
 * The data directories in a cache folder. Each counts under the name and for the PGlite that it was made for, and
 * only if it is whole: its digest covers all of that. What is kept is a convenience: nothing here fails where a cache
 * cannot be read or written.
 */
export class KeptDirectories {
  constructor(
    private readonly folder: string,
    private readonly version: string,
  ) {}

  async names(): Promise<ReadonlySet<string>> {
    return new Set((await this.#files()).filter(isKept));
  }

  /** It is told to be in use; one that is not as it was made is removed. */
  async read(name: string): Promise<KeptDirectory | undefined> {
    const file = await readCached(this.#path(name));
    if (!file) return undefined;
    const kept = this.#open(name, file);
    const now = new Date();
    await (kept ? utimes(this.#path(name), now, now) : this.remove(name)).catch(() => undefined);
    return kept;
  }

  #open(name: string, file: Buffer): KeptDirectory | undefined {
    const content = file.subarray(digestLength);
    if (file.length < digestLength + 4 || !this.#digest(name, content).equals(file.subarray(0, digestLength)))
      return undefined;
    const end = 4 + content.readUInt32LE(0);
    return { remarks: JSON.parse(content.toString('utf8', 4, end)) as readonly Remark[], bytes: content.subarray(end) };
  }

  /** Keeps one, and removes those that were used longest ago, with what a run that was killed left half written. */
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

  /** What was remembered of a list of files under this name. */
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

/** One empty data directory for all schemas, of the newest PGlite that was used. */
export const emptyDirectory = 'pglite-data.snapshot';

/** Older versions kept them after the first statements of SQL, as `head`. */
const isKept = (name: string) => /^pglite-(after|head)-.*\.snapshot$/.test(name);
const isList = (name: string) => /^pglite-files-.*\.json$/.test(name);
