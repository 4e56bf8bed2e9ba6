import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config/config.js';
import { outputsOf } from '../config/projects.js';
import type { Source } from '../config/source.js';
import { sourceOf } from '../pipeline/source.js';

/**
 * The paths that the config names as its source, its templates and its queries, with all relevant paths below them.
 * They need not exist.
 */
export function pathsOf(config: Config, folder: string): readonly string[] {
  const { templates } = config;
  const queries = outputsOf(config)
    .flatMap((output) => output.queries ?? [])
    .map(folderOfGlob);
  const paths = [...sourcePaths(sourceOf(config, folder)), ...(templates === undefined ? [] : [templates]), ...queries];
  return [...new Set(paths.flatMap((path) => contentsOf(resolve(folder, path))))];
}

/** The folder below which a pattern matches; a path without wildcards is returned unchanged. */
function folderOfGlob(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex((part) => /[*?{}()[\]!]/.test(part));
  return first < 0 ? pattern : parts.slice(0, first).join('/');
}

function sourcePaths(source: Source): readonly string[] {
  if ('sql' in source) return [source.sql, source.stubs ?? []].flat();
  if ('migrations' in source) return [source.migrations];
  return 'catalog' in source ? [source.catalog] : [];
}

/**
 * A path with all relevant paths below it: in a folder, the SQL files, templates and programs, the journal in which
 * Drizzle keeps their order, and the same in each subfolder.
 */
function contentsOf(path: string): string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).filter(
    ({ name }) => !name.startsWith('.') && name !== 'node_modules',
  );
  const counts = (name: string) => /\.(sql|hbs|[cm]?[jt]s)$/i.test(name) || name === '_journal.json';
  const inside = entries.filter((entry) => entry.isDirectory() || counts(entry.name));
  return [path, ...inside.flatMap(({ name }) => contentsOf(join(path, name)))];
}
