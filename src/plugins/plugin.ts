import type { Catalog } from '../catalog/catalog.js';
import type { ModuleNames } from '../emit/module-specifier.js';
import type { OutputFile } from '../emit/output-file.js';
import type { Schema } from '../model/model.js';

/**
 * A plugin: plain data and functions that take part in generation, listed in the config under `plugins`. Each function
 * is given what one stage made, and gives what the next one gets. It changes nothing in place and depends on its
 * arguments alone: `check` calls it as `generate` does, and both call it in every run. Plugins are called in the order
 * of the config; what one throws is reported under its name.
 *
 * ```ts
 * const tableNames: Plugin = {
 *   name: 'table names',
 *   files: (files, { schema }) => {
 *     const names = schema.relations.map(({ key }) => stringLiteral(key));
 *     return [...files, { path: 'table-names.ts', text: `export const tableNames = [${names.join(', ')}] as const;\n`
 * }];
 *   },
 * };
 * ```
 */
export interface Plugin {
  readonly name: string;
  /**
   * Called when the catalog was read and narrowed to what the config includes, before names and types are decided. The
   * committed `catalog.json` holds what it gives. When that file is the source, the function gets its own result: it
   * must then change nothing more.
   */
  readonly catalog?: (catalog: Catalog) => Catalog;
  /** Called when names and types were decided, before anything is spelled. */
  readonly schema?: (schema: Schema, catalog: Catalog) => Schema;
  /**
   * Called when every file was rendered, before the folder is compared or written: it may give other texts, more files,
   * or fewer. A `.ts` file without the generated header gets it; a file of another kind has to hold `generatedNotice`
   * in its first lines.
   */
  readonly files?: (files: readonly OutputFile[], input: PluginInput) => readonly OutputFile[];
}

/**
 * What the files were made from, and how their import lines name modules: one of the config's is
 * `moduleSpecifier('./types', 'zod')` in a file of the folder `zod`, and a generated one `'../types' + extension`.
 */
export interface PluginInput extends ModuleNames {
  readonly catalog: Catalog;
  readonly schema: Schema;
}
