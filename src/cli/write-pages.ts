import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RowsmithError } from '../errors.js';

/** First line of every page that `rowsmith docs --split` writes: only such files are replaced or removed. */
const mark = '<!-- rowsmith docs -->';

interface Page {
  readonly path: string;
  readonly text: string;
}

/** Writes pages into a folder, and removes those of models that are gone. Files of somebody else stay as they are. */
export function writePages(folder: string, pages: readonly Page[]): void {
  mkdirSync(join(folder, 'models'), { recursive: true });
  const there = ['', 'models/'].flatMap((place) => readdirSync(join(folder, place)).map((name) => `${place}${name}`));
  const found = there.filter((path) => path.endsWith('.md'));
  const own = found.filter((path) => readFileSync(join(folder, path), 'utf8').startsWith(mark));
  const foreign = pages.find(({ path }) => found.includes(path) && !own.includes(path));
  if (foreign)
    throw new RowsmithError(
      'file-not-generated',
      `${join(folder, foreign.path)} was not written by rowsmith docs.`,
      'Pass another folder with --out.',
    );
  const wanted = new Set(pages.map(({ path }) => path));
  for (const path of own) if (!wanted.has(path)) rmSync(join(folder, path));
  for (const { path, text } of pages) writeFileSync(join(folder, path), text);
}
