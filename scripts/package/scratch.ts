import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A folder outside the repository, so that nothing from the repository is found by accident. */
export const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'rowsmith-package-')));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** Runs a program and returns its output. Throws, with the output, unless it exits with 0. */
export function run(
  command: string,
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  if (status === 0) return stdout;
  throw new Error(
    `${[command, ...args].join(' ')} exited with ${status}\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`,
  );
}

/** Runs a program that communicates with this process meanwhile, and returns its output. */
export async function runBeside(
  command: string,
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  }).catch((error: Error & { stdout?: string; stderr?: string }) => {
    throw new Error(`${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
  });
  return stdout;
}

/** Creates a project with these files and with these packages installed. No install script runs. */
export function project(
  name: string,
  packages: readonly string[],
  files: Readonly<Record<string, string>> = {},
): string {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries({ 'package.json': '{ "private": true }', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  install(folder, packages);
  return folder;
}

export function install(folder: string, packages: readonly string[] = []): void {
  run('npm', ['install', ...packages, '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], folder);
}

/** Packs the built repository with `npm pack`, and returns the path of the archive. */
export function pack(): string {
  run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', scratch], root);
  return join(scratch, readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '');
}
