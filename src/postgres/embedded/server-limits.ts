import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * What keeps the process of the embedded Postgres from the machine. All of it, but in tests, which take away layers
 * to show what the others hold.
 */
export interface Layers {
  /** Node's permission model, an empty environment, and no network. */
  readonly permission: boolean;
  /** No text becomes code. */
  readonly evaluation: boolean;
  /** Libraries and files are held at the functions that the server calls. */
  readonly host: boolean;
}

export const allLayers: Layers = { permission: true, evaluation: true, host: true };

/** Pages of 64 kB: 1 GiB for the server itself, which starts with 128 MiB and says "out of memory" at the end of it. */
const mostPages = 16_384;

/**
 * Megabytes of JavaScript's heap, which holds the answer to one question: that about 5,000 tables takes a tenth of
 * it.
 */
const mostHeap = 1024;

/** Kilobytes of stack: what a thread has in Node by itself. Deep queries are read by functions that call themselves. */
const stack = 3900;

export interface ProcessOptions {
  /** Lets V8 optimize the server while it runs. */
  readonly isOptimized: boolean;
  /** Seconds of processor time. */
  readonly seconds: number;
  readonly layers: Layers;
}

/** The command that starts a program of ours with nothing but what it may do. `readable` ends folders with a slash. */
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
 * V8's quick compiler for WebAssembly alone. It would otherwise optimize the functions that are called most, among
 * them one (100 kB of WebAssembly) for which it takes half a second and 600 MB:
 * https://v8.dev/docs/wasm-compilation-pipeline /
 */
const quick = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/** Versions of Node call it by one name, and refuse the other as a bad option. */
function permission(): string {
  return process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
}

const shell = '/bin/sh';

/**
 * A process that is busy in a statement hears nothing, not even that nobody waits for it any more: the system ends it
 * when its time is up.
 */
function limited(seconds: number, command: readonly [string, ...string[]]): readonly [string, readonly string[]] {
  if (process.platform === 'win32' || !existsSync(shell)) return [command[0], command.slice(1)];
  // Where a limit of the system is lower, that one holds.
  const script = 'ulimit -S -t "$1"; ulimit -S -c 0; shift; exec "$@"';
  return [shell, ['-c', script, 'rowsmith', String(Math.ceil(seconds)), ...command]];
}

/** Nothing of ours is passed on: no variable, and a working directory that is its own. */
export function environmentFor(
  program: string,
  { layers }: ProcessOptions,
): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
  const system = process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] } : {};
  return { cwd: dirname(program), env: layers.permission ? system : process.env };
}
