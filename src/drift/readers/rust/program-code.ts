import type { Node } from 'web-tree-sitter';
import type { SourceText } from '../../declared.js';
import { groupBy } from '../../group.js';
import { truthOf } from './conditions.js';
import { crateFolder } from './crates.js';
import { databaseNamedIn } from './other-databases.js';
import { isPreamble } from './preamble.js';

/**
 * Which nodes of a file are of the program for PostgreSQL: those outside of `#[cfg(test)]`, `#[test]`,
 * `#[cfg(feature = "mysql")]`, and of functions and implementations whose heads name another driver. What tests make is
 * not what the program reads and writes, such as tables of an older schema, and who runs the tests sees what fails.
 */
export function ofProgram(root: Node): (node: Node) => boolean {
  const conditional = root.descendantsOfType('attribute_item').flatMap((attribute) => {
    const item = attribute && isLeftOut(attribute.text) ? itemAfter(attribute) : undefined;
    return item ?? [];
  });
  const foreign = root
    .descendantsOfType(['impl_item', 'function_item'])
    .flatMap((item) => (item && databaseNamedIn([headOf(item)]) !== undefined ? [item] : []));
  const ranges = [...conditional, ...foreign].map(({ startIndex, endIndex }) => ({ startIndex, endIndex }));
  return ({ startIndex: at }) => !ranges.some(({ startIndex, endIndex }) => startIndex <= at && at < endIndex);
}

/** Whether an attribute leaves what follows out of the program: `#[test]`, `#[cfg(feature = "mysql")]`. */
function isLeftOut(attribute: string): boolean {
  if (/^#\s*\[\s*(?:\w+\s*::\s*)*test\b/.test(attribute)) return true;
  const [, condition] = /^#\s*\[\s*cfg\s*\(([\s\S]*)\)\s*\]$/.exec(attribute) ?? [];
  return condition !== undefined && truthOf(condition) === false;
}

/** The item, field or statement that an attribute is for. */
function itemAfter(attribute: Node): Node | undefined {
  let node = attribute.nextNamedSibling;
  while (node && isPreamble(node)) node = node.nextNamedSibling;
  return node ?? undefined;
}

/** The text of an item before its body: `impl Store for Operations<SqliteConnection>`. */
function headOf(item: Node): string {
  const body = item.childForFieldName('body');
  return body ? item.text.slice(0, body.startIndex - item.startIndex) : item.text;
}

/** The declaration of a module that is a file of its own, with the attributes before it. */
const moduleFile = /((?:#\s*\[[^\]]*\]\s*)*)(?:pub(?:\s*\([^)]*\))?\s+)?\bmod\s+(\w+)\s*;/g;

/**
 * The files of the program: without those whose modules are only compiled for tests or for another database, and
 * without the folder `tests` beside the `src` of a crate.
 */
export function filesOfProgram(files: readonly SourceText[]): readonly SourceText[] {
  const declared = files.flatMap(({ file, text }) =>
    [...text.matchAll(moduleFile)].map(([, attributes = '', name = '']) => ({
      place: placeOfModule(file, attributes, name),
      isLeftOut: (attributes.match(/#\s*\[[^\]]*\]/g) ?? []).some(isLeftOut),
    })),
  );
  const leftOut = [...groupBy(declared, ({ place }) => place)].flatMap(([place, all]) =>
    all.every((one) => one.isLeftOut) ? [place] : [],
  );
  const crates = new Set(files.filter(({ file }) => /(?:^|\/)src\//.test(file)).map(({ file }) => crateFolder(file)));
  return files.filter(
    ({ file }) =>
      !leftOut.some((place) => file === `${place}.rs` || file.startsWith(`${place}/`)) &&
      !crates.has(/^((?:.*\/)?)tests\//.exec(file)?.[1] ?? '-'),
  );
}

/** The path of a module without `.rs`: `src/db/tasks` of `mod tasks;` in `src/db.rs` or in `src/db/mod.rs`. */
function placeOfModule(file: string, attributes: string, name: string): string {
  const [, path] = /\bpath\s*=\s*"([^"]*)\.rs"/.exec(attributes) ?? [];
  if (path !== undefined) return file.replace(/[^/]*$/, path);
  const folder = file.replace(/\.rs$/, '/').replace(/(?<=^|\/)(?:lib|main|mod)\/$/, '');
  return `${folder}${name}`;
}
