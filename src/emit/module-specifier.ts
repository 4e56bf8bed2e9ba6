import { join, relative, resolve } from 'node:path';

/** How a generated file names a module of the user's: by its path from `folder`, below the output folder. */
export type ModuleSpecifier = (module: string, folder: string) => string;

/** Relative modules are relative to the config's folder; packages keep their names. `nodenext` wants an extension. */
export function moduleSpecifier(configFolder: string, out: string): ModuleSpecifier {
  return (module, folder) => {
    if (!module.startsWith('.')) return module;
    const path = relative(join(out, folder), resolve(configFolder, module)).replaceAll('\\', '/');
    const compiled = path.replace(/\.([mc]?)tsx?$/, '.$1js');
    const extended = /\.[mc]?js$/.test(compiled) ? compiled : `${compiled}.js`;
    return extended.startsWith('.') ? extended : `./${extended}`;
  };
}
