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

export interface GenerateResult extends Output {
  /** In the order in which they were rendered; their texts are in the output folder. */
  readonly files: readonly WrittenFile[];
  /** What differed from the folder before. */
  readonly changes: readonly Change[];
}

/** What a run gave, and the digest of the live database that it read, where the server could tell it. */
export interface Finished<Result> {
  readonly results: readonly Result[];
  readonly fingerprint?: string | undefined;
}

type Run<Result> = (options: GenerateOptions, texts?: InputTexts) => Promise<Finished<Result>>;

/**
 * Answers as the last run did where everything that its answer followed from is the same, and runs where it is not.
 * `isCurrent`: the output folder holds what a result says.
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
  // A result of `check` has nothing more where nothing differs.
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

/** What the last run answered, where it would be the same today. */
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

/** Of a live database all but its own digest. */
function isSame(known: RunInputs, now: RepeatableRun['inputs']): boolean {
  return (
    known.tool === now.tool &&
    known.templates === now.templates &&
    (now.source === undefined || known.source === now.source)
  );
}

/** A server that does not answer has its message from the run itself. */
async function fingerprintOf(url: string | undefined, onNote: (message: string) => void): Promise<string | undefined> {
  const { readDatabaseFingerprint } = await import('../catalog/database-fingerprint.js');
  return readDatabaseFingerprint(url, onNote).catch(() => undefined);
}

/**
 * Hears what a run says of the schema. What it says while it connects is about the connection, and is heard again with
 * the next one.
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

/** The folder has been looked at: its catalog is the one of the run. */
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
