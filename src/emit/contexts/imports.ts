import { isUsed } from '../../model/reserved-names.js';
import { type ImportExtension, importedAs } from '../module-specifier.js';
import type { TypeNames } from '../typescript.js';

/** One imported name: `name as local` in the import line. */
interface Imported {
  readonly local: string;
  readonly text: string;
  /** It is used only as a type. */
  typeOnly: boolean;
}

/** The import lines of one module, and the local names of its imports. */
export class Imports {
  private readonly locals = new Set<string>();
  private readonly modules = new Map<string, Map<string, Imported>>();
  private readonly userModules = new Set<string>();

  constructor(
    /**
     * The names that the module declares itself. An import with one of these names, or with the name of another import,
     * gets a different local name.
     */
    private readonly own: ReadonlySet<string>,
    /** The prefixes of module names, in the order of the import lines; other modules come last. */
    private readonly order: readonly string[],
    /** The extension of generated modules in import lines; callers add them here under names that end in `.js`. */
    private readonly extension: ImportExtension = '.js',
  ) {}

  /** Imports a type; returns its local name. */
  type(module: string, name: string): string {
    return this.add(module, name, true);
  }

  /** Imports a value; returns its local name. */
  value(module: string, name: string): string {
    return this.add(module, name, false);
  }

  /** One line for each module. */
  lines(): string[] {
    const modules = [...this.modules].map(([module, names]) => ({ module, rank: this.rankOf(module), names }));
    modules.sort((a, b) => a.rank - b.rank || (a.module < b.module ? -1 : 1));
    return modules.map(({ module, names }) => importLine(this.specifierOf(module), [...names.values()]));
  }

  private specifierOf(module: string): string {
    return this.userModules.has(module) ? module : importedAs(module, this.extension);
  }

  private rankOf(module: string): number {
    const rank = this.order.findIndex((start) => module.startsWith(start));
    return rank < 0 ? this.order.length : rank;
  }

  /**
   * Names of types that are imported when they are first used: those that `types.ts` declares from `types`, those of
   * the user's modules from the path that `specifier` returns.
   */
  typeNames(types: string, specifier: (module: string) => string): TypeNames {
    return {
      declared: (name) => this.type(types, name),
      imported: (module, name) => this.type(this.users(specifier(module)), name),
    };
  }

  /** Marks a module as one of the user's, and returns it. */
  users(module: string): string {
    this.userModules.add(module);
    return module;
  }

  /** Whether the compiler may skip the file: it imports none of the user's modules, whose mistakes could show here. */
  get noCheck(): boolean {
    return this.userModules.size === 0;
  }

  private add(module: string, name: string, typeOnly: boolean): string {
    const names = this.modules.get(module) ?? new Map<string, Imported>();
    this.modules.set(module, names);
    const known = names.get(name);
    if (known) {
      known.typeOnly &&= typeOnly;
      return known.local;
    }
    const isTaken = this.own.has(name) || (this.userModules.has(module) && isUsed(name));
    const local = this.freeName(isTaken ? `${name}${typeOnly ? 'Type' : 'Value'}` : name);
    names.set(name, { local, text: local === name ? name : `${name} as ${local}`, typeOnly });
    return local;
  }

  private freeName(name: string): string {
    let local = name;
    for (let number = 2; this.locals.has(local) || this.own.has(local); number++) local = `${name}${number}`;
    this.locals.add(local);
    return local;
  }
}

function importLine(module: string, imported: Imported[]): string {
  if (imported.length > 1) imported.sort((a, b) => (a.text < b.text ? -1 : 1));
  const allTypes = imported.every(({ typeOnly }) => typeOnly);
  const list = imported.map(({ text, typeOnly }) => (typeOnly && !allTypes ? `type ${text}` : text)).join(', ');
  return `import ${allTypes ? 'type ' : ''}{ ${list} } from '${module}';`;
}
