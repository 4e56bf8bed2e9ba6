import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './types/run.js';

/**
 * Packages that are measured beside rowsmith, pinned so that results stay comparable. kysely-codegen needs the API of
 * `typescript`.
 */
export const peerPackages = ['kysely-codegen@0.20.0', 'kysely@0.28.18', 'pg@8.23.1', 'typescript@5.9.3'];

/**
 * Installs packages into a folder of their own in the cache, unless they are there already, and returns the folder.
 * They are no dependencies, since only measurements need them.
 */
export function installed(name: string, packages: readonly string[]): string {
  const folder = join(root, 'node_modules/.cache/rowsmith-bench', name);
  const list = join(folder, 'installed.json');
  const wanted = JSON.stringify(packages);
  if (existsSync(list) && readFileSync(list, 'utf8') === wanted) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  const { status, error, stdout, stderr } = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages],
    { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (status !== 0)
    throw new Error(`npm install ${packages.join(' ')} failed: ${error?.message ?? ''}${stderr}${stdout}`);
  writeFileSync(list, wanted);
  return folder;
}

/** Paths of the Node programs that are measured, by release line: `20`. */
export function installedNodes(versions: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const platform = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const lines = Object.entries(versions);
  const folder = installed(
    'nodes',
    lines.map(([line, version]) => `node-${line}@npm:${platform}@${version}`),
  );
  return new Map(
    lines.map(([line]) => [
      line,
      join(folder, 'node_modules', `node-${line}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    ]),
  );
}
