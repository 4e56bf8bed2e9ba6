import type { TypeNames } from '../typescript.js';

/** What is imported of a module: the name that it gets, how the import line has it, and whether it is used as a type alone. */
interface Imported {
  readonly local: string;
  readonly text: string;
  typeOnly: boolean;
}

/** The import lines of one module, and the names under which it knows what it imports. */
export class Imports {
  private readonly locals = new Set<string>();
  private readonly modules = new Map<string, Map<string, Imported>>();
  private fromUsers = false;

  /** `own` are the names that the module declares itself: an import that is called like one, or like another import, gets another local name. */
  constructor(
    private readonly own: ReadonlySet<string>,
    /** What module names begin with, in the order of the lines; others come last. */
    private readonly order: readonly string[],
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
    const modules = Array.from(this.modules.keys(), (module) => ({ module, rank: this.order.findIndex((start) => module.startsWith(start)) >>> 0 }));
    modules.sort((a, b) => a.rank - b.rank || (a.module < b.module ? -1 : 1));
    return modules.map(({ module }) => importLine(module, Array.from(this.modules.get(module)?.values() ?? [])));
  }

  /** How types are named: those that `types.ts` declares are imported from `types`, those of a user's modules from where `specifier` finds them. */
  typeNames(types: string, specifier: (module: string) => string): TypeNames {
    return { shared: (name) => this.type(types, name), imported: (module, name) => this.type(this.users(specifier(module)), name) };
  }

  /** Notes that a module is a user's, and gives it back. */
  users(module: string): string {
    this.fromUsers = true;
    return module;
  }

  /**
   * Whether the compiler may leave the file unchecked: no module of a user's is imported, so that nothing can be wrong by one. What
   * kysely lacks is reported in `runtime/`, which is always checked.
   */
  get noCheck(): boolean {
    return !this.fromUsers;
  }

  private add(module: string, name: string, typeOnly: boolean): string {
    let names = this.modules.get(module);
    if (!names) this.modules.set(module, (names = new Map()));
    const known = names.get(name);
    if (known) {
      known.typeOnly &&= typeOnly;
      return known.local;
    }
    const local = this.freeName(name, typeOnly ? 'Type' : 'Value');
    names.set(name, { local, text: local === name ? name : `${name} as ${local}`, typeOnly });
    return local;
  }

  private freeName(name: string, suffix: string): string {
    const base = this.own.has(name) ? `${name}${suffix}` : name;
    let local = base;
    for (let number = 2; this.locals.has(local) || this.own.has(local); number++) local = `${base}${number}`;
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
