import module from 'node:module';
import { answerUnchanged } from './unchanged.js';

interface Finished {
  /** 0 clean, 1 stale, drift or breaking, 2 whatever kept the question from being answered. */
  readonly exitCode: number;
  /** Names runs that need the same code; undefined where nothing can be said of the next run. */
  readonly kind?: string;
}

const commands = ['init', 'generate', 'check', 'diff', 'drift', 'docs'];

/** Runs a command line. */
export async function run(args: readonly string[]): Promise<Finished> {
  const [command = ''] = args;
  if (await answerUnchanged(args)) return { exitCode: 0, kind: `unchanged ${command}` };
  // Packages stay outside of the chunks; what Node compiled of them it keeps itself, from 22.8 on.
  (module as { readonly enableCompileCache?: () => void }).enableCompileCache?.();
  const { runCommand } = await import('./run-command.js');
  const exitCode = await runCommand(args);
  return { exitCode, ...(exitCode < 2 && commands.includes(command) ? { kind: command } : {}) };
}
