import { posix } from 'node:path';
import type { SourceText } from '../../declared.js';
import { isLeftOut } from './program-code.js';

/** The declaration of a module, which may be a file of its own, with the attributes before it. */
const moduleItem = /((?:#\s*\[[^\]]*\]\s*)*)(?:pub(?:\s*\([^)]*\))?\s+)?\bmod\s+(?:r#)?(\w+)\s*[;{]/g;

/** A module that a file declares. */
export interface ModuleItem {
  readonly declarer: SourceText;
  /** The path of the module without `.rs`: `src/db/tasks` of `mod tasks;` in `src/db.rs` or in `src/db/mod.rs`. */
  readonly place: string;
  readonly isLeftOut: boolean;
}

/** The modules that a file declares. */
export function modulesIn(declarer: SourceText): readonly ModuleItem[] {
  // Once for all of them: a file may declare 20,000.
  const folders = moduleFolders(declarer);
  return [...declarer.text.matchAll(moduleItem)].flatMap(([, attributes = '', name = '']) =>
    placesOfModule(declarer.file, folders, attributes, name).map((place) => ({
      declarer,
      place,
      isLeftOut: (attributes.match(/#\s*\[[^\]]*\]/g) ?? []).some(isLeftOut),
    })),
  );
}

function placesOfModule(file: string, folders: readonly string[], attributes: string, name: string): readonly string[] {
  const [, path] = /\bpath\s*=\s*"([^"]*)\.rs"/.exec(attributes) ?? [];
  return path === undefined
    ? folders.map((folder) => `${folder}${name}`)
    : [posix.join(posix.dirname(file), path.replace(/\/mod$/, ''))];
}

/** A `main` that is no method and in no module: that of a program. */
const main = /^(?:[^\s/].*[;}\]][ \t]*)?(?:pub\s+)?(?:async\s+)?fn\s+main\s*\(/m;

/** Whether a file is the root of a crate, by its name or because it has the `main` of a `[[bin]]`. */
export function isRoot({ file, text }: SourceText): boolean {
  return /(?:^|\/)(?:lib|main|build)\.rs$|(?:^|\/)(?:bin|examples|benches)\//.test(file) || main.test(text);
}

/**
 * The folders that may have the files of a file's modules: `src/db/` of `src/db.rs` and of `src/db/mod.rs`. Those of a
 * root are beside it, as `src/tasks.rs` is beside the `src/server.rs` of a `[[bin]]`.
 */
export function moduleFolders({ file, text }: SourceText): readonly string[] {
  const own = file.replace(/\.rs$/, '/');
  const folder = file.replace(/[^/]*$/, '');
  if (/(?:^|\/)(?:lib|main|mod)\.rs$/.test(file)) return [folder];
  return main.test(text) ? [folder, own] : [own];
}
