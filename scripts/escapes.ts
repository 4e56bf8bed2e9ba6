/**
 * Tries every escape from the embedded Postgres (`test/support/escapes.ts`) on each supported Node: with all layers of
 * protection, with each layer alone, and with none. Prints a table of what each escape reached, and exits with 1 if one
 * reached anything although a layer was on.
 *
 *     npm run escapes
 *     npm run escapes -- 24
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { escapes } from '../test/support/escapes.js';
import { Machine } from '../test/support/escaping.js';
import { installedNodes } from './bench/installed.js';

const versions = { 20: '20.19.0', 22: '22.20.0', 24: '24.10.0' };
const none = { permission: false, evaluation: false, host: false };
const layers = {
  all: { permission: true, evaluation: true, host: true },
  permission: { ...none, permission: true },
  evaluation: { ...none, evaluation: true },
  host: { ...none, host: true },
  none,
};

/** Prints a line for each escape, on the Node that runs this program. */
async function tryAll(): Promise<void> {
  const machine = new Machine();
  await machine.prepare();
  for (const way of escapes) {
    const cells: string[] = [];
    for (const [name, chosen] of Object.entries(layers)) {
      const { got } = await machine.attempt(way, chosen);
      if (got.length > 0 && name !== 'none') process.exitCode = 1;
      cells.push(got.length === 0 ? 'held' : got.join(', '));
    }
    console.log(`| ${[way.name, ...cells].join(' | ')} |`);
  }
  machine.close();
}

function tryOn(node: string): boolean {
  console.log(
    `\n| Way on Node ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()} | ${Object.keys(layers).join(' | ')} |\n|${' --- |'.repeat(1 + Object.keys(layers).length)}`,
  );
  const jiti = fileURLToPath(new URL('../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url));
  return spawnSync(node, [jiti, fileURLToPath(import.meta.url), '--here'], { stdio: 'inherit' }).status === 0;
}

if (process.argv.includes('--here')) await tryAll();
else {
  const wanted = Object.entries(versions).filter(([line]) => process.argv.length < 3 || process.argv.includes(line));
  const held = [...installedNodes(Object.fromEntries(wanted)).values()].map(tryOn);
  process.exitCode = held.every(Boolean) ? 0 : 1;
}
