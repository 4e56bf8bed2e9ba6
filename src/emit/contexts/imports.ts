/** The import lines of one module, and the names under which it knows what it imports. */
export class Imports {
  private readonly modules = new Map<string, Map<string, { readonly local: string; readonly typeOnly: boolean }>>();

  /** `own` are the names that the module declares itself: an import that is called like one gets another local name. */
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
    const rank = (module: string) => this.order.findIndex((start) => module.startsWith(start)) >>> 0;
    const modules = [...this.modules].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
    return modules.map(([module, names]) => {
      const imported = [...names].map(([name, { local, typeOnly }]) => ({ text: local === name ? name : `${name} as ${local}`, typeOnly }));
      imported.sort((a, b) => (a.text < b.text ? -1 : 1));
      const allTypes = imported.every(({ typeOnly }) => typeOnly);
      const list = imported.map(({ text, typeOnly }) => (typeOnly && !allTypes ? `type ${text}` : text)).join(', ');
      return `import ${allTypes ? 'type ' : ''}{ ${list} } from '${module}';`;
    });
  }

  private add(module: string, name: string, typeOnly: boolean): string {
    const names = this.modules.get(module) ?? new Map<string, { local: string; typeOnly: boolean }>();
    this.modules.set(module, names);
    const local = this.own.has(name) ? `${name}Type` : name;
    names.set(name, { local, typeOnly: typeOnly && (names.get(name)?.typeOnly ?? true) });
    return local;
  }
}
