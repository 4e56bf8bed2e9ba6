import type { SourceText } from '../../declared.js';
import { append, groupBy } from '../../group.js';
import { crateFolder } from './crates.js';
import { isRoot, type ModuleItem, moduleFolders } from './modules.js';

/**
 * Tells which files a chain of modules leads to from the root of their crate. A file counts as one of them too if the
 * file that would have to declare it is not given, or mentions its name, which it may hand to a macro, or includes
 * files in a way that names none.
 */
export function compiledAmong(
  files: readonly SourceText[],
  items: readonly ModuleItem[],
): (file: SourceText) => boolean {
  const declarers = groupBy(items, ({ place }) => place);
  const parents = new Map<string, SourceText[]>();
  for (const file of files) for (const folder of moduleFolders(file)) append(parents, folder, file);
  const known = new Map<string, boolean>();

  const isCompiled = (file: SourceText) => isRoot(file) || isReached(file.file.replace(/(?:\/mod)?\.rs$/, ''));
  /** Whether a module is compiled, by its path without `.rs`. Modules that declare each other are not. */
  function isReached(place: string): boolean {
    const before = known.get(place);
    if (before !== undefined) return before;
    known.set(place, false);
    const reached = isDeclared(place);
    known.set(place, reached);
    return reached;
  }
  function isDeclared(place: string): boolean {
    const folder = place.replace(/[^/]*$/, '');
    const name = new RegExp(String.raw`\b${place.slice(folder.length).replace(/\W/g, '.')}\b`);
    const isOwn = ({ file }: SourceText) => file === `${place}.rs` || file === `${place}/mod.rs`;
    const given = (parents.get(folder) ?? []).filter((one) => !isOwn(one));
    const telling = [
      ...(declarers.get(place) ?? []).map(({ declarer }) => declarer),
      ...given.filter(({ text }) => name.test(text) || hidden.test(text)),
    ];
    if (telling.length > 0) return telling.some(isCompiled);
    if (given.length > 0) return false;
    // The module of the folder has no file, and then only a module around it can declare it.
    return folder.length <= `${crateFolder(folder)}src/`.length || isReached(folder.slice(0, -1));
  }
  return isCompiled;
}

/** Code that may declare modules without naming them: `automod::dir!`, `include!`, a path that is no literal. */
const hidden = /\bautomod\b|\binclude\s*!|#\s*\[\s*(?:cfg_attr\s*\([^\]]*,\s*)?path\s*=/;
