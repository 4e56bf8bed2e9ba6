import { posix } from 'node:path';
import type ts from '@typescript/typescript6';
import { type Import, importsOf } from './imports.js';
import { localType } from './local-types.js';
import type { Declaration, Names, TypeScript } from './shape.js';

/** Types of the language itself, which another file's type of the same name does not hide. */
const builtIn = new Set([
  'Array',
  'Date',
  'Map',
  'Omit',
  'Partial',
  'Pick',
  'Promise',
  'Readonly',
  'Record',
  'Required',
]);

/** Longest chain of re-exports that is followed. */
const longestChain = 16;

/** Files and what they declare. */
export interface Given {
  readonly sources: readonly ts.SourceFile[];
  readonly declarations: readonly Declaration[];
}

/** The names of the given files. Those of files that they import are found by the imports only. */
export function createNames(typescript: TypeScript, given: Given, imported: Given): Names {
  const sources = [...given.sources, ...imported.sources];
  const files = new Map(sources.map((source) => [source.fileName, importsOf(typescript, source)]));
  const own = byFile(typescript, [...given.declarations, ...imported.declarations]);
  const only = byUniqueName(given.declarations);
  const inGiven = fileFinder(given.sources.map(({ fileName }) => fileName));
  const inAll = fileFinder([...files.keys()]);
  const locate = (specifier: string, from: string) => inGiven(specifier, from) ?? inAll(specifier, from);

  function find(name: string, at: ts.Node): Declaration | undefined {
    const { fileName } = at.getSourceFile();
    if (localType(typescript, name, at)) return undefined;
    const declared = own.get(fileName)?.get(name);
    if (declared) return declared;
    const [first = name, ...rest] = name.split('.');
    const imported = files.get(fileName)?.imported.get(first);
    if (!imported) return builtIn.has(name) ? undefined : only.get(name);
    const inside = rest.length > 0 || imported.name === '*' ? follow(within(imported, rest), fileName, 0) : undefined;
    if (inside || imported.name === '*') return inside;
    const whole = follow(imported, fileName, 0);
    // `Task.State` of `interface Task` is in a namespace of that name, and not the interface.
    const isType =
      whole && (typescript.isInterfaceDeclaration(whole.node) || typescript.isTypeAliasDeclaration(whole.node));
    return rest.length > 0 && isType ? undefined : whole;
  }

  /** The declaration that an import brings, through the files that export it again. */
  function follow(imported: Import, file: string, length: number): Declaration | undefined {
    const target = locate(imported.from, file);
    if (target !== undefined) return exportedBy(target, imported.name, length);
    return imported.from.startsWith('.') ? undefined : ofPackage(imported);
  }

  function exportedBy(file: string, name: string, length: number): Declaration | undefined {
    const declared = own.get(file)?.get(name);
    const imports = files.get(file);
    if (declared || !imports || length > longestChain) return declared;
    if (name === 'default' && imports.byDefault !== undefined) return exportedBy(file, imports.byDefault, length + 1);
    const [first = name, ...rest] = name.split('.');
    const again = imports.exported.get(first) ?? imports.imported.get(first);
    if (again) return follow(within(again, rest), file, length + 1);
    for (const from of imports.wholes) {
      const target = locate(from, file);
      const whole = target === undefined ? undefined : exportedBy(target, name, length + 1);
      if (whole) return whole;
    }
    return undefined;
  }

  /**
   * What a package or an alias of a path exports, where only one of the given files has the name: `@acme/rows` in
   * `packages/rows/src/user.ts`, `#db/rows` in `database/rows.ts`, `@entities` in `src/core/entities/user.ts`.
   */
  function ofPackage({ from, name }: Import): Declaration | undefined {
    const declared = only.get(name);
    const last = (from.split('/').at(-1) ?? from).replace(/^[@#~]/, '');
    return declared && stemOf(declared.file).split('/').includes(stemOf(last)) ? declared : undefined;
  }

  const importedFrom = (name: string, at: ts.Node) => files.get(at.getSourceFile().fileName)?.imported.get(name)?.from;
  const moduleOf = (name: string, at: ts.Node) => {
    const from = importedFrom(name, at);
    return from === undefined ? undefined : locate(from, at.getSourceFile().fileName);
  };
  return { find, importedFrom, moduleOf };
}

/** What is inside of an import: `State` of `import * as Task`, `Task.State` of `import { Task }`. */
function within(imported: Import, rest: readonly string[]): Import {
  return { ...imported, name: [...(imported.name === '*' ? [] : [imported.name]), ...rest].join('.') };
}

/** Finds the given file that a specifier names: one beside the importing file, or one at the end of an alias's path. */
function fileFinder(files: readonly string[]): (specifier: string, from: string) => string | undefined {
  const byStem = new Map(files.map((file) => [stemOf(file), file]));
  const at = (path: string): string | undefined => byStem.get(path) ?? byStem.get(posix.join(path, 'index'));
  return (specifier, from) => {
    const written = stemOf(specifier);
    if (written.startsWith('.')) return at(posix.join(posix.dirname(from), written));
    // `src/rows` and `@/rows` are paths of a project; `pg` and `@scope/name` may be packages.
    const path = written.replace(/^(?:[@~#$]*[\w-]*\/)/, '');
    if (path === written || /^@[\w-]+\/[\w.-]+$/.test(written)) return undefined;
    for (const end of [path, ...sourcesOf(written)]) {
      const ending = files.filter((file) => [end, `${end}/index`].some((one) => isEnding(stemOf(file), one)));
      if (ending.length === 1) return ending[0];
    }
    return undefined;
  };
}

/** Paths that an alias of a package may stand for: `@acme/server/data/rows` is `server/src/data/rows`. */
function sourcesOf(specifier: string): readonly string[] {
  const [, name, rest] = /^@[\w-]+\/([\w.-]+)\/(.+)$/.exec(specifier) ?? [];
  return name === undefined || rest === undefined ? [] : [`${name}/src/${rest}`, `src/${rest}`];
}

const isEnding = (path: string, end: string): boolean => path === end || path.endsWith(`/${end}`);

/** A path without the ending of code: `./rows.js` → `./rows`. */
const stemOf = (path: string): string => path.replace(/\.(?:d\.)?[cm]?[jt]sx?$/, '');

function byFile(
  typescript: TypeScript,
  found: readonly Declaration[],
): ReadonlyMap<string, ReadonlyMap<string, Declaration>> {
  const files = new Map<string, Map<string, Declaration>>();
  for (const declaration of found) {
    const names = files.get(declaration.file) ?? new Map<string, Declaration>();
    files.set(declaration.file, names);
    // An interface and a class may merge, and the first counts.
    for (const name of [declaration.name, qualified(typescript, declaration)])
      if (!names.has(name)) names.set(name, declaration);
    if (isDefault(typescript, declaration.node)) names.set('default', declaration);
  }
  return files;
}

/** A declaration's name with those of the namespaces around it: `Task.State`. */
function qualified(typescript: TypeScript, { name, node }: Declaration): string {
  const names = [name];
  for (let at: ts.Node = node; at; at = at.parent) if (typescript.isModuleDeclaration(at)) names.unshift(at.name.text);
  return names.join('.');
}

function isDefault(typescript: TypeScript, node: ts.Node): boolean {
  const modifiers = typescript.canHaveModifiers(node) ? (typescript.getModifiers(node) ?? []) : [];
  return modifiers.some(({ kind }) => kind === typescript.SyntaxKind.DefaultKeyword);
}

/** Declarations by name. A name that two files declare is left out: nobody knows which is meant without an import. */
function byUniqueName(found: readonly Declaration[]): ReadonlyMap<string, Declaration> {
  const names = new Map<string, Declaration>();
  const twice = new Set<string>();
  for (const declaration of found) {
    const first = names.get(declaration.name);
    if (!first) names.set(declaration.name, declaration);
    else if (first.file !== declaration.file) twice.add(declaration.name);
  }
  for (const name of twice) names.delete(name);
  return names;
}
