import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** An absolute path from one below the repository's root. */
export function repositoryPath(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** The SQL of a dump for `pg`, which knows no psql commands. */
export function readSql(path: string): string {
  return readFileSync(repositoryPath(path), 'utf8').replace(/^\\.*$/gm, '');
}
