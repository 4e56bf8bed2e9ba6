import type { Catalog } from '../catalog/catalog.js';
import type { Config } from '../config/config.js';
import { header, isBelowOutput, isGenerated, type OutputFile } from '../emit/output-file.js';
import type { Render } from '../emit/render.js';
import { RowsmithError } from '../errors.js';
import type { Schema } from '../model/model.js';
import { manifestPath } from '../output/manifest.js';
import type { Plugin, PluginInput } from '../plugins/plugin.js';

/** The catalog after the config's plugins, for the next stage. */
export function pluggedCatalog(catalog: Catalog, { plugins = [] }: Config): Catalog {
  return plugins.reduce((given, plugin) => guarded(plugin, 'catalog', () => plugin.catalog?.(given) ?? given), catalog);
}

/** The schema of models after the config's plugins, for the next stage. */
export function pluggedSchema(schema: Schema, catalog: Catalog, { plugins = [] }: Config): Schema {
  return plugins.reduce(
    (given, plugin) => guarded(plugin, 'schema', () => plugin.schema?.(given, catalog) ?? given),
    schema,
  );
}

/**
 * The files after the config's plugins, for the next stage: each plugin with a `files` hook gets the complete list. If
 * none has such a hook, the files are still rendered one at a time.
 */
export function pluggedFiles(
  files: Iterable<OutputFile>,
  input: PluginInput,
  { plugins = [] }: Config,
  render: Render,
): Iterable<OutputFile> {
  if (!plugins.some((plugin) => plugin.files)) return files;
  let given: readonly OutputFile[] = [...files];
  for (const plugin of plugins) given = guarded(plugin, 'files', () => plugin.files?.(given, input) ?? given);
  return checkedFiles(given, render);
}

/** Checks the files that plugins returned: every file must have a path of its own and say that it is generated. */
function* checkedFiles(files: readonly OutputFile[], render: Render): Generator<OutputFile> {
  const taken = new Set([manifestPath]);
  for (const { path, text } of files) {
    if (!isBelowOutput(path)) {
      throw pluginFailed(
        `"${path}" is not a path below the output folder.`,
        'Plugins name their files like "zod/task.ts".',
      );
    }
    if (taken.has(path)) {
      throw pluginFailed(`Two files are called ${path}.`, 'A plugin that replaces a file must leave out the original.');
    }
    taken.add(path);
    yield { path, text: isGenerated(text) ? text : withHeader(path, text, render) };
  }
}

function withHeader(path: string, text: string, render: Render): string {
  if (path.endsWith('.ts')) return `${render('header', header)}\n${text}`;
  const problem = `${path} is not marked as generated, so the next run would take it for a hand-written file.`;
  throw pluginFailed(problem, 'Put generatedNotice from rowsmith/plugin into its first lines.');
}

const pluginFailed = (message: string, hint: string, options?: ErrorOptions) =>
  new RowsmithError('plugin-failed', message, hint, options);

function guarded<Value>({ name }: Plugin, hook: string, run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof RowsmithError) throw error;
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw pluginFailed(`The plugin ${name} failed at "${hook}": ${reason}`, 'Run with --verbose to see where.', {
      cause: error,
    });
  }
}
