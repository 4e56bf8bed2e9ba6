import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { cacheFolder, readCached, writeCached } from '../cache-folder.js';
import { digest } from '../digest.js';
import { filesHold, listed, stampFiles, type StampedFiles } from './stamped-files.js';
import { holds, listingOf, stampFile, type Stamp } from './stamp.js';

/** A database that was read. */
export interface DatabaseInput {
  readonly fingerprint: string;
  /** The variable of the environment that holds its URL; absent where the URL was written down. */
  readonly variable?: string;
}

/** Everything that an output was made of. */
export interface RunInputs {
  readonly files: readonly string[];
  /** Folders of which every file counts, and a new one too. */
  readonly folders: readonly string[];
  /** Files that would have counted if they existed. */
  readonly absent: readonly string[];
  /** Variables of the environment. */
  readonly environment: readonly string[];
  readonly database?: DatabaseInput;
}

/** An output that was written or found right, and what it was made of. */
export interface RunRecord {
  readonly tool: string;
  readonly inputs: StampedFiles & Pick<RunInputs, 'database'> & { readonly environment: readonly (readonly [name: string, value: string])[] };
  readonly out: string;
  readonly outputs: readonly Stamp[];
  readonly folders: readonly (readonly [path: string, listing: string])[];
  readonly notes: RunNotes;
}

export interface RunNotes {
  /** What the source said while it was read. */
  readonly heard: readonly string[];
  /** What is worth knowing about the schema. */
  readonly schema: readonly string[];
}

/** What of a finished run is remembered. */
export interface FinishedRun {
  readonly inputs: RunInputs;
  readonly out: string;
  readonly files: readonly { readonly path: string; readonly text: string; readonly digest: string }[];
  readonly notes: RunNotes;
  /** When it began, in milliseconds. */
  readonly started: number;
}

/** File systems keep coarser times than the clock has: a change this shortly before the start may have come after it. */
const clockMargin = 50;

/**
 * Remembers a run, so that the next one with the same arguments can answer without doing it again. A run whose inputs changed
 * meanwhile is not remembered: nobody knows what of them it has read.
 */
export async function rememberRun(key: string, tool: string, { inputs, out, files, notes, started }: FinishedRun): Promise<void> {
  const stamped = stampFiles(inputs);
  if (stamped.files.length < inputs.files.length || stamped.files.some(({ changed }) => changed >= started - clockMargin)) return;
  const outputs = files.flatMap(({ path, text, digest }) => {
    const stamp = stampFile(join(out, path), digest);
    return stamp?.size === Buffer.byteLength(text) ? [stamp] : [];
  });
  if (outputs.length < files.length) return;
  const folders = [...new Set(files.map(({ path }) => dirname(join(out, path))))];
  const record: RunRecord = {
    tool,
    inputs: { ...inputs, ...stamped, environment: inputs.environment.map((name) => [name, valueOf(name)]) },
    out,
    outputs,
    folders: folders.map(listed),
    notes,
  };
  await writeCached(recordPath(key), JSON.stringify(record));
}

/** The record of a run that would do nothing but find everything as it was; of a database, its fingerprint is still to be compared. */
export async function recallRun(key: string, tool: string): Promise<RunRecord | undefined> {
  const text = await readCached(recordPath(key));
  if (!text) return undefined;
  try {
    const record = JSON.parse(text.toString()) as RunRecord;
    return record.tool === tool && isCurrent(record) ? record : undefined;
  } catch {
    // Another version's, or half a file: it is made anew.
    return undefined;
  }
}

function isCurrent({ inputs, outputs, folders }: RunRecord): boolean {
  return (
    inputs.environment.every(([name, value]) => valueOf(name) === value) &&
    filesHold(inputs) &&
    folders.every(([path, listing]) => listingOf(path) === listing) &&
    outputs.every(holds)
  );
}

/** Values may be secrets: only their digests are kept. */
const valueOf = (name: string) => (process.env[name] === undefined ? 'absent' : digest(process.env[name]));

/** Names a run by where it runs and how it is called. */
export function runKey(folder: string, args: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify([folder, args])).digest('hex').slice(0, 32);
}

const recordPath = (key: string) => join(cacheFolder(), 'runs', `${key}.json`);
