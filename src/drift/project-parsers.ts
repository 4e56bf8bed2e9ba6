import { existsSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { Declared, DeclaredParser, SourceText } from './declared.js';
import { inBatches, readOne } from './files.js';
import type { Language } from './languages/language.js';
import { languages } from './languages/languages.js';
import { matchFiles } from './walk.js';

/**
 * Adds the parsers that the project gives its driver in files without models: the entry of a program often has
 * `types.setTypeParser(…)`. Only the packages that the models are in are searched, and those of the repository that
 * these depend on, because another program has a driver of its own. Files whose text contains no such call are not
 * parsed.
 */
export async function withProjectParsers(
  declared: Declared,
  given: readonly SourceText[],
  folder: string,
): Promise<Declared> {
  const known = new Set(given.map(({ file }) => resolve(folder, file)));
  const used = languages.filter(({ extensions }) => given.some(({ file }) => extensions.includes(extname(file))));
  const own = new Set([...known].map((file) => packageOf(file, resolve(folder))));
  const packages = new Set([...own, ...(await workspacePackages(own, resolve(folder)))]);
  const found: DeclaredParser[] = [];
  for (const language of used) for (const one of packages) found.push(...(await parsersOf(language, known, one)));
  return { ...declared, parsers: [...(declared.parsers ?? []), ...found] };
}

/** The nearest folder above a file that has a package.json; `folder` is as far as anybody looks. */
function packageOf(file: string, folder: string): string {
  for (let place = dirname(file); place.startsWith(folder) && place !== folder; place = dirname(place))
    if (existsSync(join(place, 'package.json'))) return place;
  return folder;
}

/** The folders of the packages of the repository that packages depend on: `"@acme/backend": "workspace:*"`. */
async function workspacePackages(packages: ReadonlySet<string>, folder: string): Promise<readonly string[]> {
  const needed = new Set((await Promise.all([...packages].map(manifestOf))).flatMap(({ needs }) => needs));
  if (needed.size === 0) return [];
  const places = (await matchFiles('**/package.json', folder, { skipsUnreadable: true })).map(dirname);
  const all = await inBatches(places, async (place) => ({ place, ...(await manifestOf(place)) }));
  return all.flatMap(({ place, name }) => (name !== undefined && needed.has(name) ? [place] : []));
}

/** The name of a package, and the packages that it depends on; nothing for a manifest that cannot be read. */
async function manifestOf(place: string): Promise<{ readonly name?: string; readonly needs: readonly string[] }> {
  const path = join(place, 'package.json');
  const file = existsSync(path) ? await readOne(path, path) : undefined;
  if (!file || !('text' in file)) return { needs: [] };
  try {
    const { name, dependencies } = JSON.parse(file.text) as { name?: unknown; dependencies?: unknown };
    const needs = typeof dependencies === 'object' && dependencies ? Object.keys(dependencies) : [];
    return { ...(typeof name === 'string' ? { name } : {}), needs };
  } catch {
    return { needs: [] };
  }
}

async function parsersOf(
  { parsers, loadReader }: Language,
  known: ReadonlySet<string>,
  folder: string,
): Promise<readonly DeclaredParser[]> {
  if (!parsers || !loadReader) return [];
  const paths = await matchFiles(`**/*{${parsers.extensions.join(',')}}`, folder, { skipsUnreadable: true });
  const telling: SourceText[] = [];
  for (const path of paths.filter((one) => !known.has(one))) {
    const file = await readOne(path, path);
    if ('text' in file && parsers.text.test(file.text)) telling.push(file);
  }
  return telling.length === 0 ? [] : ((await loadReader()).parsersIn?.(telling) ?? []);
}
