import type { Catalog } from '../catalog/catalog.js';
import type { ModuleSpecifier } from '../emit/module-specifier.js';
import type { OutputFile } from '../emit/output-file.js';
import type { Schema } from '../model/model.js';

/**
 * Takes part in generation: plain data and functions, in the config under `plugins`. Each function is given what one stage made,
 * and gives what the next one gets; it changes nothing in place, and depends on its arguments alone, since a run that finds nothing
 * changed calls none of them. Plugins are called in the order of the config. What one throws is reported under its name.
 */
export interface Plugin {
  readonly name: string;
  /**
   * After the catalog was read and narrowed to what the config includes, before names and types are decided. The committed
   * `catalog.json` holds what it gives, and comes back when that is the source: given twice, it must give the same.
   */
  readonly catalog?: (catalog: Catalog) => Catalog;
  /** After names and types were decided, before anything is spelled. */
  readonly schema?: (schema: Schema, catalog: Catalog) => Schema;
  /**
   * After every file was rendered, before the folder is compared or written: other texts, more files, fewer. A `.ts` file without
   * the generated header gets it; one of another kind has to hold `generatedNotice` in its first lines.
   */
  readonly files?: (files: readonly OutputFile[], input: PluginInput) => readonly OutputFile[];
}

/** What files are made from. */
export interface PluginInput {
  readonly catalog: Catalog;
  readonly schema: Schema;
  /** How a file in a folder below the output folder names a module of the config's: `moduleSpecifier('./types', 'zod')`. */
  readonly moduleSpecifier: ModuleSpecifier;
}
