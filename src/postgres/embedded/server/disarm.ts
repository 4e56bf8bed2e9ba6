import { syncBuiltinESMExports } from 'node:module';

/**
 * Modules whose functions are disabled. Node's permission model does not restrict the environment, the network and
 * other processes, so access to them is removed before any code of PGlite runs. All network code in Node is built on
 * the first three of these modules (TLS, all versions of HTTP, WebSocket and `fetch` on `net`), so a module that is
 * loaded later finds them disabled.
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

/** Properties of `process` that give access to other processes or to Node's internals. */
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

/** Removes this process's access to the environment, the network and other processes. */
export function disarm(): void {
  // Windows cannot load its cryptography without the system's folder.
  for (const name of Object.keys(process.env)) if (name.toLowerCase() !== 'systemroot') delete process.env[name];
  for (const name of modules) {
    const loaded: unknown = process.getBuiltinModule(name);
    if (loaded) empty(loaded as object);
  }
  syncBuiltinESMExports();
  for (const name of ofProcess) remove(process, name);
  for (const name of globals) remove(globalThis, name);
}

/** Makes every function of a module, and every method of its classes, throw. */
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
 * Deletes a property. Redefining one of Node's lazy globals would load it first, which takes 30 ms for those of HTTP.
 */
function remove(owner: object, name: string): void {
  if (!Reflect.deleteProperty(owner, name)) throw new Error(`${name} stays where it is.`);
}
