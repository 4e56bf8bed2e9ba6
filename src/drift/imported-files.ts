import { existsSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { SourceText } from './declared.js';
import { inBatches, readOne, shown } from './files.js';
import { languages } from './languages/languages.js';

/** The most imports between a model's file and one that is read, and the most files. */
const longestChain = 4;
const mostFiles = 2000;

/**
 * The files of the project that models import, and those that these import. They explain what models are made of, such
 * as `pgSchema('app')` in `../helpers.ts`, and have no models themselves. A file that cannot be read explains nothing.
 */
export async function importedFiles(files: readonly SourceText[], folder: string): Promise<readonly SourceText[]> {
  const seen = new Set(files.map(({ file }) => resolve(folder, file)));
  const found: SourceText[] = [];
  let latest = files;
  for (let step = 0; step < longestChain; step++) {
    const paths = [...new Set(latest.flatMap((file) => targetsOf(file, folder)))].filter((path) => !seen.has(path));
    for (const path of paths) seen.add(path);
    const read = await inBatches(paths.slice(0, mostFiles - found.length), (path) =>
      readOne(path, shown(folder, path)),
    );
    latest = read.flatMap((one) => ('text' in one ? [one] : []));
    found.push(...latest);
  }
  return found;
}

function targetsOf({ file, text }: SourceText, folder: string): readonly string[] {
  const language = languages.find(({ extensions }) => extensions.includes(extname(file)));
  const from = dirname(resolve(folder, file));
  return (language?.imports?.(text) ?? []).flatMap(({ path, isRelative, candidates }) => {
    const bases = isRelative ? [from] : packageFolders(from);
    return bases.flatMap((base) => candidates.map((end) => join(base, `${path}${end}`))).find(existsSync) ?? [];
  });
}

/** The folders that a path without dots may start from: those up to the package's, and `src` in them. */
function packageFolders(folder: string): readonly string[] {
  const above = dirname(folder);
  const own = [folder, join(folder, 'src')];
  return existsSync(join(folder, 'package.json')) || above === folder ? own : [...own, ...packageFolders(above)];
}
