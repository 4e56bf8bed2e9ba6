import { setImmediate as turn } from 'node:timers/promises';
import type { Catalog } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import type { StartDatabase } from '../postgres/embedded/standby.js';
import type { Config } from '../config/config.js';
import { onlyOutput, outputsOf } from '../config/projects.js';
import type { DiffFinding } from '../diff/finding.js';
import type { WrittenFile } from '../emit/output-file.js';
import type { Change, Difference } from '../output/plan.js';
import { expectFiles, findDifferences } from '../output/stage-files.js';
import { writeOutputs } from '../output/write.js';
import type { ConfigOrigin } from '../config/origin.js';
import type { OnProgress } from '../progress.js';
import { refuseUnknown } from '../selection/refuse-unknown.js';
import type { Output, Renderable } from './render.js';
import { readSource, readSourceOnce } from './source.js';
import type { Staleness } from './staleness.js';

export interface GenerateOptions {
  readonly config: Config;
  /** The folder that the config's relative paths start from; the working directory when absent. */
  readonly folder?: string;
  /** What the config was made of, as `loadConfig` tells it. */
  readonly origin?: ConfigOrigin;
  /** Receives what is worth knowing but no error: what a SQL file holds that the schema does not need. */
  readonly onNote?: (message: string) => void;
  /** Hears where the run stands. */
  readonly onProgress?: OnProgress;
}

export interface GenerateResult extends Output {
  /** In the order in which they were rendered; their texts are in the output folder. */
  readonly files: readonly WrittenFile[];
  /** What differed from the folder before. */
  readonly changes: readonly Change[];
}

export interface CheckResult extends GenerateResult {
  /** With what is there and what should be. */
  readonly changes: readonly Difference[];
  /** Why it is stale; absent when it is not. */
  readonly staleness?: Staleness;
}

/** What a run changed. */
export interface Regenerated extends GenerateResult {
  /** What changed in the schema since the files were written before. */
  readonly findings: readonly DiffFinding[];
}

/** Renders everything and makes the output folder hold it. Throws before anything is written, or not at all. */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  return (await generateAll({ ...options, config: onlyOutput(options.config) }))[0] as GenerateResult;
}

/** The same for each project of the config, in its order: all of them are rendered before anything is replaced. */
export async function generateAll(options: GenerateOptions): Promise<readonly GenerateResult[]> {
  return write(await render(options));
}

/** The same, and tells what changed in the schema. `start` gives the embedded database where the source needs one. */
export async function regenerateAll(options: GenerateOptions, start: StartDatabase): Promise<readonly Regenerated[]> {
  const { schemaChanges } = await import('./staleness.js');
  const outputs = await render(options, start);
  const findings: (readonly DiffFinding[])[] = [];
  for (const output of outputs) findings.push(await schemaChanges(output, output.config));
  return (await write(outputs)).map((result, index) => ({ ...result, findings: findings[index] ?? [] }));
}

async function write(outputs: readonly Renderable[]): Promise<readonly GenerateResult[]> {
  const written = await writeOutputs(outputs.map(({ target }) => target));
  return Promise.all(outputs.map(async ({ config: _, target: _rendered, inputs, ...output }, index) => ({ ...output, ...optional({ inputs: await inputs }), ...(written[index] as Pick<GenerateResult, 'files' | 'changes'>) })));
}

/** Renders everything and tells how the output folder differs and why, writing nothing. */
export async function check(options: GenerateOptions): Promise<CheckResult> {
  return (await checkAll({ ...options, config: onlyOutput(options.config) }))[0] as CheckResult;
}

/** The same for each project of the config, in its order. */
export async function checkAll(options: GenerateOptions): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const output of await render(options)) results.push(await checkOutput(output, options.folder ?? process.cwd()));
  return results;
}

async function checkOutput({ config, target, inputs, ...output }: Renderable, folder: string): Promise<CheckResult> {
  const { out, folders } = target;
  const result = { ...output, ...(await findDifferences({ out, folders }, target, turn)), ...optional({ inputs: await inputs }) };
  if (result.changes.length === 0) return result;
  const { explainStale } = await import('./staleness.js');
  return { ...result, staleness: await explainStale(result, config, folder) };
}

/** What the source says about what the config includes, after the plugins had their say; it is what `catalog.json` holds. */
export async function introspect({ config, folder = process.cwd(), onNote = () => {}, onProgress = () => {} }: GenerateOptions): Promise<Catalog> {
  const { catalog, config: fitting } = await readSource(config, folder, onNote, { onProgress });
  refuseUnknown(catalog, fitting);
  return catalog;
}

async function render({ config, folder = process.cwd(), origin, onNote = () => {}, onProgress = () => {} }: GenerateOptions, start?: StartDatabase): Promise<readonly Renderable[]> {
  const outputs = outputsOf(config);
  const later = () => import('./render.js');
  let prepared: Promise<void> | undefined;
  const prepare = () => (prepared ??= later().then((rendering) => rendering.prepare(outputs)));
  // What fails here fails again where it is waited for.
  const ignore = () => {};
  const readings = await readSourceOnce(outputs, folder, onNote, {
    onProgress,
    identify: true,
    whileWaiting: () => void prepare().catch(ignore),
    onColumns: (columns) => void Promise.all([prepare(), expectFiles(columns)]).then(() => onProgress({ stage: 'read', columns }), ignore),
    ...(start ? { start } : {}),
  });
  onProgress({ stage: 'render' });
  await prepare();
  const { renderOutput } = await later();
  return Promise.all(readings.map((reading) => renderOutput(reading, folder, origin)));
}
