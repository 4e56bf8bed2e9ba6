import { resolve } from 'node:path';
import { RowsmithError } from '../errors.js';
import type { Source } from './config.js';

/** A source as people type it: a database URL, SQL files or folders, or a catalog. Paths start from the folder. */
export function parseSource(given: readonly string[], folder: string = process.cwd()): Source {
  const [first = ''] = given;
  // Anything with a scheme is meant as a URL: taken for a path, it would be printed with its password.
  const urls = given.filter((source) => /^[a-z][a-z0-9+.-]*:\/\/|^postgres(ql)?:/i.test(source));
  if (urls.length > 0 && given.length > 1) throw new RowsmithError('source-missing', 'A database URL stands alone.', 'Give one --source, or several SQL files.');
  if (urls.length > 0) return { url: first };
  if (given.length === 1 && first.endsWith('.json')) return { catalog: resolve(folder, first) };
  return { sql: given.map((path) => resolve(folder, path)) };
}
