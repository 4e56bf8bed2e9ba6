#!/usr/bin/env node
import module from 'node:module';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.js';

// A URL with a password among the arguments should not stand in every list of processes.
process.title = 'rowsmith';

const args = process.argv.slice(2);
// Stack traces name lines of `src/`: of modules that are loaded from here on.
if (args.includes('--verbose')) process.setSourceMapsEnabled(true);
// What Node compiles from here on it keeps, where it can (from 22.8 on).
const { enableCompileCache } = module as { readonly enableCompileCache?: (folder: string) => unknown };
enableCompileCache?.(join(cacheFolder(import.meta.dirname), 'compiled'));

const { exitWith2WhenUncaught } = await import('./uncaught.js');
exitWith2WhenUncaught(args);
const { run } = await import('./run.js');
process.exitCode = await run(args);
