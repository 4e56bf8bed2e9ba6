import type { Catalog } from './catalog/catalog.js';
import type { Config } from './config/config.js';
import type { LoadedConfig } from './config/load.js';
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
  AliasConfig,
  ComputedConfig,
  Config,
  KyselyCodegenConfig,
  ModelConfig,
  ModelsConfig,
  Override,
  ParsersConfig,
  Pattern,
  ProjectConfig,
  RoutinePattern,
  SlicesConfig,
  Source,
  StateConfig,
  TypesConfig,
} from './config/config.js';
export type { DiffConfig } from './config/diff.js';
export type { DriftConfig, RenameConfig } from './config/drift.js';
export type { LoadedConfig } from './config/load.js';
export { parseSource } from './config/parse-source.js';
export { projectConfig } from './config/projects.js';
export type { IgnoreConfig } from './config/report.js';
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

/** Types a config file: `export default defineConfig({ … })`. */
export function defineConfig(config: Config): Config {
  return config;
}

/** Renders everything and makes the output folder hold it. Throws a `RowsmithError` before anything is written. */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  return (await import('./pipeline/generate.js')).generate(options);
}

/** Generates, and again with every change, until its signal or its consumer ends it. */
export async function* watch(options: WatchOptions = {}): AsyncGenerator<WatchEvent, void> {
  yield* (await import('./watch/watch.js')).watch(options);
}

/** Renders everything and tells how the output folder differs and why, writing nothing. */
export async function check(options: GenerateOptions): Promise<CheckResult> {
  return (await import('./pipeline/generate.js')).check(options);
}

/** Reads the schema as facts: what `catalog.json` holds. Nothing is written. Throws a `RowsmithError` where it cannot be read. */
export async function introspect(options: GenerateOptions): Promise<Catalog> {
  return (await import('./pipeline/generate.js')).introspect(options);
}

/** `generate` for each project of the config, over one reading of the source. All of them are rendered before anything is written. */
export async function generateAll(options: GenerateOptions): Promise<readonly GenerateResult[]> {
  return (await import('./pipeline/generate.js')).generateAll(options);
}

/** `check` for each project of the config. */
export async function checkAll(options: GenerateOptions): Promise<readonly CheckResult[]> {
  return (await import('./pipeline/generate.js')).checkAll(options);
}

/** What changed from one schema to another, and which code it breaks. Throws a `RowsmithError` where either cannot be read. */
export async function diff(options: DiffOptions): Promise<DiffResult> {
  return (await import('./pipeline/diff.js')).diff(options);
}

/** A schema as it is now, for a later `diff({ from: snapshot, … })`: of one database, renames are then certain. */
export async function snapshot(options: GenerateOptions): Promise<Snapshot> {
  return (await import('./pipeline/diff.js')).snapshot(options);
}

/** A diff as text, as `rowsmith diff --format` prints it. */
export async function formatDiff(
  report: DiffReport,
  format: ReportFormat,
  options?: { readonly colour?: boolean },
): Promise<string> {
  return (await import('./diff/report/format.js')).formatDiff(report, format, options);
}

/** Compares hand-written models with the schema, writing nothing but a baseline that was asked for. */
export async function drift(options: DriftOptions): Promise<DriftReport> {
  return (await import('./pipeline/drift.js')).drift(options);
}

/** A drift report as text. */
export async function formatDrift(report: DriftReport, format: ReportFormat, options?: FormatOptions): Promise<string> {
  return (await import('./drift/report/format.js')).formatDrift(report, format, options);
}

/** A page for people about the models of a schema, as one text: self-contained HTML, or Markdown. */
export async function docs(options: DocsOptions): Promise<DocsResult> {
  return (await import('./pipeline/docs.js')).docs(options);
}

/** Loads a config file: the one named, or the one that the folder has; undefined when it has none. */
export async function loadConfig(
  path: string | undefined,
  folder: string = process.cwd(),
): Promise<LoadedConfig | undefined> {
  return (await import('./config/load.js')).loadConfig(path, folder);
}

/** Writes what a project needs to use rowsmith, from what can be seen of it. A second run changes nothing. */
export async function init(options?: InitOptions): Promise<InitResult> {
  return (await import('./init/init.js')).init(options);
}

/** What stands for a config in a folder that has none. */
export async function noConfig(folder: string = process.cwd()): Promise<LoadedConfig> {
  return (await import('./config/load.js')).noConfig(folder);
}
