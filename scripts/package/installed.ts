import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Installed {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly folder: string;
}

/** Every package below a project's node_modules. */
export function installed(project: string): readonly Installed[] {
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
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Partial<Installed>;
  return { name: name ?? '', version: version ?? '', license: license ?? 'none' };
}

/** On the disk, in MB: files take whole blocks of it. */
export function megabytes(folders: readonly string[]): number {
  const blocks = folders.flatMap((folder) => [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))]).reduce((sum, path) => sum + lstatSync(path).blocks, 0);
  return Math.round((blocks * 512) / 1e5) / 10;
}

/** What may be shipped to anybody who keeps the notices. */
const permissive = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'PostgreSQL', 'BlueOak-1.0.0']);

/** The packages whose licence asks for more, and those that are bundled without their notice. */
export function licenceProblems(project: string): readonly string[] {
  const packages = installed(project).filter(({ license }) => !permissive.has(license));
  const own = installed(project).find(({ name }) => name === 'rowsmith')?.folder ?? '';
  const bundled = readdirSync(join(own, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.c?js$/.test(name)).map((name) => readFileSync(join(own, 'dist', name), 'utf8'));
  const names = new Set(bundled.flatMap((text) => [...text.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(([, name = '']) => name)));
  const notices = new Map(readFileSync(join(own, 'dist/licences.txt'), 'utf8').split('\n---\n\n').map((notice) => [notice.slice(0, notice.indexOf(' ')), notice]));
  const silent = [...names].filter((name) => !/Copyright[^]*(Permission is hereby granted|Permission to use, copy, modify)/.test(notices.get(name) ?? ''));
  return [...packages.map(({ name, license }) => `${name}: ${license}`), ...silent.map((name) => `${name}: bundled without its notice`), ...(names.has('pg') ? [] : ['no package is found in the bundle']), ...(existsSync(join(own, 'LICENSE')) ? [] : [`no LICENSE in ${dirname(own)}`])];
}
