import { syncBuiltinESMExports } from 'node:module';

/**
 * What Node's permission model does not forbid, taken away before anything of PGlite's runs: the environment, the
 * network, other processes. Whatever speaks with the network in Node stands on one of the first three modules (TLS,
 * HTTP of each version, WebSocket and `fetch` on `net`), so what is loaded later finds them as they are left here.
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

/** Of `process`: what reaches other processes, or what Node is made of. */
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

/** To define one of Node's lazy globals anew would load it first, which takes 30 ms for those of HTTP. */
function remove(owner: object, name: string): void {
  if (!Reflect.deleteProperty(owner, name)) throw new Error(`${name} stays where it is.`);
}
