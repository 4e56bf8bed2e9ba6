import { setImmediate as turn } from 'node:timers/promises';
import type { Catalog } from '../catalog/catalog.js';
import type { StartDatabase } from '../postgres/embedded/pglite.js';
import { onlyOutput, outputsOf } from '../config/projects.js';
import type { DiffFinding } from '../diff/finding.js';
import type { Difference } from '../output/plan.js';
import { expectFiles, findDifferences } from '../output/stage-files.js';
import { writeOutputs } from '../output/write.js';
import { refuseUnknown } from '../selection/refuse-unknown.js';
import type { GenerateOptions, InputTexts } from './question.js';
import { remembering, type GenerateResult } from './remembering.js';
import type { Renderable } from './render.js';
import { readSource, readSourceOnce } from './source.js';
import type { Staleness } from './staleness.js';

export type { GenerateOptions } from './question.js';
export type { GenerateResult } from './remembering.js';

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
  const run = async (asked: GenerateOptions, texts?: InputTexts) => {
    const { outputs, fingerprint } = await render(asked, { texts });
    return { results: await write(outputs), fingerprint: await fingerprint };
  };
  return remembering(options, run, () => true);
}

/** The same, and tells what changed in the schema. `start` gives the embedded database where the source needs one. */
export async function regenerateAll(options: GenerateOptions, start: StartDatabase): Promise<readonly Regenerated[]> {
  const { schemaChanges } = await import('./staleness.js');
  const { outputs } = await render(options, { start });
  const findings: (readonly DiffFinding[])[] = [];
  for (const output of outputs) findings.push(await schemaChanges(output, output.config));
  return (await write(outputs)).map((result, index) => ({ ...result, findings: findings[index] ?? [] }));
}

async function write(outputs: readonly Renderable[]): Promise<readonly GenerateResult[]> {
  const written = await writeOutputs(outputs.map(({ target }) => target));
  return outputs.map(({ config: _, target: _rendered, ...output }, index) => ({ ...output, ...(written[index] as Pick<GenerateResult, 'files' | 'changes'>) }));
}

/** Renders everything and tells how the output folder differs and why, writing nothing. */
export async function check(options: GenerateOptions): Promise<CheckResult> {
  return (await checkAll({ ...options, config: onlyOutput(options.config) }))[0] as CheckResult;
}

/** The same for each project of the config, in its order. */
export async function checkAll(options: GenerateOptions): Promise<readonly CheckResult[]> {
  const run = async (asked: GenerateOptions, texts?: InputTexts) => {
    const { outputs, fingerprint } = await render(asked, { texts });
    const results: CheckResult[] = [];
    for (const output of outputs) results.push(await checkOutput(output, options.folder ?? process.cwd()));
    return { results, fingerprint: await fingerprint };
  };
  return remembering(options, run, ({ changes }) => changes.length === 0);
}

async function checkOutput({ config, target, ...output }: Renderable, folder: string): Promise<CheckResult> {
  const { out, folders } = target;
  const result = { ...output, ...(await findDifferences({ out, folders }, target, turn)) };
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

/** What a run of its own kind has already: texts that were read, an embedded database that may be started. */
interface AtHand {
  readonly texts?: InputTexts | undefined;
  readonly start?: StartDatabase;
}

interface Rendered {
  readonly outputs: readonly Renderable[];
  /** Of the live database that was read, where the run is remembered; the server may still be making it. */
  readonly fingerprint: Promise<string | undefined> | undefined;
}

async function render({ config, folder = process.cwd(), onNote = () => {}, onProgress = () => {} }: GenerateOptions, { texts, start }: AtHand): Promise<Rendered> {
  const outputs = outputsOf(config);
  const later = () => import('./render.js');
  let prepared: Promise<void> | undefined;
  const prepare = () => (prepared ??= later().then((rendering) => rendering.prepare(outputs)));
  // What fails here fails again where it is waited for.
  const ignore = () => {};
  const readings = await readSourceOnce(outputs, folder, onNote, {
    onProgress,
    ...texts?.source,
    identify: texts !== undefined,
    whileWaiting: () => void prepare().catch(ignore),
    onColumns: (columns) => void Promise.all([prepare(), expectFiles(columns)]).then(() => onProgress({ stage: 'read', columns }), ignore),
    ...(start ? { start } : {}),
  });
  onProgress({ stage: 'render' });
  await prepare();
  const { renderOutput } = await later();
  return { outputs: await Promise.all(readings.map((reading) => renderOutput(reading, folder, texts?.templates))), fingerprint: readings[0]?.fingerprint };
}
