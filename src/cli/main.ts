#!/usr/bin/env node
import module from 'node:module';
import { toolVersion } from '../unchanged/tool.js';
import { answerUnchanged } from './unchanged.js';

// Node keeps what it compiled, from 22.8 on.
(module as { readonly enableCompileCache?: () => void }).enableCompileCache?.();

const args = process.argv.slice(2);
if (args.length === 1 && args[0] === '--version') process.stdout.write(`${toolVersion()}\n`);
else if (!(await answerUnchanged(args))) process.exitCode = await (await import('./command-line.js')).runCommand(args);
