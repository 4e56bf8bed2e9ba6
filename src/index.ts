import type { Catalog } from './catalog/catalog.js';
import type { Config } from './config/config.js';
import type { LoadedConfig, LoadOptions } from './config/load.js';
import type { DiffReport } from './diff/report/input.js';
import type { DriftReport } from './drift/drift-report.js';
import type { FormatOptions } from './drift/report/format.js';
import type { InitOptions, InitResult } from './init/init.js';
import type { DiffOptions, DiffResult } from './pipeline/diff.js';
import type { DocsOptions, DocsResult } from './pipeline/docs.js';
import type { DriftOptions } from './pipeline/drift.js';
import type { CheckResult, GenerateOptions, GenerateResult } from './pipeline/generate.js';
import type { Snapshot } from './pipeline/snapshot.js';
import type { ReportFormat } from './report/formats.js';
import type { WatchEvent, WatchOptions } from './watch/options.js';

export type { Catalog } from './catalog/catalog.js';
export type {
  Config,
  KyselyCodegenConfig,
  Override,
  ParsersConfig,
  Pattern,
  ProjectConfig,
  RoutinePattern,
  RowsmithTablesConfig,
  SlicesConfig,
  TypesConfig,
} from './config/config.js';
export type { DiffConfig } from './config/diff.js';
export type { DriftConfig, RenameConfig } from './config/drift.js';
export type { FilledConfig, FilledValue } from './config/filled.js';
export type { LoadedConfig } from './config/load.js';
export type { AliasConfig, ComputedConfig, ModelConfig, ModelsConfig, StateConfig } from './config/models.js';
export { parseSource } from './config/parse-source.js';
export { projectConfig } from './config/projects.js';
export type { IgnoreConfig } from './config/report.js';
export type { Source } from './config/source.js';
export type { Axis, Rule as DiffRule } from './diff/change.js';
export type { DiffFinding } from './diff/finding.js';
export { type DocsFormat, docsFormats } from './docs/formats.js';
export type { DriftReport, DriftSummary } from './drift/drift-report.js';
export type { Finding } from './drift/finding.js';
export type { FormatOptions } from './drift/report/format.js';
export type { OutputFile, WrittenFile } from './emit/output-file.js';
export { type ErrorCode, RowsmithError } from './errors.js';
export type { InitOptions, InitResult } from './init/init.js';
export type { Ask, Choice, Question } from './init/questions.js';
export type { Change, Difference } from './output/plan.js';
export type { DiffOptions, DiffResult } from './pipeline/diff.js';
export type { DocsOptions, DocsResult } from './pipeline/docs.js';
export type { DriftOptions } from './pipeline/drift.js';
export type { CheckResult, GenerateOptions, GenerateResult, Regenerated } from './pipeline/generate.js';
export type { Snapshot } from './pipeline/snapshot.js';
export type { Cause, Staleness } from './pipeline/staleness.js';
export type { TenantsReport } from './pipeline/tenants.js';
export type { Plugin, PluginInput } from './plugins/plugin.js';
export type { Progress, Stage } from './progress.js';
export { type ReportFormat, reportFormats } from './report/formats.js';
export { type FailOn, failOnLevels, fails, type Severity } from './report/severity.js';
export type { WatchEvent, WatchOptions } from './watch/options.js';

/** Gives a config file its type: `export default defineConfig({ … })`. */
export function defineConfig(config: Config): Config {
  return config;
}

/**
 * Generates: renders everything and writes the files that differ into the output folder. If it throws a
 * `RowsmithError`, nothing was written.
 */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  return (await import('./pipeline/generate.js')).generate(options);
}

/** Generates, and does so again after every change, until the signal is aborted or the consumer stops reading. */
export async function* watch(options: WatchOptions = {}): AsyncGenerator<WatchEvent, void> {
  yield* (await import('./watch/watch.js')).watch(options);
}

/** Checks: renders everything, and reports how the output folder differs and why. Writes nothing. */
export async function check(options: GenerateOptions): Promise<CheckResult> {
  return (await import('./pipeline/generate.js')).check(options);
}

/**
 * Reads the schema as facts, the content of `catalog.json`. Writes nothing. Throws a `RowsmithError` if the schema
 * cannot be read.
 */
export async function introspect(options: GenerateOptions): Promise<Catalog> {
  return (await import('./pipeline/generate.js')).introspect(options);
}

/**
 * Runs `generate` for each project of the config. The source is read once, and everything is rendered before anything
 * is written.
 */
export async function generateAll(options: GenerateOptions): Promise<readonly GenerateResult[]> {
  return (await import('./pipeline/generate.js')).generateAll(options);
}

/** Runs `check` for each project of the config. */
export async function checkAll(options: GenerateOptions): Promise<readonly CheckResult[]> {
  return (await import('./pipeline/generate.js')).checkAll(options);
}

/**
 * Compares two schemas: what changed from one to the other, and which code that breaks. Throws a `RowsmithError` if
 * either cannot be read.
 */
export async function diff(options: DiffOptions): Promise<DiffResult> {
  return (await import('./pipeline/diff.js')).diff(options);
}

/**
 * Takes a snapshot of a schema as it is now, for a later `diff({ from: snapshot, … })`. Between two snapshots of the
 * same live database, renames are certain.
 */
export async function snapshot(options: GenerateOptions): Promise<Snapshot> {
  return (await import('./pipeline/diff.js')).snapshot(options);
}

/** Formats a diff as `rowsmith diff --format` prints it. */
export async function formatDiff(
  report: DiffReport,
  format: ReportFormat,
  options?: { readonly colour?: boolean },
): Promise<string> {
  return (await import('./diff/report/format.js')).formatDiff(report, format, options);
}

/** Compares hand-written models with the schema. Writes nothing but a requested baseline. */
export async function drift(options: DriftOptions): Promise<DriftReport> {
  return (await import('./pipeline/drift.js')).drift(options);
}

/** Formats a drift report as `rowsmith drift --format` prints it. */
export async function formatDrift(report: DriftReport, format: ReportFormat, options?: FormatOptions): Promise<string> {
  return (await import('./drift/report/format.js')).formatDrift(report, format, options);
}

/** Creates a page that describes the models of a schema, as one text: self-contained HTML, or Markdown. */
export async function docs(options: DocsOptions): Promise<DocsResult> {
  return (await import('./pipeline/docs.js')).docs(options);
}

/** Loads a config file: the named one, or the one in the folder. Undefined if there is none. */
export async function loadConfig(
  path: string | undefined,
  folder: string = process.cwd(),
  options: Pick<LoadOptions, 'envFile'> = {},
): Promise<LoadedConfig | undefined> {
  return (await import('./config/load.js')).loadConfig(path, folder, options);
}

/**
 * Sets up a project: examines what exists, and writes the config, scripts and `.gitattributes`. A second run changes
 * nothing.
 */
export async function init(options?: InitOptions): Promise<InitResult> {
  return (await import('./init/init.js')).init(options);
}

/** The config for a folder that has none: empty except for the import style that its project needs. */
export async function noConfig(
  folder: string = process.cwd(),
  options: Pick<LoadOptions, 'envFile'> = {},
): Promise<LoadedConfig> {
  return (await import('./config/load.js')).noConfig(folder, options);
}
