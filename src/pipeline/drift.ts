import { resolve } from 'node:path';
import type { Config } from '../config/config.js';
import type { ModelConfig } from '../config/models.js';
import { compare, isOn } from '../drift/compare.js';
import type { Declared } from '../drift/declared.js';
import { createReport, type DriftReport } from '../drift/drift-report.js';
import { isNegative, readModelFiles } from '../drift/files.js';
import { importedFiles } from '../drift/imported-files.js';
import { withProjectParsers } from '../drift/project-parsers.js';
import { readModels } from '../drift/readers/read.js';
import { isRuleId, ruleIds } from '../drift/rules.js';
import type { DriftSettings, RenamePair } from '../drift/settings.js';
import { withSqlFiles } from '../drift/sql-files.js';
import { TimeLimit } from '../drift/time-limit.js';
import { didYouMean, RowsmithError } from '../errors.js';
import { declaredMachines } from '../model/state/declared.js';
import { counting, type OnProgress } from '../progress.js';
import { readBaseline, writeBaseline } from '../report/baseline.js';
import { shownName } from '../report/shown-name.js';
import { refuseIdle } from '../selection/refuse-idle.js';
import { resolveSettings } from '../selection/settings.js';
import { askStatements } from './ask-statements.js';
import { parsersOf } from './drift-parsers.js';
import { readSource, type SourceReading } from './read-source.js';

/** Seconds for the whole run. */
const defaultTimeout = 600;

export interface DriftOptions {
  readonly config: Config;
  /** The folder that the config's relative paths start from; the working directory when absent. */
  readonly folder?: string;
  /** Globs from the working directory, instead of the config's. */
  readonly models?: readonly string[];
  /** Globs from the working directory of files to leave out, instead of the config's. */
  readonly exclude?: readonly string[];
  /** A file to write the findings to, for later runs to leave out. */
  readonly writeBaseline?: string;
  readonly onNote?: (message: string) => void;
  /** Called with the progress of the run. */
  readonly onProgress?: OnProgress;
}

/**
 * Compares the hand-written models with the schema. Throws where a question could not be asked; a model that could not
 * be read is a finding.
 */
export async function drift(options: DriftOptions): Promise<DriftReport> {
  const { folder = process.cwd(), onNote = () => {}, onProgress = () => {} } = options;
  const handWritten = await readHandWritten(options);
  // No model is compared with the queries of SQL files, so a broken query does not stop drift.
  const { queries: _queries, ...config } = options.config;
  const reading = await handWritten.limit.waiting(
    'reading the schema',
    readSource(config, { folder, onNote, onProgress }),
  );
  refuseIdle([reading], reading.config);
  return driftOf(handWritten, reading, options);
}

/**
 * Reads the models that the options or the config name: their files, and what they declare. `limit` is the time for
 * everything that is done with them.
 */
export async function readHandWritten({
  config,
  folder = process.cwd(),
  models: given,
  exclude,
  onProgress = () => {},
}: DriftOptions) {
  const limit = new TimeLimit(config.timeout ?? defaultTimeout);
  const { drift: asked = {} } = config;
  const globs = given ?? asked.models?.map((glob) => fromFolder(glob, folder)) ?? [];
  if (globs.every(isNegative)) {
    throw new RowsmithError(
      'models-not-found',
      'No models were given.',
      'Pass --models <glob>…, or set drift.models in the config.',
    );
  }
  checkRules(Object.keys(asked.rules ?? {}));
  onProgress({ stage: 'models' });
  const found = await limit.waiting(
    'finding the models',
    readModelFiles(globs, process.cwd(), exclude ?? asked.exclude?.map((glob) => resolve(folder, glob))),
  );
  const parsed = counting('models', found.files.length, onProgress);
  const busy = (work: () => Declared) => limit.busy('reading the models', work);
  const imported = await limit.waiting('reading the models', importedFiles(found.files, process.cwd()));
  const declared = await readModels(found.files, { parsed, busy }, imported);
  const complete = await limit.waiting(
    'reading the models',
    withSqlFiles(await withProjectParsers(declared, found.files, process.cwd()), process.cwd()),
  );
  return { limit, found, declared: complete };
}

type HandWritten = Awaited<ReturnType<typeof readHandWritten>>;

/** Compares models that were read with a schema that was read. */
export async function driftOf(
  { limit, found, declared }: HandWritten,
  reading: SourceReading,
  options: DriftOptions,
): Promise<DriftReport> {
  const { config, folder = process.cwd(), writeBaseline: target, onProgress = () => {} } = options;
  const { drift: asked = {} } = config;
  const { catalog } = reading;
  const settings = driftSettings(reading);
  const judgesAll = isOn('query-invalid', settings);
  const answers = await limit.waiting(
    'reading the schema',
    askStatements(declared.literals, { config, folder, judgesAll, onProgress }),
  );
  onProgress({ stage: 'compare' });
  const leaveOut = {
    ignores: asked.ignores ?? [],
    files: found.files,
    today: new Date().toISOString().slice(0, 10),
    ...(asked.baseline === undefined || target !== undefined
      ? {}
      : { baseline: await readBaseline(resolve(folder, asked.baseline)) }),
  };
  const report = limit.busy('comparing', () => {
    const all = { ...declared, unread: [...found.unread, ...declared.unread] };
    const facts = { ...answers, leftOut: relationsLeftOut(reading) };
    return createReport(compare(catalog, all, settings, facts), catalog.relations.length, leaveOut);
  });
  if (target !== undefined) await writeBaseline(target, report.unignored);
  return report;
}

function relationsLeftOut({ catalog, everything }: SourceReading) {
  const selected = new Set(catalog.relations.map(shownName));
  return everything.relations.filter((relation) => !selected.has(shownName(relation)));
}

function fromFolder(glob: string, folder: string): string {
  return isNegative(glob) ? `!${resolve(folder, glob.slice(1))}` : resolve(folder, glob);
}

function checkRules(ids: readonly string[]): void {
  const unknown = ids.find((id) => !isRuleId(id));
  if (unknown === undefined) return;
  throw new RowsmithError(
    'rule-unknown',
    `There is no drift rule "${unknown}".`,
    didYouMean(unknown, ruleIds) ?? `The rules are: ${ruleIds.join(', ')}.`,
  );
}

/**
 * Resolves the config's drift settings to names of tables and columns: an alias of the models confirms a rename, a
 * computed field explains an extra one.
 */
function driftSettings({ catalog, config, resolved }: SourceReading): DriftSettings {
  const { drift: options = {}, models } = config;
  const relations = [...(resolved?.settings ?? resolveSettings(catalog, models))];
  const aliases = relations.flatMap(([relation, { alias = {} }]) =>
    Object.entries(alias).flatMap(([column, value]): RenamePair[] => {
      if (typeof value === 'function') return [];
      const field = typeof value === 'string' ? value : value.as;
      return field === undefined ? [] : [{ table: shownName(relation), column, field, by: 'the alias in the config' }];
    }),
  );
  const computed = relations.flatMap(([relation, settings]) =>
    [
      ...Object.entries(settings.computed ?? {}).flatMap(([field, value]) => (value ? [field] : [])),
      ...stateNames(settings),
    ].map((field) => ({ table: shownName(relation), field })),
  );
  const pairs = (list: readonly Omit<RenamePair, 'by'>[] = []) => list.map((pair) => ({ ...pair, by: 'the config' }));
  return {
    severities: options.rules ?? {},
    profiles: options.profiles ?? {},
    parsers: parsersOf(config),
    synonyms: options.synonyms ?? [],
    confirmed: [...pairs(options.renames?.confirm), ...aliases],
    denied: pairs(options.renames?.deny),
    computed,
    ...(models?.stripPrefix === undefined ? {} : { stripPrefix: models.stripPrefix }),
  };
}

/** The fields of machines that tables of transitions keep. A column that keeps a state is compared as a column. */
function stateNames(config: ModelConfig): readonly string[] {
  return declaredMachines(config).transitions.map(({ name }) => name ?? 'state');
}
