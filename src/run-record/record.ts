import { hash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, writeCached } from '../cache-folder.js';
import { type OutputRecord, outputHolds } from './outputs.js';

/**
 * The record of a run: the outputs that it wrote or found up to date, with a digest of each of their inputs. It is
 * found by its request: the config, its folder, the working directory. A run that uses the record reads all inputs
 * again and compares them by content.
 *
 *     {
 *       "inputs": { "tool": "6f0c…", "templates": "e3b0…", "queries": "4f53…", "source": "91ab…" },
 *       "heard": [],
 *       "outputs": [{ "out": "/p/generated", "files": [{ "path": "db.ts", … }], … }]
 *     }
 */
export interface RunRecord {
  readonly inputs: RunInputs;
  /** Notes from reading the schema. */
  readonly heard: readonly string[];
  readonly outputs: readonly RememberedOutput[];
}

/** Digests of the inputs of a run, other than its config. */
export interface RunInputs {
  readonly tool: string;
  readonly templates: string;
  /** Digest of the query files. */
  readonly queries: string;
  /** Digest of the SQL or the catalog file as it was read, or a database's fingerprint. */
  readonly source: string;
}

/** An output of a remembered run, and the notes about it. */
export interface RememberedOutput extends OutputRecord {
  /** Notes about the schema. */
  readonly notes: readonly string[];
  /** How tenants differ, if the config has any; as JSON. */
  readonly tenants?: unknown;
}

export const digestOf = (text: string): string => hash('sha256', text);

/** The maximum number of records in a cache. A project has a few; programs may request many. */
const most = 100;

/** The record of a request, whether or not it still holds. */
export function recall(asked: string): RunRecord | undefined {
  try {
    const content = readFileSync(pathOf(asked), 'utf8');
    const end = content.indexOf('\n');
    const text = content.slice(end + 1);
    // A damaged record is ignored and replaced.
    return content.slice(0, end) === digestOf(text) ? (JSON.parse(text) as RunRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** Stores the record of a request, and removes the oldest records. */
export async function remember(asked: string, record: RunRecord): Promise<void> {
  const text = JSON.stringify(record);
  await writeCached(pathOf(asked), `${digestOf(text)}\n${text}`);
  forgetOldest();
}

/** Whether every output is as it should be. */
export function outputsHold({ outputs }: RunRecord): boolean {
  try {
    return outputs.every(outputHolds);
  } catch {
    // A folder is where a file should be, or something cannot be read: the run itself reports it.
    return false;
  }
}

function forgetOldest(): void {
  try {
    const names = readdirSync(folder());
    if (names.length <= most) return;
    const records = names.map((name) => ({ path: join(folder(), name), time: statSync(join(folder(), name)).mtimeMs }));
    for (const { path } of records.sort((a, b) => b.time - a.time).slice(most)) rmSync(path);
  } catch {
    // Another run is removing them, or the cache is not writable.
  }
}

const folder = () => join(cacheFolder(), 'runs');

const pathOf = (asked: string) => join(folder(), `${digestOf(asked)}.json`);
