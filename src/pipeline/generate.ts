import { resolve } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import type { StartDatabase } from '../catalog/sources/sql/pglite.js';
import type { Config } from '../config/config.js';
import { onlyOutput, outputsOf } from '../config/projects.js';
import type { DiffFinding } from '../diff/finding.js';
import { artefacts } from '../emit/artefacts.js';
import type { OutputFile } from '../emit/output-file.js';
import { planChanges, type Change } from '../emit/plan.js';
import { writeOutput } from '../emit/write.js';
import { buildSchema } from '../model/build.js';
import { refuseUnknownIncludes, refuseUnknownRoutines } from '../model/settings.js';
import { refuseUnknownSlices } from '../model/slices.js';
import type { ConfigOrigin } from '../config/origin.js';
import type { Progress } from '../progress.js';
import type { RunInputs } from '../unchanged/run-record.js';
import { runInputs } from './inputs.js';
import { pluggedSchema } from './plugins.js';
import { renderFiles } from './render.js';
import { readSource, readSourceOnce, type SourceReading } from './source.js';
import type { Staleness } from './staleness.js';
import type { TenantsReport } from './tenants.js';

export interface GenerateOptions {
  readonly config: Config;
  /** The folder that the config's relative paths start from; the working directory when absent. */
  readonly folder?: string;
  /** What the config was made of, as `loadConfig` tells it. */
  readonly origin?: ConfigOrigin;
  /** Receives what is worth knowing but no error: what a SQL file holds that the schema does not need. */
  readonly onNote?: (message: string) => void;
  /** Hears where the run stands. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface GenerateResult {
  /** The output folder, absolute. */
  readonly out: string;
  readonly catalog: Catalog;
  readonly files: readonly OutputFile[];
  /** What differed from the folder before. */
  readonly changes: readonly Change[];
  /** What people should know about the schema: a missing index, a state machine that cannot be read. */
  readonly notes: readonly string[];
  /** Present where the config has `tenants`. */
  readonly tenants?: TenantsReport;
  /** Everything that the files were made of; absent where it cannot all be known. */
  readonly inputs?: RunInputs;
}

export interface CheckResult extends GenerateResult {
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

/** The same for each project of the config, in its order: all of them are rendered before anything is written. */
export async function generateAll(options: GenerateOptions): Promise<readonly GenerateResult[]> {
  const results: GenerateResult[] = [];
  for (const { config: _, ...rendered } of await render(options)) {
    results.push({ ...rendered, changes: await writeOutput(rendered.out, rendered.files, artefactFolders) });
  }
  return results;
}

/** The same, and tells what changed in the schema. `start` gives the embedded database where the source needs one. */
export async function regenerate(options: GenerateOptions, start: StartDatabase): Promise<Regenerated> {
  const [{ config, ...rendered }] = (await render({ ...options, config: onlyOutput(options.config) }, start)) as [Rendered];
  const { schemaChanges } = await import('./staleness.js');
  const findings = await schemaChanges(rendered, config);
  return { ...rendered, findings, changes: await writeOutput(rendered.out, rendered.files, artefactFolders) };
}

/** Renders everything and tells how the output folder differs and why, writing nothing. */
export async function check(options: GenerateOptions): Promise<CheckResult> {
  return (await checkAll({ ...options, config: onlyOutput(options.config) }))[0] as CheckResult;
}

/** The same for each project of the config, in its order. */
export async function checkAll(options: GenerateOptions): Promise<readonly CheckResult[]> {
  const rendered = await render(options);
  return Promise.all(rendered.map((output) => checkOutput(output, options.folder ?? process.cwd())));
}

async function checkOutput({ config, ...rendered }: Rendered, folder: string): Promise<CheckResult> {
  const result = { ...rendered, changes: planChanges(rendered.out, rendered.files, artefactFolders) };
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

function refuseUnknown(catalog: Catalog, config: Config): void {
  refuseUnknownIncludes(catalog, config);
  refuseUnknownRoutines(catalog, config);
  refuseUnknownSlices(catalog, config.slices);
}

const artefactFolders = artefacts.map((artefact) => artefact.folder);

/** An output before it is compared with its folder, and the config that it has. */
type Rendered = Omit<GenerateResult, 'changes'> & { readonly config: Config };

async function render({ config, folder = process.cwd(), origin, onNote = () => {}, onProgress = () => {} }: GenerateOptions, start?: StartDatabase): Promise<readonly Rendered[]> {
  const readings = await readSourceOnce(outputsOf(config), folder, onNote, { onProgress, ...(start ? { start } : {}) });
  onProgress({ stage: 'render' });
  return Promise.all(readings.map((reading) => renderOutput(reading, folder, origin)));
}

async function renderOutput({ config, tenants, ...reading }: SourceReading, folder: string, origin: ConfigOrigin | undefined): Promise<Rendered> {
  refuseUnknown(reading.catalog, config);
  const { catalog } = reading;
  const schema = pluggedSchema(buildSchema(catalog, config), catalog, config);
  const out = resolve(folder, config.out ?? 'generated');
  const files = await renderFiles(catalog, schema, config, folder, out);
  const inputs = runInputs(config, folder, origin, reading);
  const output = { config, out, catalog, files, notes: schema.notes, ...(inputs ? { inputs } : {}) };
  if (!tenants) return output;
  const { compareTenants, tenantNotes } = await import('./tenants.js');
  const report = compareTenants(tenants, config, out);
  return { ...output, tenants: report, notes: [...schema.notes, ...tenantNotes(report)] };
}
