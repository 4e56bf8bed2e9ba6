#!/usr/bin/env node
import module from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.js';

// Hides a URL with a password among the arguments from lists of processes.
process.title = 'rowsmith';

const args = process.argv.slice(2);
// Makes stack traces name lines of `src/`, but only for modules that are loaded after this.
if (args.includes('--verbose')) process.setSourceMapsEnabled(true);
// Since 22.8, Node stores compiled code for the next run, but only of modules that are loaded after this.
const { enableCompileCache } = module as { readonly enableCompileCache?: (folder: string) => unknown };
enableCompileCache?.(join(cacheFolder(import.meta.dirname), 'compiled'));

const { reportError } = await import('./report-error.js');

/**
 * Ends the process with exit code 2 if something fails that nobody awaits, such as a timer that a config has set. Node
 * itself would exit with 1, which means "stale".
 */
function endWith2(error: unknown): never {
  process.stderr.write(reportError(error, args.includes('--verbose')));
  process.exit(2);
}
process.on('uncaughtException', endWith2);
process.on('unhandledRejection', endWith2);

const { run } = await import('./run.js');
process.exitCode = await run(args);
