import { join, relative, resolve } from 'node:path';
import type { ImportStyle } from '../config/import-style.js';

/** How a generated file names a module of the user's: by its path from `folder`, below the output folder. */
export type ModuleSpecifier = (module: string, folder: string) => string;

/** The end of a generated module's name where another module imports it. */
export type ImportExtension = '.js' | '.ts' | '';

/** How modules are named in import lines. */
export interface ModuleNames {
  readonly moduleSpecifier: ModuleSpecifier;
  /** What stands behind the names of generated modules: `'./types' + extension`. */
  readonly extension: ImportExtension;
}

/** What the names of generated modules end in. */
export const extensionOf = (style: ImportStyle): ImportExtension => extensions[style];

const extensions: { readonly [Style in ImportStyle]: ImportExtension } = { js: '.js', ts: '.ts', none: '' };

/**
 * The names of modules in the style that the config asks for. Relative modules of the config are relative to its
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
 * What becomes of a path that the config may write with an extension or without. `js` names what the compiler will have
 * made of a file, `ts` the file that is there; where no extension stands, bundlers look for the file.
 */
const styled: { readonly [Style in ImportStyle]: (path: string) => string } = {
  js(path) {
    const compiled = path.replace(/\.([mc]?)tsx?$/, '.$1js');
    return /\.[mc]?js$/.test(compiled) ? compiled : `${compiled}.js`;
  },
  ts: (path) => (/\.[mc]?[jt]sx?$/.test(path) ? path : `${path}.ts`),
  none: (path) => path.replace(/\.[jt]sx?$/, '').replace(/\.([mc])ts$/, '.$1js'),
};

/** The name of a generated module as an import line has it; within rowsmith it ends in `.js`. */
export function importedAs(module: string, extension: ImportExtension): string {
  return module.startsWith('.') ? module.replace(/\.js$/, extension) : module;
}
