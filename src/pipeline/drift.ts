import { resolve } from 'node:path';
import type { Config, ModelConfig } from '../config/config.js';
import { compare, isOn } from '../drift/compare.js';
import { createReport, type DriftReport } from '../drift/drift-report.js';
import { readModelFiles } from '../drift/files.js';
import { readModels } from '../drift/readers/read.js';
import { isRuleId, ruleIds } from '../drift/rules.js';
import type { DriftSettings, RenamePair } from '../drift/settings.js';
import { shownName } from '../report/shown-name.js';
import { didYouMean, RowsmithError } from '../errors.js';
import { resolveSettings } from '../selection/settings.js';
import { counting, type OnProgress } from '../progress.js';
import { readBaseline, writeBaseline } from '../report/baseline.js';
import { refusedQueries } from './queries.js';
import { readSource, type SourceReading } from './read-source.js';

export interface DriftOptions {
  readonly config: Config;
  /** The folder that the config's relative paths start from; the working directory when absent. */
  readonly folder?: string;
  /** Globs from the working directory, instead of the config's. */
  readonly models?: readonly string[];
  /** A file to write the findings to, for later runs to leave out. */
  readonly writeBaseline?: string;
  readonly onNote?: (message: string) => void;
  /** Hears where the run stands. */
  readonly onProgress?: OnProgress;
}

/**
 * Compares the hand-written models with the schema. Throws where a question could not be asked; what could not be read is a
 * finding.
 */
export async function drift(options: DriftOptions): Promise<DriftReport> {
  const { folder = process.cwd(), onNote = () => {}, onProgress = () => {} } = options;
  const handWritten = await readHandWritten(options);
  const reading = await readSource(options.config, { folder, onNote, onProgress });
  return driftOf(handWritten, reading, options);
}

/** The models that the options or the config name: their files, and what they declare. */
export async function readHandWritten({ config, folder = process.cwd(), models: given, onProgress = () => {} }: DriftOptions) {
  const { drift: asked = {} } = config;
  const globs = given ?? asked.models?.map((glob) => resolve(folder, glob)) ?? [];
  if (globs.length === 0) {
    throw new RowsmithError('models-not-found', 'No models are named.', 'Give --models <glob>…, or set drift.models in the config.');
  }
  checkRules(Object.keys(asked.rules ?? {}));
  onProgress({ stage: 'models' });
  const found = await readModelFiles(globs, process.cwd());
  return { found, declared: await readModels(found.files, counting('models', found.files.length, onProgress)) };
}

type HandWritten = Awaited<ReturnType<typeof readHandWritten>>;

/** Compares models that were read with a schema that was read. */
export async function driftOf({ found, declared }: HandWritten, reading: SourceReading, options: DriftOptions): Promise<DriftReport> {
  const { config, folder = process.cwd(), writeBaseline: target, onProgress = () => {} } = options;
  const { drift: asked = {} } = config;
  const { catalog } = reading;
  const settings = driftSettings(reading);
  const refused = isOn('query-invalid', settings) ? await refusedQueries(config, folder, declared.literals, onProgress) : [];
  onProgress({ stage: 'compare' });
  const comparison = compare(catalog, { ...declared, unread: [...found.unread, ...declared.unread] }, settings, refused);
  const report = createReport(comparison, catalog.relations.length, {
    ignores: asked.ignores ?? [],
    files: found.files,
    today: new Date().toISOString().slice(0, 10),
    ...(asked.baseline === undefined || target !== undefined ? {} : { baseline: await readBaseline(resolve(folder, asked.baseline)) }),
  });
  if (target !== undefined) await writeBaseline(target, report.unignored);
  return report;
}

function checkRules(ids: readonly string[]): void {
  const unknown = ids.find((id) => !isRuleId(id));
  if (unknown === undefined) return;
  throw new RowsmithError('rule-unknown', `There is no drift rule "${unknown}".`, didYouMean(unknown, ruleIds) ?? `The rules are: ${ruleIds.join(', ')}.`);
}

/** Resolves the config to names: an alias of the models confirms a rename, a computed field explains an extra one. */
function driftSettings({ catalog, config, resolved }: SourceReading): DriftSettings {
  const { drift: options = {}, models } = config;
  const relations = [...(resolved?.settings ?? resolveSettings(catalog, models))];
  const aliases = relations.flatMap(([relation, { alias = {} }]) =>
    Object.entries(alias).flatMap(([column, value]): RenamePair[] => {
      const name = typeof value === 'function' ? undefined : typeof value === 'string' ? value : value.as;
      return name === undefined ? [] : [{ table: shownName(relation), column, field: name, by: 'the alias in the config' }];
    }),
  );
  const computed = relations.flatMap(([relation, settings]) =>
    [...Object.entries(settings.computed ?? {}).flatMap(([field, value]) => (value ? [field] : [])), ...stateNames(settings)].map((field) => ({ table: shownName(relation), field })),
  );
  const pairs = (list: readonly Omit<RenamePair, 'by'>[] = []) => list.map((pair) => ({ ...pair, by: 'the config' }));
  return {
    severities: options.rules ?? {},
    synonyms: options.synonyms ?? [],
    confirmed: [...pairs(options.renames?.confirm), ...aliases],
    denied: pairs(options.renames?.deny),
    computed,
    ...(options.profiles?.rust === undefined ? {} : { rustProfile: options.profiles.rust }),
    ...(models?.stripPrefix === undefined ? {} : { stripPrefix: models.stripPrefix }),
  };
}

function stateNames({ state }: ModelConfig): readonly string[] {
  const machines = !state ? [] : 'transitions' in state ? [state] : state;
  return machines.map(({ name }) => name ?? 'state');
}
