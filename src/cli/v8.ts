/** The newest V8 whose flags are known: a newer one would print that it does not know one. */
const newest = 14;

/** The flags that are set here, as V8 has them by itself. */
const defaults = { 'expose-gc': false, 'wasm-tier-up': true, 'wasm-dynamic-tiering': true, 'semi-space-growth-factor': 2, 'parallel-scavenge': true, turbofan: true, maglev: true };

/** V8 has Maglev by itself from 13 on, where there is one for the processor: https://v8.dev/blog/maglev. Before, TurboFan is all there is. */
const needsMaglev: readonly string[] = ['turbofan', 'maglev'];
const hasMaglev = (version: number) => version >= 13 && ['x64', 'arm64'].includes(process.arch);

/** Tells V8 how to work, where it is known how it can be told. */
export function setFlag<F extends keyof typeof defaults>(flag: F, value: (typeof defaults)[F]): void {
  const version = Number.parseInt(process.versions.v8, 10);
  if (version > newest || (needsMaglev.includes(flag) && !hasMaglev(version))) return;
  process.getBuiltinModule('node:v8').setFlagsFromString(typeof value === 'boolean' ? `--${value ? '' : 'no-'}${flag}` : `--${flag}=${value}`);
}

/** V8 marks what it compiled with all of its flags, and takes it under the same ones only. */
export function restoreFlags(): void {
  for (const flag of Object.keys(defaults) as (keyof typeof defaults)[]) setFlag(flag, defaults[flag]);
}
