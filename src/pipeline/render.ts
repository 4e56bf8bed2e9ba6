import { resolve } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import type { Config } from '../config/config.js';
import { emit } from '../emit/artefacts.js';
import { complete } from '../emit/complete.js';
import { moduleSpecifier } from '../emit/module-specifier.js';
import type { OutputFile } from '../emit/output-file.js';
import { createRenderer } from '../emit/render.js';
import type { Schema } from '../model/model.js';
import { pluggedFiles } from './plugins.js';

/** Every file for a schema, with the config's templates and plugins, as it stands below `out`. */
export async function renderFiles(catalog: Catalog, schema: Schema, config: Config, folder: string, out: string): Promise<OutputFile[]> {
  const render = await createRenderer(config.templates === undefined ? undefined : resolve(folder, config.templates));
  const input = { catalog, schema, moduleSpecifier: moduleSpecifier(folder, out) };
  return complete(pluggedFiles(emit({ ...input, ...kyselyCodegen(config) }, render), input, config), render);
}

function kyselyCodegen({ tables }: Config) {
  if (tables === undefined || tables === 'rowsmith') return {};
  return { tables: typeof tables === 'string' ? { format: tables } : tables };
}

