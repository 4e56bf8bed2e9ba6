import { resolve } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import type { Config } from '../config/config.js';
import { emit } from '../emit/artefacts.js';
import { moduleSpecifier } from '../emit/module-specifier.js';
import type { OutputFile } from '../emit/output-file.js';
import { createRenderer } from '../emit/render.js';
import type { Schema } from '../model/model.js';

/** Every file for a schema, with the config's templates, as it stands below `out`. */
export function renderFiles(catalog: Catalog, schema: Schema, { templates }: Config, folder: string, out: string): OutputFile[] {
  return emit({ catalog, schema, moduleSpecifier: moduleSpecifier(folder, out) }, createRenderer(templates === undefined ? undefined : resolve(folder, templates)));
}
