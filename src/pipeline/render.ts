import { resolve } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import type { Config } from '../config/config.js';
import { artefacts, emit } from '../emit/artefacts.js';
import { moduleNames } from '../emit/module-specifier.js';
import type { OutputFile } from '../emit/output-file.js';
import { createRenderer } from '../emit/render.js';
import { type TemplateSources, userSources } from '../emit/templates.js';
import { buildSchema } from '../model/build.js';
import type { Schema } from '../model/model.js';
import type { Target } from '../output/plan.js';
import { refuseUnknown } from '../selection/refuse-unknown.js';
import { pluggedFiles, pluggedSchema } from './plugins.js';
import type { SourceReading } from './read-source.js';
import type { TenantsReport } from './tenants.js';

/** An output: the result for one config or project. */
export interface Output {
  /** The output folder, absolute. */
  readonly out: string;
  readonly catalog: Catalog;
  /** Notes about the schema: a missing index, a state machine that cannot be read. */
  readonly notes: readonly string[];
  /** Present if the config has `tenants`. */
  readonly tenants?: TenantsReport;
}

/** An output whose files can be rendered. */
export interface Renderable {
  readonly output: Output;
  readonly config: Config;
  /** The folder and the files, each rendered on request. They can be iterated only once. */
  readonly target: Target;
}

/** Decides everything about an output except its texts. */
export async function prepareOutput(
  reading: SourceReading,
  folder: string,
  templates?: ReadTemplates,
): Promise<Renderable> {
  const { catalog, config, resolved, tenants } = reading;
  refuseUnknown(reading);
  const schema = pluggedSchema(buildSchema(catalog, config, resolved?.models), catalog, config);
  const out = resolve(folder, config.out ?? 'generated');
  const files = await filesToRender({ catalog, schema, config, folder, out }, templates);
  const target = { out, folders: artefacts.map((artefact) => artefact.folder), files };
  const output = { out, catalog, notes: schema.notes };
  if (!tenants) return { output, config, target };
  const { compareTenants, tenantNotes } = await import('./tenants.js');
  const report = compareTenants(tenants, config, out);
  return { output: { ...output, tenants: report, notes: [...schema.notes, ...tenantNotes(report)] }, config, target };
}

/** A schema and where its files go. */
export interface Rendering {
  readonly catalog: Catalog;
  readonly schema: Schema;
  readonly config: Config;
  /** The folder that paths of the config are relative to. */
  readonly folder: string;
  /** The output folder, absolute. */
  readonly out: string;
}

/** Templates that have been read, by their folder's path in the config. */
export type ReadTemplates = ReadonlyMap<string, TemplateSources>;

/**
 * The files of a schema, except the manifest, with the config's templates and plugins. Each is rendered on request,
 * unless a plugin needs all of them.
 */
export async function filesToRender(rendering: Rendering, read?: ReadTemplates): Promise<Iterable<OutputFile>> {
  const { catalog, schema, config, folder, out } = rendering;
  const { templates } = config;
  const sources =
    templates === undefined ? undefined : (read?.get(templates) ?? userSources(resolve(folder, templates)));
  const render = await createRenderer(sources);
  const input = { catalog, schema, ...moduleNames(config.imports ?? 'js', folder, out) };
  const files = emit({ ...input, ...tablesOf(config) }, render);
  return pluggedFiles(files, input, config, render);
}

/** What spells `db.ts`, and with which names. */
function tablesOf({ tables = 'rowsmith' }: Config) {
  if (tables === 'rowsmith') return {};
  if (tables === 'kysely-codegen') return { tables: { format: tables } };
  const camelCase = tables.camelCase === true;
  return 'format' in tables ? { tables, camelCase } : { camelCase };
}
