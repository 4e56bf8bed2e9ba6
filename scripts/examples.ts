/**
 * Generates the committed output of each example, or checks it:
 *
 *     npm run generate
 *     npm run check
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const [command = 'check'] = process.argv.slice(2);

let exitCode = 0;
for (const example of ['tasker', 'shop', 'service', 'recipes']) {
  const args = ['dist/cli/main.js', command, '--config', `examples/${example}/rowsmith.config.ts`];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  exitCode = Math.max(exitCode, status ?? 2);
}
process.exitCode = exitCode;
