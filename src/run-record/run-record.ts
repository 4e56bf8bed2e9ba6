import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, writeCached } from '../cache-folder.js';
import { digest } from '../digest.js';
import { foldersHold, outputHolds, recordOutput, settled, type OutputRecord, type WrittenOutput } from './output-record.js';
import { filesHold, stampFiles, type NamedFiles, type StampedFiles } from './stamped-files.js';

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
  readonly outputs: readonly OutputRecord[];
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
  const outputs = written.flatMap((output) => recordOutput(output) ?? []);
  if (outputs.length < written.length) return;
  const record: RunRecord = {
    tool,
    inputs: { ...inputs, ...stamped, environment: inputs.environment.map((name) => [name, valueOf(name)]) },
    outputs,
    notes,
  };
  await writeCached(recordPath(key), JSON.stringify(record));
}

/** What is remembered of a run, whether or not it still holds. */
export function recallRun(key: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordPath(key), 'utf8')) as RunRecord;
  } catch {
    // There is none, or half a file: it is made anew.
    return undefined;
  }
}

/** Whether the inputs are those of the record, but for a database, and the outputs are there. */
export function mayHold({ tool, inputs, outputs }: RunRecord, toolNow: string): boolean {
  return tool === toolNow && inputs.environment.every(([name, value]) => valueOf(name) === value) && filesHold(inputs) && outputs.every(foldersHold);
}

/** Whether every file of the outputs is as it was left. */
export function outputsHold({ outputs }: RunRecord): boolean {
  return outputs.every(outputHolds);
}

/** What a run found as it was can be told faster after some seconds: by then a change of a folder has another time. */
export async function settleRun(key: string, record: RunRecord): Promise<void> {
  const outputs = settled(record.outputs);
  if (outputs) await writeCached(recordPath(key), JSON.stringify({ ...record, outputs }));
}

/** Values may be secrets: only their digests are kept. */
const valueOf = (name: string) => (process.env[name] === undefined ? 'absent' : digest(process.env[name]));

const recordPath = (key: string) => join(cacheFolder(), 'runs', `${key}.json`);
