import { resolve } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import type { Config } from '../config/config.js';
import type { ConfigOrigin } from '../config/origin.js';
import { artefacts, emit } from '../emit/artefacts.js';
import { moduleSpecifier } from '../emit/module-specifier.js';
import type { OutputFile } from '../emit/output-file.js';
import { createRenderer } from '../emit/render.js';
import type { Target } from '../output/plan.js';
import { buildSchema } from '../model/build.js';
import type { Schema } from '../model/model.js';
import type { RunInputs } from '../run-record/run-record.js';
import { runInputs } from './inputs.js';
import { pluggedFiles, pluggedSchema } from './plugins.js';
import { refuseUnknown } from '../selection/refuse-unknown.js';
import type { SourceReading } from './read-source.js';
import type { TenantsReport } from './tenants.js';

/** What one config or project gives. */
export interface Output {
  /** The output folder, absolute. */
  readonly out: string;
  readonly catalog: Catalog;
  /** What people should know about the schema: a missing index, a state machine that cannot be read. */
  readonly notes: readonly string[];
  /** Present where the config has `tenants`. */
  readonly tenants?: TenantsReport;
  /** Everything that the files were made of; absent where it cannot all be known. */
  readonly inputs?: RunInputs;
}

/** An output whose files can be rendered. */
export interface Renderable {
  readonly output: Output;
  readonly config: Config;
  /** Where the files go, and themselves, each rendered when it is asked for. They can be asked for once. */
  readonly target: Target;
}

/** Decides everything about an output but its texts. */
export async function renderOutput(reading: SourceReading, folder: string, origin?: ConfigOrigin): Promise<Renderable> {
  const { catalog, config, resolved, tenants } = reading;
  refuseUnknown(catalog, config);
  const schema = pluggedSchema(buildSchema(catalog, config, resolved?.models), catalog, config);
  const out = resolve(folder, config.out ?? 'generated');
  const files = await renderFiles(catalog, schema, config, { folder, out });
  const target = { out, folders: artefacts.map((artefact) => artefact.folder), files };
  const output = { out, catalog, notes: schema.notes, ...optional({ inputs: runInputs(reading, folder, origin) }) };
  if (!tenants) return { output, config, target };
  const { compareTenants, tenantNotes } = await import('./tenants.js');
  const report = compareTenants(tenants, config, out);
  return { output: { ...output, tenants: report, notes: [...schema.notes, ...tenantNotes(report)] }, config, target };
}

/** Where an output stands: absolute folders. */
interface Places {
  /** The one that the config's relative paths start from. */
  readonly folder: string;
  readonly out: string;
}

/**
 * Every file for a schema but the manifest, with the config's templates and plugins, as it stands below `out`. They are
 * rendered one by one, unless a plugin wants to see them all.
 */
export async function renderFiles(
  catalog: Catalog,
  schema: Schema,
  config: Config,
  { folder, out }: Places,
): Promise<Iterable<OutputFile>> {
  const render = await createRenderer(config.templates === undefined ? undefined : resolve(folder, config.templates));
  const input = { catalog, schema, moduleSpecifier: moduleSpecifier(folder, out) };
  const files = emit({ ...input, ...kyselyCodegen(config) }, render);
  return pluggedFiles(files, input, config, render);
}

function kyselyCodegen({ tables }: Config) {
  if (tables === undefined || tables === 'rowsmith') return {};
  return { tables: typeof tables === 'string' ? { format: tables } : tables };
}
