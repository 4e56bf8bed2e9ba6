import type { SourceText, Unread } from '../../declared.js';
import { groupBy } from '../../group.js';
import { crateFolder } from './crates.js';
import { isLeftOut } from './program-code.js';

/** The declaration of a module, which may be a file of its own, with the attributes before it. */
const moduleItem = /((?:#\s*\[[^\]]*\]\s*)*)(?:pub(?:\s*\([^)]*\))?\s+)?\bmod\s+(?:r#)?(\w+)\s*[;{]/g;

interface ModuleItem {
  /** The path of the module without `.rs`: `src/db/tasks` of `mod tasks;` in `src/db.rs` or in `src/db/mod.rs`. */
  readonly place: string;
  readonly isLeftOut: boolean;
}

/** The files of the program, and those that are none of it although they are beside its files. */
export interface ProgramFiles {
  readonly files: readonly SourceText[];
  readonly unread: readonly Unread[];
}

/**
 * The files that are compiled into the program. Left out are those whose modules are only compiled for tests or for
 * another database, the folder `tests` beside the `src` of a crate, and files that no module declares.
 */
export function filesOfProgram(given: readonly SourceText[]): ProgramFiles {
  const items = given.flatMap(modulesIn);
  const leftOut = [...groupBy(items, ({ place }) => place)].flatMap(([place, all]) =>
    all.every((one) => one.isLeftOut) ? [place] : [],
  );
  const crates = new Set(given.filter(({ file }) => /(?:^|\/)src\//.test(file)).map(({ file }) => crateFolder(file)));
  const isForTests = (file: string) => crates.has(/^((?:.*\/)?)tests\//.exec(file)?.[1] ?? '-');
  const own = given.filter(
    ({ file }) => !isForTests(file) && !leftOut.some((place) => file === `${place}.rs` || file.startsWith(`${place}/`)),
  );
  const files = own.filter(declaredIn(own, items));
  const compiled = new Set(files);
  return {
    files,
    unread: own
      .filter((one) => !compiled.has(one))
      .map(({ file }) => ({
        name: file,
        file,
        line: 1,
        reason: 'no module declares the file, so that it is not compiled',
        broken: false,
      })),
  };
}

function modulesIn({ file, text }: SourceText): readonly ModuleItem[] {
  return [...text.matchAll(moduleItem)].map(([, attributes = '', name = '']) => ({
    place: placeOfModule(file, attributes, name),
    isLeftOut: (attributes.match(/#\s*\[[^\]]*\]/g) ?? []).some(isLeftOut),
  }));
}

function placeOfModule(file: string, attributes: string, name: string): string {
  const [, path] = /\bpath\s*=\s*"([^"]*)\.rs"/.exec(attributes) ?? [];
  return path === undefined ? `${moduleFolder(file)}${name}` : file.replace(/[^/]*$/, path);
}

/** The folder with the files of a file's modules. */
function moduleFolder(file: string): string {
  return file.replace(/\.rs$/, '/').replace(/(?<=^|\/)(?:lib|main|mod)\/$/, '');
}

/**
 * Tells whether a module declares a file. It does if the file that would have to is not given, or mentions its name,
 * which it may hand to a macro, or includes files in a way that names none.
 */
function declaredIn(files: readonly SourceText[], items: readonly ModuleItem[]): (file: SourceText) => boolean {
  const places = new Set(items.map(({ place }) => place));
  const parents = groupBy(files, ({ file }) => moduleFolder(file));
  return ({ file }) => {
    const place = file.replace(/(?:\/mod)?\.rs$/, '');
    const folder = place.replace(/[^/]*$/, '');
    const given = (parents.get(folder) ?? []).filter((one) => one.file !== file);
    const name = new RegExp(String.raw`\b${place.slice(folder.length).replace(/\W/g, '.')}\b`);
    const mentions = ({ text }: SourceText) => name.test(text) || hidden.test(text);
    const isRoot = /(?:^|\/)(?:lib|main|build)\.rs$|(?:^|\/)(?:bin|examples|benches)\//.test(file);
    return isRoot || given.length === 0 || places.has(place) || given.some(mentions);
  };
}

/** What may declare modules without naming them: `automod::dir!`, `include!`, a path. */
const hidden = /\b(?:automod|include\w*)\b|\bpath\s*=/;
