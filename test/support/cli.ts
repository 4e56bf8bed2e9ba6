import { spawnSync } from 'node:child_process';
import { repositoryPath } from './repository.js';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the built command line, or a copy of it, as users do: in a separate process, in a given folder, with a minimal
 * environment.
 */
export function rowsmith(
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
  main = repositoryPath('dist/cli/main.js'),
): CliResult {
  const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { cwd, env, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}
