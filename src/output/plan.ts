import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { digest } from '../digest.js';
import { folderOf, isBelowOutput, isGenerated, type OutputFile, type WrittenFile } from '../emit/output-file.js';
import { RowsmithError } from '../errors.js';
import { manifestFile, manifestPath, parseManifest } from './manifest.js';

/** An output folder, and the files that it should hold. */
export interface Target {
  /** The output folder, absolute. */
  readonly out: string;
  /** Folders below it, `''` for itself, that may contain files that are no longer generated. */
  readonly folders: readonly string[];
  /** The files, each rendered on request. They can be iterated only once. */
  readonly files: Iterable<OutputFile>;
}

/** A file of the output folder that differs from what was rendered. */
export interface Change {
  /** `orphaned`: generated once, and no longer produced. */
  readonly kind: 'missing' | 'stale' | 'orphaned';
  readonly path: string;
}

/** A change with both texts, for printing it. */
export type Difference =
  | { readonly kind: 'missing'; readonly path: string; readonly text: string }
  | { readonly kind: 'stale'; readonly path: string; readonly text: string; readonly previous: string }
  | { readonly kind: 'orphaned'; readonly path: string; readonly previous: string };

/** The plan for an output folder: the files that it should hold, and the changes that are needed. */
export interface Plan<Found extends Change = Change> {
  /** In the order in which they were rendered; the manifest is last. */
  readonly files: readonly WrittenFile[];
  readonly changes: readonly Found[];
}

/** Called with a file that differs, while its bytes are in memory. Returns what the plan keeps of the change. */
export type Tell<Found extends Change> = (
  change: Change,
  bytes: Buffer | undefined,
  previous: Buffer | undefined,
) => Found;

/** Lets the event loop turn; throws if the run was interrupted meanwhile. */
export type Pause = () => Promise<void>;

/** Finds how an output folder differs from what it should hold, with the texts. Writes nothing. */
export function findDifferences(target: Target): Promise<Plan<Difference>> {
  // A missing file has no previous text, and an orphaned one no new text.
  const withTexts: Tell<Difference> = (change, bytes, previous) => {
    const texts = { ...(bytes && { text: bytes.toString() }), ...(previous && { previous: previous.toString() }) };
    return { ...change, ...texts } as Difference;
  };
  return planFolder(target, withTexts, () => turn());
}

/** The number of characters after which the event loop gets a turn. Rendering them takes some tens of milliseconds. */
const turnEvery = 1024 * 1024;

/**
 * Compares an output folder with its files, one at a time as they are rendered. Throws if files that are not rowsmith's
 * are in the way.
 */
export async function planFolder<Found extends Change>(
  target: Target,
  tell: Tell<Found>,
  pause: Pause,
): Promise<Plan<Found>> {
  const comparison = new Comparison(target.out, tell);
  let rendered = 0;
  for (const { path, text } of target.files) {
    comparison.add(path, Buffer.from(text));
    rendered += text.length;
    if (rendered < turnEvery) continue;
    rendered = 0;
    await pause();
  }
  return comparison.finish(target.folders);
}

/** A comparison of an output folder with its files, one at a time. It holds no texts. */
class Comparison<Found extends Change> {
  readonly #out: string;
  readonly #tell: Tell<Found>;
  /** The existing files. Those that are left at the end were not rendered. */
  readonly #there: Listings;
  readonly #files: WrittenFile[] = [];
  readonly #changes: Found[] = [];
  /** Paths of files that are not rowsmith's but are where a generated file belongs. */
  readonly #foreign: string[] = [];

  constructor(out: string, tell: Tell<Found>) {
    this.#out = out;
    this.#tell = tell;
    this.#there = new Listings(out);
  }

  add(path: string, bytes: Buffer): void {
    const previous = this.#there.of(folderOf(path)).delete(path) ? readFileSync(`${this.#out}/${path}`) : undefined;
    const kind = this.#kindOf(path, bytes, previous);
    if (kind) this.#changes.push(this.#tell({ kind, path }, bytes, previous));
    this.#files.push({ path, size: bytes.length, digest: digest(bytes) });
  }

  /** Adds the manifest and looks for orphans, in `folders` and wherever files were written last. */
  finish(folders: readonly string[]): Plan<Found> {
    const manifest = manifestFile(this.#files);
    this.add(manifest.path, Buffer.from(manifest.text));
    if (this.#foreign.length > 0) throw notGenerated(this.#out, this.#foreign);
    for (const folder of folders) this.#there.of(folder || '.');
    for (const path of lastWritten(this.#out)) this.#there.of(folderOf(path));
    const left = this.#there.all().filter((path) => /\.(ts|json)$/.test(path));
    for (const path of left.sort()) this.#addIfGenerated(path);
    return { files: this.#files, changes: this.#changes };
  }

  /** Adds a file as an orphan, unless it is somebody's own. */
  #addIfGenerated(path: string): void {
    const previous = readFileSync(join(this.#out, path));
    if (!isGenerated(headOf(previous))) return;
    this.#changes.push(this.#tell({ kind: 'orphaned', path }, undefined, previous));
  }

  #kindOf(path: string, bytes: Buffer, previous: Buffer | undefined): Change['kind'] | undefined {
    if (previous === undefined) return 'missing';
    if (isGenerated(headOf(previous))) return isSame(previous, bytes) ? undefined : 'stale';
    this.#foreign.push(path);
    return undefined;
  }
}

function notGenerated(out: string, foreign: readonly string[]): RowsmithError {
  const paths = foreign.map((path) => join(out, path)).join(', ');
  return new RowsmithError(
    'file-not-generated',
    `${paths} ${foreign.length === 1 ? 'was' : 'were'} not generated by rowsmith and would be overwritten.`,
    'Move hand-written files out of the output folder, or choose another folder with "out".',
  );
}

/** The paths in the manifest of the output folder; empty if there is no manifest. */
function lastWritten(out: string): string[] {
  const text = ifThere(() => readFileSync(join(out, manifestPath), 'utf8'));
  const manifest = text === undefined ? undefined : parseManifest(text);
  return [...(manifest?.keys() ?? [])].filter(isBelowOutput);
}

/** Listings of folders below the output folder (`.` is the folder itself): the paths of their files. */
class Listings {
  readonly #known = new Map<string, Set<string>>();
  readonly #out: string;

  constructor(out: string) {
    this.#out = out;
  }

  of(folder: string): Set<string> {
    const known = this.#known.get(folder);
    if (known) return known;
    const listed = new Set(listFiles(this.#out, folder));
    this.#known.set(folder, listed);
    return listed;
  }

  all(): string[] {
    return [...this.#known.values()].flatMap((listed) => [...listed]);
  }
}

/** The paths of the files in a folder; empty if the folder does not exist. */
function listFiles(out: string, folder: string): string[] {
  const entries = ifThere(() => readdirSync(join(out, folder), { withFileTypes: true })) ?? [];
  const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink());
  return files.map(({ name }) => posix.join(folder, name));
}

function ifThere<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The beginning of a text, which contains its notice. */
const headOf = (bytes: Buffer) => bytes.toString('utf8', 0, 1024);

/** Whether two texts are the same. Line endings do not count, because git may have changed them on checkout. */
function isSame(previous: Buffer, bytes: Buffer): boolean {
  if (previous.equals(bytes)) return true;
  return previous.includes('\r') && previous.toString().replaceAll('\r\n', '\n') === bytes.toString();
}
