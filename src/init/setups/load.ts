import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson } from '../../config/jsonc.js';
import { importDefault } from '../../config/load.js';
import type { Project } from '../project.js';

/** A tool's config, and the file that it stands in; where it cannot be read, the reason. */
export type LoadedSetup =
  | { readonly from: string; readonly value: object }
  | { readonly from: string; readonly problem: string };

/** Loads the first of these files that the project has. A module is run, as the tool itself would run it. */
export async function loadSetup(
  { folder }: Project,
  names: readonly string[],
  otherwise?: (path: string) => unknown,
): Promise<LoadedSetup | undefined> {
  const from = names.find((name) => existsSync(join(folder, name)));
  if (from === undefined) return undefined;
  try {
    const value = await readValue(join(folder, from), otherwise);
    if (typeof value === 'object' && value !== null) return { from, value };
    return { from, problem: 'it does not contain an object' };
  } catch (error) {
    return { from, problem: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '' };
  }
}

async function readValue(path: string, otherwise: ((path: string) => unknown) | undefined): Promise<unknown> {
  if (/\.[cm]?[jt]s$/.test(path)) {
    const value = await importDefault(path);
    return typeof value === 'object' && value !== null && 'default' in value ? value.default : value;
  }
  const text = await readFile(path, 'utf8');
  try {
    return parseJson(text);
  } catch (error) {
    if (otherwise && !path.endsWith('.json')) return otherwise(path);
    throw error;
  }
}
