import { resolve } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import type { Config } from '../config/config.js';
import { artefacts, emit } from '../emit/artefacts.js';
import type { OutputFile } from '../emit/output-file.js';
import { moduleSpecifier } from '../emit/module-specifier.js';
import { planChanges, type Change } from '../emit/plan.js';
import { createRenderer } from '../emit/render.js';
import { applyChanges } from '../emit/write.js';
import { buildSchema } from '../model/build.js';
import { readSource } from './source.js';

export interface GenerateOptions {
  readonly config: Config;
  /** The folder that the config's relative paths start from; the working directory when absent. */
  readonly folder?: string;
  /** Receives what is worth knowing but no error: what a SQL file holds that the schema does not need. */
  readonly onNote?: (message: string) => void;
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
}

/** Renders everything and makes the output folder hold it. Throws before anything is written, or not at all. */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  const result = await check(options);
  await applyChanges(result.out, result.changes);
  return result;
}

/** Renders everything and tells how the output folder differs, writing nothing. */
export async function check({ config, folder = process.cwd(), onNote = () => {} }: GenerateOptions): Promise<GenerateResult> {
  const catalog = await readSource(config, folder, onNote);
  const schema = buildSchema(catalog, config);
  const render = createRenderer(config.templates === undefined ? undefined : resolve(folder, config.templates));
  const out = resolve(folder, config.out ?? 'generated');
  const files = emit({ catalog, schema, moduleSpecifier: moduleSpecifier(folder, out), ...kyselyCodegen(config) }, render);
  const changes = await planChanges(out, files, artefacts.map((artefact) => artefact.folder));
  return { out, catalog, files, changes, notes: schema.notes };
}

function kyselyCodegen({ tables }: Config) {
  if (tables === undefined || tables === 'rowsmith') return {};
  return { tables: typeof tables === 'string' ? { format: tables } : tables };
}
