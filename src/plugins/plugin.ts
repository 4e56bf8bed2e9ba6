import type { Catalog } from '../catalog/catalog.js';
import type { ModuleNames } from '../emit/module-specifier.js';
import type { OutputFile } from '../emit/output-file.js';
import type { Schema } from '../model/model.js';

/**
 * A plugin: plain data and functions that take part in generation, listed in the config under `plugins`. Each function
 * receives what one stage produced and returns what the next one gets. It must not change its arguments, and must
 * depend on nothing else: `check` calls it as `generate` does, and both call it in every run. Plugins are called in the
 * order of the config. If one throws, the error is reported under its name.
 *
 * ```ts
 * const tableNames: Plugin = {
 *   name: 'table names',
 *   files: (files, { schema }) => {
 *     const names = schema.relations.map(({ key }) => stringLiteral(key));
 *     const text = `export const tableNames = [${names.join(', ')}] as const;\n`;
 *     return [...files, { path: 'table-names.ts', text }];
 *   },
 * };
 * ```
 */
export interface Plugin {
  /** The plugin's name, which messages about its failures use. */
  readonly name: string;
  /**
   * Receives the catalog after it was read and narrowed to what the config includes, before names and types are
   * decided. The committed `catalog.json` holds its result. If that file is the source, the function receives its own
   * result and must change nothing more.
   */
  readonly catalog?: (catalog: Catalog) => Catalog;
  /** Receives the models after names and types were decided, before anything is spelled. */
  readonly schema?: (schema: Schema, catalog: Catalog) => Schema;
  /**
   * Receives the files after they were rendered, before the folder is compared or written. It may return other texts,
   * more files, or fewer. A `.ts` file without the generated header gets one; any other file must contain
   * `generatedNotice` in its first lines.
   */
  readonly files?: (files: readonly OutputFile[], input: PluginInput) => readonly OutputFile[];
}

/**
 * What the files were made from, and how their import lines name modules. In a file of the folder `zod`, a module of
 * the config is `moduleSpecifier('./types', 'zod')`, and a generated one is `'../types' + extension`.
 */
export interface PluginInput extends ModuleNames {
  readonly catalog: Catalog;
  readonly schema: Schema;
}
