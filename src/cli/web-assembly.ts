import { setFlag } from './v8.js';

/** Below so many characters of SQL V8 takes longer to optimize the embedded Postgres than the result then saves. */
const little = 150_000;

/**
 * Lets V8 run the embedded Postgres as its quick compiler for WebAssembly made it, where there is little SQL: it would otherwise optimize
 * the functions that are called most, among them one (100 kB of WebAssembly) for which it takes half a second and 600 MB, and the
 * process does not end before that is done. V8 reads both flags when it makes a module: https://v8.dev/docs/wasm-compilation-pipeline
 */
export function optimizeOnlyFor(characters: number): void {
  setFlag('wasm-tier-up', characters >= little);
  setFlag('wasm-dynamic-tiering', characters >= little);
}
