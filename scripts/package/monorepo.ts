import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, root, run, scratch } from './scratch.js';

const quiet = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_ISOLATE_PLUGINS: 'false', CI: '1' };

/** A copy of the example in which the archive is installed. */
export function monorepo(archive: string): string {
  const folder = join(scratch, 'monorepo');
  cpSync(join(root, 'examples/monorepo'), folder, { recursive: true, filter: (path) => !/(^|\/)(node_modules|generated|dist|\.turbo|\.nx)$/.test(path.slice(root.length)) });
  const manifest = join(folder, 'package.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"rowsmith": "[^"]+"/, `"rowsmith": "file:${archive}"`));
  install(folder);
  return folder;
}

/** A miss, a hit that brings back what is gone, and after a change of the schema a miss again. */
export function cachedByTurbo(folder: string): void {
  expectCached(turbo(folder), 0);
  rmSync(join(folder, 'packages/db/generated'), { recursive: true });
  expectCached(turbo(folder), 3);
  const written = join(folder, 'packages/db/generated/shop/models/order.ts');
  if (!readFileSync(written, 'utf8').includes("status: 'open' | 'paid' | 'sent'")) throw new Error('The cache did not bring the models back.');
  run('npm', ['start', '--silent', '--workspace', 'apps/shop'], folder);
  appendFileSync(join(folder, 'packages/db/schema/001_shop.sql'), 'ALTER TABLE orders ADD COLUMN note text;\n');
  expectCached(turbo(folder), 0);
  if (!readFileSync(written, 'utf8').includes('note: string | null;')) throw new Error('The change of the schema is not in the models.');
}

/** The same with Nx, of the generation alone. */
export function cachedByNx(folder: string): void {
  const hit = /local cache|existing outputs match the cache/;
  if (hit.test(nx(folder))) throw new Error('Nx had cached what it never ran.');
  rmSync(join(folder, 'packages/db/generated'), { recursive: true });
  if (!hit.test(nx(folder))) throw new Error('Nx did not take the models from its cache.');
  appendFileSync(join(folder, 'packages/db/schema/001_shop.sql'), 'ALTER TABLE orders ADD COLUMN remark text;\n');
  if (hit.test(nx(folder))) throw new Error('Nx missed a change of the schema.');
}

const turbo = (folder: string) => run(join(folder, 'node_modules/.bin/turbo'), ['run', 'build', '--no-daemon'], folder, quiet);
const nx = (folder: string) => run(join(folder, 'node_modules/.bin/nx'), ['run', '@example/db:generate'], folder, quiet);

function expectCached(output: string, tasks: number): void {
  const [, cached] = /Cached: +(\d+) cached, 3 total/.exec(output) ?? [];
  if (cached !== String(tasks)) throw new Error(`Expected ${tasks} of 3 tasks from the cache:\n${output}`);
}
