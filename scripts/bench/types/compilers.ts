import { join } from 'node:path';
import { run } from './run.js';

/** The compilers that generated code promises to pass, by their folders in node_modules. */
export const compilers = ['typescript', 'typescript-6', 'typescript-7'] as const;
export type Compiler = (typeof compilers)[number];

/** The compiler's own count of the seconds that it spent on checking. */
export function checkTime(compiler: Compiler, folder: string, program: string): number {
  const output = run([
    join('node_modules', compiler, 'bin/tsc'),
    '-p',
    join(folder, `${program}.json`),
    '--extendedDiagnostics',
  ]);
  const seconds = /Check time:\s+([\d.]+)s/.exec(output)?.[1];
  if (seconds === undefined) throw new Error(`${compiler} tells no check time:\n${output}`);
  return Number(seconds);
}
