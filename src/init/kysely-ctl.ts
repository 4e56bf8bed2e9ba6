import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from './project.js';

/** Whether kysely-ctl migrates the database: by programs, not by SQL. Its config stands at the top, or in `.config`. */
export function usesKyselyCtl({ folder, manifest }: Project): boolean {
  const files = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].flatMap((extension) => [
    `kysely.config.${extension}`,
    `.config/kysely.config.${extension}`,
  ]);
  return (
    (manifest?.dependencies.includes('kysely-ctl') ?? false) || files.some((file) => existsSync(join(folder, file)))
  );
}
