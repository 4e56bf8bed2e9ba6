import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The layers that isolate the process of the embedded Postgres from the machine. All are on, except in tests that
 * remove some to show what the others prevent.
 */
export interface Layers {
  /** Node's permission model, an empty environment and no network. */
  readonly permission: boolean;
  /** No text is evaluated as code. */
  readonly evaluation: boolean;
  /** Libraries and files are checked in the functions that the server calls. */
  readonly host: boolean;
}

export const allLayers: Layers = { permission: true, evaluation: true, host: true };

/**
 * The server's maximum memory, in pages of 64 kB: 1 GiB. It starts with 128 MiB, and reports "out of memory" at the
 * limit.
 */
const mostPages = 16_384;

/**
 * The maximum size of JavaScript's heap in megabytes. It holds the reply to one request; the reply about 5,000 tables
 * takes a tenth of it.
 */
const mostHeap = 1024;

/**
 * The size of the stack in kilobytes, the same as a Node thread has by default. Deep queries are read by recursive
 * functions.
 */
const stack = 3900;

/** How the process of an embedded Postgres is started. */
export interface ProcessOptions {
  /** Whether V8 optimizes the server while it runs. */
  readonly isOptimized: boolean;
  /** Limit of processor time in seconds. */
  readonly seconds: number;
  readonly layers: Layers;
}

/**
 * The command that starts one of our programs with only the permissions that it needs. Folders in `readable` end with a
 * slash.
 */
export function commandFor(
  program: string,
  readable: readonly string[],
  { isOptimized, seconds, layers }: ProcessOptions,
): readonly [command: string, args: readonly string[]] {
  const flags = [
    '--no-warnings',
    `--wasm-max-mem-pages=${mostPages}`,
    `--max-old-space-size=${mostHeap}`,
    ...(process.platform === 'win32' ? [] : [`--stack-size=${stack}`]),
    ...(isOptimized ? [] : quick),
    ...(layers.permission ? [permission(), ...readable.map((path) => `--allow-fs-read=${path}`)] : []),
    ...(layers.evaluation ? ['--disallow-code-generation-from-strings'] : []),
  ];
  return limited(seconds, [process.execPath, ...flags, program, ...(layers.permission ? [] : ['--armed'])]);
}

/**
 * Flags that restrict V8 to its quick compiler for WebAssembly. Otherwise V8 would optimize the most frequently called
 * functions. One of them (100 kB of WebAssembly) takes half a second and 600 MB:
 * https://v8.dev/docs/wasm-compilation-pipeline
 */
const quick = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/**
 * The flag for Node's permission model. A version of Node knows one of two names, and refuses the other as a bad
 * option.
 */
function permission(): string {
  return process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
}

const shell = '/bin/sh';

/**
 * Adds a limit of processor time to a command. A process that is busy with a statement receives nothing, not even the
 * news that nobody waits for it any more, so the system ends it when its time is up.
 */
function limited(seconds: number, command: readonly [string, ...string[]]): readonly [string, readonly string[]] {
  if (process.platform === 'win32' || !existsSync(shell)) return [command[0], command.slice(1)];
  // If the system has a lower limit, that one applies.
  const script = 'ulimit -S -t "$1"; ulimit -S -c 0; shift; exec "$@"';
  return [shell, ['-c', script, 'rowsmith', String(Math.ceil(seconds)), ...command]];
}

/** The environment of the process: none of our variables, and its own working directory. */
export function environmentFor(
  program: string,
  { layers }: ProcessOptions,
): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
  const system = process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] } : {};
  return { cwd: dirname(program), env: layers.permission ? system : process.env };
}
