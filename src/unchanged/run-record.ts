import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { cacheFolder, readCached, writeCached } from '../cache-folder.js';
import { digest } from '../digest.js';
import { filesHold, listed, stampFiles, type NamedFiles, type StampedFiles } from './stamped-files.js';
import { holds, listingOf, stampFile, type Stamp } from './stamp.js';

/** A database that was read. */
export interface DatabaseInput {
  readonly fingerprint: string;
  /** The variable of the environment that holds its URL; absent where the URL was written down. */
  readonly variable?: string;
}

/** Everything that an output was made of. */
export interface RunInputs extends NamedFiles {
  /** Variables of the environment. */
  readonly environment: readonly string[];
  readonly database?: DatabaseInput;
}

/** Outputs that were written or found right, and what they were made of. */
export interface RunRecord {
  readonly tool: string;
  readonly inputs: StampedFiles & Pick<RunInputs, 'database'> & { readonly environment: readonly (readonly [name: string, value: string])[] };
  readonly outputs: readonly { readonly out: string; readonly files: readonly Stamp[] }[];
  readonly folders: readonly (readonly [path: string, listing: string])[];
  readonly notes: RunNotes;
}

export interface RunNotes {
  /** What the source said while it was read. */
  readonly heard: readonly string[];
  /** What is worth knowing about the schema. */
  readonly schema: readonly string[];
}

/** The files of an output folder. */
export interface WrittenOutput {
  readonly out: string;
  readonly files: readonly { readonly path: string; readonly size: number; readonly digest: string }[];
}

/** What of a finished run is remembered. */
export interface FinishedRun {
  readonly inputs: RunInputs;
  readonly outputs: readonly WrittenOutput[];
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
export async function rememberRun(key: string, tool: string, { inputs, outputs: written, notes, started }: FinishedRun): Promise<void> {
  const stamped = stampFiles(inputs);
  if (stamped.files.length < inputs.files.length || stamped.files.some(({ changed }) => changed >= started - clockMargin)) return;
  const outputs = written.map(stampOutput);
  if (outputs.some(({ files }, index) => files.length < (written[index]?.files.length ?? 0))) return;
  const folders = [...new Set(written.flatMap(({ out, files }) => files.map(({ path }) => dirname(join(out, path)))))];
  const record: RunRecord = {
    tool,
    inputs: { ...inputs, ...stamped, environment: inputs.environment.map((name) => [name, valueOf(name)]) },
    outputs,
    folders: folders.map(listed),
    notes,
  };
  await writeCached(recordPath(key), JSON.stringify(record));
}

/** Leaves out the files that are not as they were written. */
function stampOutput({ out, files }: WrittenOutput): RunRecord['outputs'][number] {
  const stamps = files.flatMap(({ path, size, digest }) => {
    const stamp = stampFile(join(out, path), digest);
    return stamp?.size === size ? [stamp] : [];
  });
  return { out, files: stamps };
}

/** What is remembered of a run, whether or not it still holds. */
export async function recallRun(key: string): Promise<RunRecord | undefined> {
  const text = await readCached(recordPath(key));
  try {
    return text && (JSON.parse(text.toString()) as RunRecord);
  } catch {
    // Half a file: it is made anew.
    return undefined;
  }
}

/** Whether the inputs are those of the record, but for a database, and the outputs are there. */
export function mayHold({ tool, inputs, folders }: RunRecord, toolNow: string): boolean {
  return tool === toolNow && inputs.environment.every(([name, value]) => valueOf(name) === value) && filesHold(inputs) && folders.every(([path, listing]) => listingOf(path) === listing);
}

/** Whether every file of the outputs is as it was left. */
export function outputsHold({ outputs }: RunRecord): boolean {
  return outputs.every(({ files }) => files.every(holds));
}

/** Values may be secrets: only their digests are kept. */
const valueOf = (name: string) => (process.env[name] === undefined ? 'absent' : digest(process.env[name]));

/** Names a run by where it runs and how it is called. */
export function runKey(folder: string, args: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify([folder, args])).digest('hex').slice(0, 32);
}

const recordPath = (key: string) => join(cacheFolder(), 'runs', `${key}.json`);
