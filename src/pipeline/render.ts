import { resolve } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import type { Config } from '../config/config.js';
import type { ConfigOrigin } from '../config/origin.js';
import { artefacts, emit } from '../emit/artefacts.js';
import { moduleSpecifier } from '../emit/module-specifier.js';
import type { OutputFile } from '../emit/output-file.js';
import { createRenderer, loadTemplates } from '../emit/render.js';
import type { Target } from '../output/plan.js';
import { buildSchema } from '../model/build.js';
import type { Schema } from '../model/model.js';
import type { RunInputs } from '../run-record/run-record.js';
import { runInputs } from './inputs.js';
import { pluggedFiles, pluggedSchema } from './plugins.js';
import { refuseUnknown } from '../selection/refuse-unknown.js';
import type { SourceReading } from './source.js';
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
export interface Renderable extends Omit<Output, 'inputs'> {
  /** They may be known only when the server has told the fingerprint of the database. */
  readonly inputs: Promise<RunInputs | undefined>;
  readonly config: Config;
  /** Where the files go, and themselves, each rendered when it is asked for. They can be asked for once. */
  readonly target: Target;
}

/** Loads what rendering these outputs needs, while there is nothing else to do. */
export async function prepare(outputs: readonly Config[]): Promise<void> {
  process.getBuiltinModule('node:crypto');
  if (outputs.some(({ templates }) => templates === undefined)) await loadTemplates();
}

/** Decides everything about an output but its texts. */
export async function renderOutput({ config, tenants, ...reading }: SourceReading, folder: string, origin: ConfigOrigin | undefined): Promise<Renderable> {
  const { catalog } = reading;
  refuseUnknown(catalog, config);
  const schema = pluggedSchema(buildSchema(catalog, config), catalog, config);
  const out = resolve(folder, config.out ?? 'generated');
  const files = await renderFiles(catalog, schema, config, folder, out);
  const inputs = runInputs(config, folder, origin, reading);
  // Awaited at the end, if there is none before.
  inputs.catch(() => {});
  const target = { out, folders: artefacts.map((artefact) => artefact.folder), files };
  const output = { config, target, out, catalog, notes: schema.notes, inputs };
  if (!tenants) return output;
  const { compareTenants, tenantNotes } = await import('./tenants.js');
  const report = compareTenants(tenants, config, out);
  return { ...output, tenants: report, notes: [...schema.notes, ...tenantNotes(report)] };
}

/** Every file for a schema but the manifest, with the config's templates and plugins, as it stands below `out`; rendered one by one, unless a plugin wants to see them all. */
export async function renderFiles(catalog: Catalog, schema: Schema, config: Config, folder: string, out: string): Promise<Iterable<OutputFile>> {
  const render = await createRenderer(config.templates === undefined ? undefined : resolve(folder, config.templates));
  const input = { catalog, schema, moduleSpecifier: moduleSpecifier(folder, out) };
  const files = emit({ ...input, ...kyselyCodegen(config) }, render);
  return pluggedFiles(files, input, config, render);
}

function kyselyCodegen({ tables }: Config) {
  if (tables === undefined || tables === 'rowsmith') return {};
  return { tables: typeof tables === 'string' ? { format: tables } : tables };
}
