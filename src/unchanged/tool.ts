import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digest } from '../digest.js';
import { toolVersion } from './tool-version.js';

/** Packages that have a say in the output. */
const packages = ['@electric-sql/pglite', 'pluralize'];

/**
 * Names the very tool that runs: its version, its own build and templates by their times, which a working copy changes without a new
 * version, the packages that it works with, and Node, which evaluates configs.
 */
export function toolIdentity(): string {
  const own = fileURLToPath(new URL('.', import.meta.url));
  const root = join(own, '../..');
  const templates = join(root, 'templates');
  const files = [join(own, '../index.js'), ...readdirSync(templates).map((name) => join(templates, name)), ...packages.map((name) => manifestOf(name, root))];
  return digest([toolVersion(), process.version, ...files.map((file) => `${file} ${statSync(file, { throwIfNoEntry: false })?.ctimeMs}`)].join('\n'));
}

/** Installed below this package, or beside it. */
function manifestOf(name: string, from: string): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'node_modules', name, 'package.json');
    if (statSync(manifest, { throwIfNoEntry: false })) return manifest;
  }
  return name;
}
