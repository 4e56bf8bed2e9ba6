import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './types/run.js';

/** What is measured beside rowsmith, pinned: a table of today has to mean the same tomorrow. `typescript` is for kysely-codegen, which needs its API. */
export const peerPackages = ['kysely-codegen@0.20.0', 'kysely@0.28.18', 'pg@8.23.1', 'typescript@5.9.3'];

/**
 * Installs packages into a folder of their own in the cache, unless just these are there, and gives the folder. They are no dependencies: who
 * does not measure never has them.
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

/** Programs of the Nodes that are measured, by their line. */
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
