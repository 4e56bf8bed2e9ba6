import { createHash } from 'node:crypto';

/** `WebAssembly`, as far as it is used here: its types come with those of browsers. */
interface Wasm {
  readonly Module: {
    new (source: Source): WasmModule;
    exports(module: WasmModule): readonly { readonly name: string }[];
  };
  instantiate(source: Source | WasmModule, imports: Imports | undefined): Promise<{ readonly module: WasmModule }>;
}
/** Compiled code: nothing of it is looked at but by its constructor. */
interface WasmModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}
type Source = ArrayBuffer | ArrayBufferView;
type Imports = Readonly<Record<string, unknown>>;

const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly;

/**
 * Holds every WebAssembly module that is compiled in this process. Emscripten's dynamic loader compiles whatever file
 * it is told to open, and evaluates the text of exports with certain names, all before Postgres sees it. So a library
 * counts by its digest, whatever its path: once sealed, only those that came with the packages are compiled.
 */
export interface HeldModules {
  /** From now on, nothing but these files, and trampolines. */
  seal(libraries: Iterable<Uint8Array>): void;
}

/** Takes the place of `WebAssembly`'s ways to make a module. Called before PGlite is loaded. */
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
  return { seal: (libraries) => void (allowed = new Set(Array.from(libraries, digestOf))) };
}

/** Exports whose text Emscripten evaluates: functions written in JavaScript within C. */
const evaluated = /^__(em_js|em_asm|em_lib_deps|start_em_asm|stop_em_asm)/;

export function refuseEvaluation(module: WasmModule): void {
  const found = wasm.Module.exports(module).find(({ name }) => evaluated.test(name));
  if (found) throw refused(`its export ${found.name} asks for evaluation`);
}

/**
 * The ways of WebAssembly to a socket, none of which Postgres needs here.
 * https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#errno
 */
const socketCalls = ['socket', 'connect', 'bind', 'listen', 'accept4', 'sendto', 'recvfrom'].map(
  (name) => `__syscall_${name}`,
);
const accessDenied = 2;

/** The table of imports is one object, from which side modules are given theirs as well. */
function holdSockets(imports: Imports | undefined): Imports | undefined {
  const functions = imports?.['env'] as Record<string, unknown> | undefined;
  for (const name of socketCalls) if (typeof functions?.[name] === 'function') functions[name] = () => -accessDenied;
  return imports;
}

/** Sections by which a module calls what it was given under another type: types, imports, exports. */
const trampolineSections: ReadonlySet<number> = new Set([1, 2, 7]);

/**
 * Emscripten wraps functions of JavaScript in modules of some ten bytes, which hold no code, data or table of their
 * own.
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
