import { join, relative, resolve } from 'node:path';
import type { ImportStyle } from '../config/import-style.js';

/** How a generated file names one of the user's modules: by its path from `folder`, below the output folder. */
export type ModuleSpecifier = (module: string, folder: string) => string;

/** The extension of a generated module's name in import lines. */
export type ImportExtension = '.js' | '.ts' | '';

/** How modules are named in import lines. */
export interface ModuleNames {
  readonly moduleSpecifier: ModuleSpecifier;
  /** What follows the names of generated modules: `'./types' + extension`. */
  readonly extension: ImportExtension;
}

/** The extension of generated modules' names in an import style. */
export const extensionOf = (style: ImportStyle): ImportExtension => extensions[style];

const extensions: { readonly [Style in ImportStyle]: ImportExtension } = { js: '.js', ts: '.ts', none: '' };

/**
 * The names of modules in the style that the config requests. Relative modules of the config are relative to its
 * folder; packages keep their names.
 */
export function moduleNames(style: ImportStyle, configFolder: string, out: string): ModuleNames {
  return {
    extension: extensionOf(style),
    moduleSpecifier(module, folder) {
      if (!module.startsWith('.')) return module;
      const path = relative(join(out, folder), resolve(configFolder, module)).replaceAll('\\', '/');
      const specifier = styled[style](path);
      return specifier.startsWith('.') ? specifier : `./${specifier}`;
    },
  };
}

/**
 * Applies a style to a path that the config may write with or without an extension. `js` names the file that the
 * compiler will produce, `ts` the source file; without an extension, bundlers look for the file.
 */
const styled: { readonly [Style in ImportStyle]: (path: string) => string } = {
  js(path) {
    const compiled = path.replace(/\.([mc]?)tsx?$/, '.$1js');
    return /\.[mc]?js$/.test(compiled) ? compiled : `${compiled}.js`;
  },
  ts: (path) => (/\.[mc]?[jt]sx?$/.test(path) ? path : `${path}.ts`),
  none: (path) => path.replace(/\.[jt]sx?$/, '').replace(/\.([mc])ts$/, '.$1js'),
};

/** The name of a generated module in an import line; within rowsmith it ends in `.js`. */
export function importedAs(module: string, extension: ImportExtension): string {
  return module.startsWith('.') ? module.replace(/\.js$/, extension) : module;
}
