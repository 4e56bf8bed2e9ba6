import module from 'node:module';
import { runPlain } from './plain.js';
import { reportError } from './report-error.js';

/** Exit codes: 0 clean, 1 stale, drift or breaking, 2 whatever kept the question from being answered. */
export async function runCommand(args: readonly string[]): Promise<number> {
  // Packages stay outside of the chunks: what Node compiled of them it keeps itself, from 22.8 on.
  (module as { readonly enableCompileCache?: () => void }).enableCompileCache?.();
  try {
    return (await runPlain(args)) ?? (await (await import('./yargs.js')).runYargs(args));
  } catch (error) {
    process.stderr.write(reportError(error, args.includes('--verbose')));
    return 2;
  }
}
