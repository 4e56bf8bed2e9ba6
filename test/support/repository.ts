import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The absolute path of a path in the repository. */
export function repositoryPath(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** The SQL of a dump for `pg`, which does not know psql commands. */
export function readSql(path: string): string {
  return readFileSync(repositoryPath(path), 'utf8').replace(/^\\.*$/gm, '');
}
