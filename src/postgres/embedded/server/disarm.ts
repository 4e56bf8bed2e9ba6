import { syncBuiltinESMExports } from 'node:module';

/**
 * Modules whose functions are taken away. Node's permission model does not forbid the environment, the network and
 * other processes, so they are taken away before anything of PGlite's runs. Everything in Node that speaks with the
 * network is built on the first three of these (TLS, HTTP of each version, WebSocket and `fetch` on `net`), so a module
 * that is loaded later finds them disarmed.
 */
const modules = [
  'net',
  'dgram',
  'dns',
  'dns/promises',
  'os',
  'child_process',
  'cluster',
  'worker_threads',
  'inspector',
  'node:sqlite',
  'vm',
  'v8',
];

/** Properties of `process` that reach other processes, or Node's internals. */
const ofProcess = [
  'kill',
  '_kill',
  '_debugProcess',
  '_debugEnd',
  '_startProfilerIdleNotifier',
  'binding',
  '_linkedBinding',
  'dlopen',
  'report',
];

const globals = [
  'fetch',
  'WebSocket',
  'EventSource',
  'XMLHttpRequest',
  'Request',
  'Response',
  'Worker',
  'BroadcastChannel',
  'MessageChannel',
  'MessagePort',
];

/** Takes the environment, the network and other processes away from this process. */
export function disarm(): void {
  // Windows cannot load its cryptography without the folder of the system.
  for (const name of Object.keys(process.env)) if (name.toLowerCase() !== 'systemroot') delete process.env[name];
  for (const name of modules) {
    const loaded: unknown = process.getBuiltinModule(name);
    if (loaded) empty(loaded as object);
  }
  syncBuiltinESMExports();
  for (const name of ofProcess) remove(process, name);
  for (const name of globals) remove(globalThis, name);
}

/** Makes every function of a module, and every method of its classes, refuse to do anything. */
function empty(loaded: object): void {
  for (const [name, value] of Object.entries(loaded)) {
    if (typeof value !== 'function') continue;
    const { prototype } = value as { readonly prototype?: object };
    if (prototype) for (const key of Reflect.ownKeys(prototype)) refuseOf(prototype, key);
    refuseOf(loaded, name);
  }
}

function refuseOf(owner: object, key: PropertyKey): void {
  const existing = Reflect.getOwnPropertyDescriptor(owner, key);
  if (existing && (typeof existing.value === 'function' || existing.get || existing.set))
    Reflect.defineProperty(owner, key, { value: refuse, writable: false, configurable: false });
}

function refuse(): never {
  throw new Error('The embedded Postgres has no use for this.');
}

/**
 * Deletes a property. To redefine one of Node's lazy globals would load it first, which takes 30 ms for those of HTTP.
 */
function remove(owner: object, name: string): void {
  if (!Reflect.deleteProperty(owner, name)) throw new Error(`${name} stays where it is.`);
}
