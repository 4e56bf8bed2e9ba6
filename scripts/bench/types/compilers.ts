import { join } from 'node:path';
import { run } from './run.js';

/** The compilers that generated code promises to pass, by their folders in node_modules. */
export const compilers = ['typescript', 'typescript-6', 'typescript-7'] as const;
export type Compiler = (typeof compilers)[number];

/** The compiler's own count of the seconds that it spent on checking. */
export const checkTime = (compiler: Compiler, folder: string, program: string) =>
  countedBy(compiler, folder, program)('Check time');

/** Its count of the seconds that it spent, with reading and binding the files, and of the types that it made. */
export function wholeCost(compiler: Compiler, folder: string, program: string) {
  const counted = countedBy(compiler, folder, program);
  return { seconds: counted('Total time'), types: counted('Types') };
}

function countedBy(compiler: Compiler, folder: string, program: string): (name: string) => number {
  const output = run([
    join('node_modules', compiler, 'bin/tsc'),
    '-p',
    join(folder, `${program}.json`),
    '--extendedDiagnostics',
  ]);
  return (name) => {
    const number = new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(output)?.[1];
    if (number === undefined) throw new Error(`${compiler} tells no ${name}:\n${output}`);
    return Number(number);
  };
}
