import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageFile } from '../package-file.js';
import { toolVersion } from './tool-version.js';

/** The package that has a say in the output and is not part of the build. */
const engine = '@electric-sql/pglite';

/**
 * Names the very tool that runs: its version, its own build and templates by their times, which a working copy changes without a new
 * version, the engine that it works with, and Node, which evaluates configs.
 */
export function toolIdentity(): string {
  const root = packageFile('');
  const templates = join(root, 'templates');
  const files = [join(root, 'dist/index.js'), ...readdirSync(templates).map((name) => join(templates, name)), manifestOf(engine, root)];
  return [toolVersion(), process.version, ...files.map((file) => `${file} ${statSync(file, { throwIfNoEntry: false })?.ctimeMs}`)].join('\n');
}

/** Installed below this package, or beside it. */
function manifestOf(name: string, from: string): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'node_modules', name, 'package.json');
    if (statSync(manifest, { throwIfNoEntry: false })) return manifest;
  }
  return name;
}
