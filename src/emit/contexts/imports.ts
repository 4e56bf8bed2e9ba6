import { isUsed } from '../../model/reserved-names.js';
import { type ImportExtension, importedAs } from '../module-specifier.js';
import type { TypeNames } from '../typescript.js';

/** One name that is imported: `name as local` in the import line. */
interface Imported {
  readonly local: string;
  readonly text: string;
  /** It is used as a type alone. */
  typeOnly: boolean;
}

/** The import lines of one module, and the names under which it knows what it imports. */
export class Imports {
  private readonly locals = new Set<string>();
  private readonly modules = new Map<string, Map<string, Imported>>();
  private readonly userModules = new Set<string>();

  constructor(
    /**
     * The names that the module declares itself. An import that is called like one of them, or like another import,
     * gets another local name.
     */
    private readonly own: ReadonlySet<string>,
    /** The beginnings of module names, in the order of the import lines; modules with others come last. */
    private readonly order: readonly string[],
    /** What generated modules end in where they are imported; they are added here under names that end in `.js`. */
    private readonly extension: ImportExtension = '.js',
  ) {}

  /** Imports a type; gives its local name. */
  type(module: string, name: string): string {
    return this.add(module, name, true);
  }

  /** Imports a value. */
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
   * The names of types, which are imported when they are asked for: those that `types.ts` declares from `types`, those
   * of a user's modules from where `specifier` finds them.
   */
  typeNames(types: string, specifier: (module: string) => string): TypeNames {
    return {
      declared: (name) => this.type(types, name),
      imported: (module, name) => this.type(this.users(specifier(module)), name),
    };
  }

  /** Notes that a module is a user's, and gives it back. */
  users(module: string): string {
    this.userModules.add(module);
    return module;
  }

  /**
   * Whether the compiler may leave the file unchecked: it imports no module of the user's, so that no mistake there can
   * show here. What kysely lacks is reported in `runtime/`, which is always checked.
   */
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
