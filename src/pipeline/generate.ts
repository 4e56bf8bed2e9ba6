import type { Catalog } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { onlyOutput, outputsOf } from '../config/projects.js';
import type { DiffFinding } from '../diff/finding.js';
import { type Difference, findDifferences, type Plan } from '../output/plan.js';
import { writeOutputs } from '../output/write.js';
import type { StartDatabase } from '../postgres/embedded/standby.js';
import { refuseUnknown } from '../selection/refuse-unknown.js';
import { readSource, readSourceOnce } from './read-source.js';
import { type GenerateResult, remembering } from './remembering.js';
import { prepareOutput, type Renderable } from './render.js';
import type { GenerateOptions, InputTexts } from './repeatable-run.js';
import type { Staleness } from './staleness.js';

export type { GenerateResult } from './remembering.js';
export type { GenerateOptions } from './repeatable-run.js';

/** The result of checking an output. */
export interface CheckResult extends GenerateResult {
  /** Each change, with the existing text and the correct one. */
  readonly changes: readonly Difference[];
  /** Why it is stale; absent if it is not. */
  readonly staleness?: Staleness;
}

/** The result of a run in watch mode. */
export interface Regenerated extends GenerateResult {
  /** What changed in the schema since the files were last written. */
  readonly findings: readonly DiffFinding[];
}

/**
 * Renders everything, then writes what differs. If rendering fails, it throws before any file of the folder is changed.
 */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  return (await generateAll({ ...options, config: onlyOutput(options.config) }))[0] as GenerateResult;
}

/** Generates each project of the config, in order. All of them are rendered before anything is replaced. */
export async function generateAll(options: GenerateOptions): Promise<readonly GenerateResult[]> {
  const run = async (asked: GenerateOptions, texts?: InputTexts) => {
    const { outputs, fingerprint } = await decideOutputs(asked, { texts });
    return { results: await write(outputs), fingerprint };
  };
  return remembering(options, run, () => true);
}

/**
 * Generates, and reports what changed in the schema. `start` provides the embedded database if the source needs one.
 */
export async function regenerateAll(options: GenerateOptions, start: StartDatabase): Promise<readonly Regenerated[]> {
  const { schemaChanges } = await import('./staleness.js');
  const { outputs } = await decideOutputs(options, { start });
  const findings: (readonly DiffFinding[])[] = [];
  for (const { output, config } of outputs) findings.push(await schemaChanges(output, config));
  const results = await write(outputs);
  return results.map((result, index) => ({ ...result, findings: findings[index] ?? [] }));
}

/** Renders everything and reports how the output folder differs and why. Writes nothing. */
export async function check(options: GenerateOptions): Promise<CheckResult> {
  return (await checkAll({ ...options, config: onlyOutput(options.config) }))[0] as CheckResult;
}

/** Checks each project of the config, in order. */
export async function checkAll(options: GenerateOptions): Promise<readonly CheckResult[]> {
  const run = async (asked: GenerateOptions, texts?: InputTexts) => {
    const { outputs, fingerprint } = await decideOutputs(asked, { texts });
    const results: CheckResult[] = [];
    for (const output of outputs) results.push(await checkOutput(output, options.folder ?? process.cwd()));
    return { results, fingerprint };
  };
  return remembering(options, run, ({ changes }) => changes.length === 0);
}

/** Reads the catalog of what the config includes, as changed by the plugins: the content of `catalog.json`. */
export async function introspect(options: GenerateOptions): Promise<Catalog> {
  const { folder = process.cwd(), onNote = () => {}, onProgress = () => {} } = options;
  const reading = await readSource(options.config, { folder, onNote, onProgress });
  refuseUnknown(reading);
  return reading.catalog;
}

/** What a run can reuse: texts that were already read, and a way to get an embedded database that is ready. */
interface AtHand {
  readonly texts?: InputTexts | undefined;
  readonly start?: StartDatabase | undefined;
}

interface Decided {
  readonly outputs: readonly Renderable[];
  /** The fingerprint of the live database that was read, if the run may be remembered and the server provides one. */
  readonly fingerprint: string | undefined;
}

/** Reads the source and decides everything about each output except its texts, which are rendered on request. */
async function decideOutputs(options: GenerateOptions, { texts, start }: AtHand): Promise<Decided> {
  const { config, folder = process.cwd(), onNote = () => {}, onProgress = () => {} } = options;
  const opening = { folder, onNote, onProgress, ...optional({ start, text: texts?.source }) };
  const readings = await readSourceOnce(outputsOf(config), {
    ...opening,
    identify: texts !== undefined,
    queries: texts?.queries,
  });
  onProgress({ stage: 'render' });
  const outputs = await Promise.all(readings.map((reading) => prepareOutput(reading, folder, texts?.templates)));
  return { outputs, fingerprint: readings[0]?.fingerprint };
}

async function write(outputs: readonly Renderable[]): Promise<readonly GenerateResult[]> {
  const plans = await writeOutputs(outputs.map(({ target }) => target));
  return outputs.map(({ output }, index) => ({ ...output, ...(plans[index] as Plan) }));
}

async function checkOutput({ output, config, target }: Renderable, folder: string): Promise<CheckResult> {
  const result = { ...output, ...(await findDifferences(target)) };
  if (result.changes.length === 0) return result;
  // Only a stale output needs the modules that compare schemas.
  const { explainStale } = await import('./staleness.js');
  return { ...result, staleness: await explainStale(result, config, folder) };
}
