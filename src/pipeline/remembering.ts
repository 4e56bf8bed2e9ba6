import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogOf } from '../catalog/catalog-file.js';
import { artefacts } from '../emit/artefacts.js';
import type { WrittenFile } from '../emit/output-file.js';
import type { Change } from '../output/plan.js';
import type { Progress } from '../progress.js';
import { outputsHold, type RememberedOutput, type RunInputs, recall, remember } from '../run-record/record.js';
import { toolDigest } from '../run-record/tool.js';
import type { Output } from './render.js';
import { type GenerateOptions, type InputTexts, type RepeatableRun, repeatableRun } from './repeatable-run.js';
import type { TenantsReport } from './tenants.js';

/** The result of generating an output. */
export interface GenerateResult extends Output {
  /** The files in the order in which they were rendered; their texts are in the output folder. */
  readonly files: readonly WrittenFile[];
  /** How the folder differed before. */
  readonly changes: readonly Change[];
}

/** The results of a run, and the fingerprint of the live database that it read, if the server provides one. */
export interface Finished<Result> {
  readonly results: readonly Result[];
  readonly fingerprint?: string | undefined;
}

type Run<Result> = (options: GenerateOptions, texts?: InputTexts) => Promise<Finished<Result>>;

/**
 * Returns the last run's results if all their inputs are the same, and runs otherwise. `isCurrent` says whether the
 * output folder contains what a result says.
 */
export async function remembering<Result extends GenerateResult>(
  options: GenerateOptions,
  run: Run<Result>,
  isCurrent: (result: Result) => boolean,
): Promise<readonly Result[]> {
  const said = new Set<string>();
  const onNote = (message: string) => {
    if (!said.has(message)) options.onNote?.(message);
    said.add(message);
  };
  const repeatable = await repeatableRun(options.config, options.folder ?? process.cwd(), onNote);
  if (!repeatable) return (await run(options)).results;
  const known = options.force === true ? undefined : await lastResults(repeatable, onNote);
  // If nothing differs, a result of `check` is the same as one of `generate`.
  if (known) return known as readonly Result[];
  const { heard, ...listening } = listeningTo({ ...options, onNote });
  const { results, fingerprint } = await run({ ...options, ...listening, config: repeatable.config }, repeatable.texts);
  const source = repeatable.inputs.source ?? fingerprint;
  const isKnown = source !== undefined && toolDigest(repeatable.kind) === repeatable.inputs.tool;
  if (isKnown && results.every(isCurrent)) {
    await remember(repeatable.asked, {
      inputs: { ...repeatable.inputs, source },
      heard,
      outputs: results.map(outputOf),
    });
  }
  return results;
}

/** The results of the last run, if they would be the same now. */
async function lastResults(
  { asked, inputs, database }: RepeatableRun,
  onNote: (message: string) => void,
): Promise<readonly GenerateResult[] | undefined> {
  const record = recall(asked);
  if (!record || !isSame(record.inputs, inputs) || !outputsHold(record)) return undefined;
  if (database && (await fingerprintOf(database.url, onNote)) !== record.inputs.source) return undefined;
  const results = record.outputs.map(resultOf);
  record.heard.forEach(onNote);
  return results;
}

/** Whether a record's inputs are the current ones. For a live database, its own digest is compared later. */
function isSame(known: RunInputs, now: RepeatableRun['inputs']): boolean {
  return (
    known.tool === now.tool &&
    known.templates === now.templates &&
    known.queries === now.queries &&
    (now.source === undefined || known.source === now.source)
  );
}

/** Reads a database's fingerprint; undefined if the server does not answer, which the run itself reports. */
async function fingerprintOf(url: string | undefined, onNote: (message: string) => void): Promise<string | undefined> {
  const { readDatabaseFingerprint } = await import('../catalog/database-fingerprint.js');
  return readDatabaseFingerprint(url, onNote).catch(() => undefined);
}

/**
 * Collects a run's notes about the schema. Notes during connecting are about the connection, and the next run prints
 * its own.
 */
function listeningTo({ onNote, onProgress }: GenerateOptions) {
  const heard: string[] = [];
  let connecting = false;
  return {
    heard,
    onNote: (message: string) => {
      if (!connecting) heard.push(message);
      onNote?.(message);
    },
    onProgress: (progress: Progress) => {
      connecting = progress.stage === 'connect';
      onProgress?.(progress);
    },
  };
}

function outputOf({ out, files, notes, tenants }: GenerateResult): RememberedOutput {
  const folders = [...new Set(artefacts.map(({ folder }) => folder))];
  return { out, folders, files, notes, ...(tenants ? { tenants } : {}) };
}

/** Restores a result. The folder has been checked, so its catalog is that of the run. */
function resultOf({ out, files, notes, tenants }: RememberedOutput): GenerateResult {
  const catalog = catalogOf(
    JSON.parse(readFileSync(join(out, 'catalog.json'), 'utf8')) as Parameters<typeof catalogOf>[0],
  );
  return {
    out,
    catalog,
    files,
    notes,
    changes: [],
    ...(tenants === undefined ? {} : { tenants: tenants as TenantsReport }),
  };
}
