import { resolve } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import { columnCount } from '../catalog/type-key.js';
import type { Config } from '../config/config.js';
import { artefacts, emit } from '../emit/artefacts.js';
import { complete } from '../output/complete.js';
import { moduleSpecifier } from '../emit/module-specifier.js';
import type { OutputFile } from '../emit/output-file.js';
import { createRenderer, loadTemplates } from '../emit/render.js';
import { userSources, type TemplateSources } from '../emit/templates.js';
import type { Target } from '../output/write.js';
import { buildSchema } from '../model/build.js';
import type { Schema } from '../model/model.js';
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
}

/** An output whose files can be rendered. */
export interface Renderable extends Output {
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
export async function renderOutput({ config, tenants, catalog }: SourceReading, folder: string, templates?: ReadTemplates): Promise<Renderable> {
  const columns = columnCount(catalog);
  refuseUnknown(catalog, config);
  const schema = pluggedSchema(buildSchema(catalog, config), catalog, config);
  const out = resolve(folder, config.out ?? 'generated');
  const files = await renderFiles({ catalog, schema, config, folder, out }, templates);
  const target = { out, folders: artefacts.map((artefact) => artefact.folder), files, columns };
  const output = { config, target, out, catalog, notes: schema.notes };
  if (!tenants) return output;
  const { compareTenants, tenantNotes } = await import('./tenants.js');
  const report = compareTenants(tenants, config, out);
  return { ...output, tenants: report, notes: [...schema.notes, ...tenantNotes(report)] };
}

/** A schema and where its files go. */
export interface Rendering {
  readonly catalog: Catalog;
  readonly schema: Schema;
  readonly config: Config;
  /** Paths of the config start from it. */
  readonly folder: string;
  readonly out: string;
}

/** Templates that have been read, by their folder as the config names it. */
export type ReadTemplates = ReadonlyMap<string, TemplateSources>;

/** Every file for a schema but the manifest, with the config's templates and plugins, as it stands below `out`; rendered one by one, unless a plugin wants to see them all. */
export async function renderFiles({ catalog, schema, config, folder, out }: Rendering, templates?: ReadTemplates): Promise<Iterable<OutputFile>> {
  const render = await createRenderer(config.templates === undefined ? undefined : (templates?.get(config.templates) ?? userSources(resolve(folder, config.templates))));
  const input = { catalog, schema, moduleSpecifier: moduleSpecifier(folder, out) };
  const files = emit({ ...input, ...kyselyCodegen(config) }, render);
  const plugged = pluggedFiles(files, input, config);
  return plugged ? complete(plugged, render) : files;
}

function kyselyCodegen({ tables }: Config) {
  if (tables === undefined || tables === 'rowsmith') return {};
  return { tables: typeof tables === 'string' ? { format: tables } : tables };
}
