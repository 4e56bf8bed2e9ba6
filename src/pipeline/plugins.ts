import type { Catalog } from '../catalog/catalog.js';
import type { Config } from '../config/config.js';
import type { OutputFile } from '../emit/output-file.js';
import { RowsmithError } from '../errors.js';
import type { Schema } from '../model/model.js';
import type { Plugin, PluginInput } from '../plugins/plugin.js';

/** The catalog as the config's plugins give it to the next stage. */
export function pluggedCatalog(catalog: Catalog, { plugins = [] }: Config): Catalog {
  return plugins.reduce((given, plugin) => guarded(plugin, 'catalog', () => plugin.catalog?.(given) ?? given), catalog);
}

/** The schema of models as the config's plugins give it to the next stage. */
export function pluggedSchema(schema: Schema, catalog: Catalog, { plugins = [] }: Config): Schema {
  return plugins.reduce((given, plugin) => guarded(plugin, 'schema', () => plugin.schema?.(given, catalog) ?? given), schema);
}

/** The files as the config's plugins give them to the next stage: each that takes part gets the list of all. Undefined where none does. */
export function pluggedFiles(files: Iterable<OutputFile>, input: PluginInput, { plugins = [] }: Config): readonly OutputFile[] | undefined {
  if (!plugins.some((plugin) => plugin.files)) return undefined;
  return plugins.reduce<readonly OutputFile[]>((given, plugin) => guarded(plugin, 'files', () => plugin.files?.(given, input) ?? given), [...files]);
}

function guarded<Value>({ name }: Plugin, hook: string, run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof RowsmithError) throw error;
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new RowsmithError('plugin-failed', `The plugin ${name} failed at "${hook}": ${reason}`, 'Run with --verbose to see where.', { cause: error });
  }
}
