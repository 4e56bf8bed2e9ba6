import { realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { readScript } from './script.js';

/** A part of a file: its own lines, or those of a file that it includes. */
export interface Part {
  readonly path: string;
  readonly text: string;
}

/** The maximum depth of includes. */
const deepest = 20;

/**
 * The parts of a file that includes others by `\i` and `\ir`, in the order in which they run. Only files below `root`,
 * the folder that the user named, are included. Any other command is kept, and refused later. Lines keep their numbers.
 */
export async function partsOf(
  { path, text }: Part,
  root: string,
  read: (path: string) => Promise<string>,
  depth = 0,
): Promise<readonly Part[]> {
  const lines = text.split('\n');
  const parts: Part[] = [];
  let from = 0;
  for (const { name, arguments: given, line } of readScript(text).metaCommands) {
    const file = /^(i|ir|include|include_relative)$/.test(name)
      ? await includedFile(path, name, given, root)
      : undefined;
    if (file === undefined || depth >= deepest) continue;
    parts.push({ path, text: numbered(lines, from, line - 1) });
    parts.push(...(await partsOf({ path: file, text: await read(file) }, root, read, depth + 1)));
    from = line;
  }
  return [...parts, { path, text: from === 0 ? text : numbered(lines, from, lines.length) }];
}

/** Lines of a file, preceded by an empty line for each line before them. */
const numbered = (lines: readonly string[], from: number, to: number) =>
  [...lines.slice(0, from).map(() => ''), ...lines.slice(from, to)].join('\n');

/**
 * The file that a command includes, if it is below the root. `\ir` looks in the file's folder, `\i` in the root and
 * then in the file's folder.
 */
async function includedFile(path: string, name: string, given: string, root: string): Promise<string | undefined> {
  const bare = given.replace(/^'(.*)'$|^"(.*)"$/, '$1$2');
  const places = name === 'ir' || name === 'include_relative' ? [dirname(path)] : [root, dirname(path)];
  for (const place of places) {
    const file = join(place, bare);
    const real = await realpath(file).catch(() => undefined);
    if (real !== undefined && !/^\.\.(?:[\\/]|$)/.test(relative(await realpath(root), real))) return file;
  }
  return undefined;
}
