import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Installed {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly folder: string;
}

/** Every package in a project's node_modules. */
function installed(project: string): readonly Installed[] {
  const found: Installed[] = [];
  const visit = (modules: string): void => {
    if (!existsSync(modules)) return;
    for (const name of readdirSync(modules).filter((entry) => !entry.startsWith('.'))) {
      const folder = join(modules, name);
      if (name.startsWith('@')) visit(folder);
      else if (existsSync(join(folder, 'package.json'))) {
        found.push({ ...readManifest(folder), folder });
        visit(join(folder, 'node_modules'));
      }
    }
  };
  visit(join(project, 'node_modules'));
  return found;
}

function readManifest(folder: string): Omit<Installed, 'folder'> {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as Partial<Installed>;
  return { name: name ?? '', version: version ?? '', license: license ?? 'none' };
}

/** The number of packages in a project, and their size on disk in MB. Files occupy whole blocks. */
export function weigh(project: string): { readonly packages: number; readonly megabytes: number } {
  return { packages: installed(project).length, megabytes: megabytes([join(project, 'node_modules')]) };
}

function megabytes(folders: readonly string[]): number {
  const blocks = folders
    .flatMap((folder) => [
      folder,
      ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    ])
    .reduce((sum, path) => sum + lstatSync(path).blocks, 0);
  return Math.round((blocks * 512) / 1e5) / 10;
}

/** Licences that require only that their notice is kept. */
const permissive = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'PostgreSQL',
  'BlueOak-1.0.0',
]);

/** Packages whose licence requires more than that. */
export function licenceProblems(project: string): readonly string[] {
  const all = installed(project);
  const own = all.find(({ name }) => name === 'rowsmith')?.folder ?? '';
  const unusual = all
    .filter(({ license }) => !permissive.has(license))
    .map(({ name, license }) => `${name}: ${license}`);
  return [...unusual, ...(existsSync(join(own, 'LICENSE')) ? [] : [`no LICENSE in ${own}`])];
}
