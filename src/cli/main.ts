#!/usr/bin/env node
import module from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.js';

// A URL with a password among the arguments should not stand in every list of processes.
process.title = 'rowsmith';

const args = process.argv.slice(2);
// Stack traces name lines of `src/`: of modules that are loaded from here on.
if (args.includes('--verbose')) process.setSourceMapsEnabled(true);
// From 22.8 on, Node stores what it compiles, for the next run: of modules that are loaded from here on.
const { enableCompileCache } = module as { readonly enableCompileCache?: (folder: string) => unknown };
enableCompileCache?.(join(cacheFolder(import.meta.dirname), 'compiled'));

const { reportError } = await import('./report-error.js');

/**
 * Ends the process with exit code 2 where something fails that nobody waits for, such as a timer that a config has set.
 * Node's own code would be 1, which means "stale".
 */
function endWith2(error: unknown): never {
  process.stderr.write(reportError(error, args.includes('--verbose')));
  process.exit(2);
}
process.on('uncaughtException', endWith2);
process.on('unhandledRejection', endWith2);

const { run } = await import('./run.js');
process.exitCode = await run(args);
