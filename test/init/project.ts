import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { repositoryPath } from '../support/repository.js';

export interface TestProject {
  readonly folder: string;
  readonly path: (name: string) => string;
  readonly read: (name: string) => string;
  readonly write: (name: string, text: string) => void;
}

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/**
 * A folder with these files that goes away with the last test of the file; below it are these packages, as npm puts
 * them there.
 */
export function project(files: Readonly<Record<string, string>>, packages: readonly string[] = []): TestProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rowsmith-init-')));
  folders.push(folder);
  const path = (name: string) => join(folder, name);
  const write = (name: string, text: string) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  for (const name of packages) {
    mkdirSync(dirname(path(`node_modules/${name}`)), { recursive: true });
    symlinkSync(
      name === 'rowsmith' ? repositoryPath('') : repositoryPath(`node_modules/${name}`),
      path(`node_modules/${name}`),
    );
  }
  return { folder, path, read: (name) => readFileSync(path(name), 'utf8'), write };
}
