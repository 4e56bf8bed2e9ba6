import { createHash } from 'node:crypto';

/** The parts of `WebAssembly` that are used here. Its type declarations come only with those of browsers. */
interface Wasm {
  readonly Module: {
    new (source: Source): WasmModule;
    exports(module: WasmModule): readonly { readonly name: string }[];
  };
  instantiate(source: Source | WasmModule, imports: Imports | undefined): Promise<{ readonly module: WasmModule }>;
}
/** Compiled code. Only its constructor is examined. */
interface WasmModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}
type Source = ArrayBuffer | ArrayBufferView;
type Imports = Readonly<Record<string, unknown>>;

const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly;

/**
 * Control over every WebAssembly module that is compiled in this process. Emscripten's dynamic loader compiles any file
 * that it is told to open, and evaluates the text of exports with certain names, all before Postgres sees the file. So
 * a library is identified by its digest, not its path: once sealed, only libraries that came with the packages are
 * compiled.
 */
export interface HeldModules {
  /** From now on, allows only these libraries and trampolines to be compiled. */
  seal(libraries: Iterable<Uint8Array>): void;
}

/** Replaces the functions of `WebAssembly` that create a module. Called before PGlite is loaded. */
export function holdModules(): HeldModules {
  let allowed: ReadonlySet<string> | undefined;
  const { Module, instantiate } = wasm;
  const isModule = (source: Source | WasmModule): source is WasmModule => source instanceof Module;
  const admit = (source: Source) => {
    const bytes = bytesOf(source);
    if (allowed && !isTrampoline(bytes) && !allowed.has(digestOf(bytes)))
      throw refused('it did not come with PGlite or one of its extensions');
  };
  const compiled = (source: Source) => {
    admit(source);
    const module = new Module(source);
    refuseEvaluation(module);
    return module;
  };
  const held = {
    Module: new Proxy(Module, { construct: (_target, [source]: [Source]) => compiled(source) }),
    async instantiate(source: Source | WasmModule, imports?: Imports) {
      if (isModule(source)) return instantiate(source, holdSockets(imports));
      admit(source);
      const made = await instantiate(source, holdSockets(imports));
      refuseEvaluation(made.module);
      return made;
    },
    ...Object.fromEntries(
      ['compile', 'compileStreaming', 'instantiateStreaming'].map((name) => [
        name,
        () => Promise.reject(refused('not this way')),
      ]),
    ),
  };
  for (const [name, value] of Object.entries(held))
    Object.defineProperty(wasm, name, { value, writable: false, configurable: false });
  return {
    seal(libraries) {
      allowed = new Set(Array.from(libraries, digestOf));
    },
  };
}

/** Names of exports whose text Emscripten evaluates: functions written in JavaScript within C. */
const evaluated = /^__(em_js|em_asm|em_lib_deps|start_em_asm|stop_em_asm)/;

/** Refuses a module with exports whose text would be evaluated. */
export function refuseEvaluation(module: WasmModule): void {
  const found = wasm.Module.exports(module).find(({ name }) => evaluated.test(name));
  if (found) throw refused(`its export ${found.name} asks for evaluation`);
}

/**
 * The system calls with which WebAssembly reaches a socket. Postgres needs none of them here.
 * https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#errno
 */
const socketCalls = ['socket', 'connect', 'bind', 'listen', 'accept4', 'sendto', 'recvfrom'].map(
  (name) => `__syscall_${name}`,
);
const accessDenied = 2;

/** Disables the socket calls in a module's imports. The imports are one object, which side modules use too. */
function holdSockets(imports: Imports | undefined): Imports | undefined {
  const functions = imports?.['env'] as Record<string, unknown> | undefined;
  for (const name of socketCalls) if (typeof functions?.[name] === 'function') functions[name] = () => -accessDenied;
  return imports;
}

/**
 * The sections of a trampoline: types, imports and exports. With them a module calls an imported function under another
 * type.
 */
const trampolineSections: ReadonlySet<number> = new Set([1, 2, 7]);

/**
 * Whether a module is a trampoline: Emscripten wraps JavaScript functions in modules of some ten bytes, which contain
 * no code, data or table.
 */
export function isTrampoline(bytes: Uint8Array): boolean {
  if (bytes.length > 128) return false;
  for (let at = 8; at < bytes.length; at += 2 + (bytes[at + 1] ?? 0)) {
    if (!trampolineSections.has(bytes[at] ?? 0) || (bytes[at + 1] ?? 0) > 127) return false;
  }
  return true;
}

function bytesOf(source: Source): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

function refused(reason: string): Error {
  return new Error(`refused to load a library: ${reason}`);
}
