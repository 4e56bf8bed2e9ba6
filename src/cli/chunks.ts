import { readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { cacheFolder, writeCached } from '../cache-folder.js';
import { restoreFlags } from './v8.js';

/**
 * Loads the files of `dist/chunks`, CommonJS modules, with what V8 compiled of them in earlier runs. Node's own cache keeps what V8 compiles when a
 * file is loaded, and leaves out every function that is compiled when it is first called, which of these files is nearly all.
 */
const folder = fileURLToPath(new URL('../chunks', import.meta.url));
const nodeRequire = createRequire(join(folder, 'index.cjs'));

type Zlib = { readonly crc32?: (data: Uint8Array | string) => number };

/** What stands in the cache is code that will run: it is taken only if it is as it was written, and of this very source. */
const checksum = (data: Uint8Array | string) => (process.getBuiltinModule('node:zlib') as Zlib).crc32?.(data);

interface Loaded {
  readonly file: string;
  readonly script: Script;
  /** The checksum of the source. */
  readonly source: number;
  /** The kinds of runs of which the cache holds what they called. */
  readonly kinds: readonly string[];
}

const loaded: Loaded[] = [];

/** Node has such checksums from 20.15 and 22.2 on. */
const isKept = () => checksum('') !== undefined && !process.env['NODE_DISABLE_COMPILE_CACHE'];

export function loadChunk(name: string): unknown {
  return isKept() ? load(join(folder, name)) : nodeRequire(`./${name}`);
}

/** As `require` does it, and where it looks: a config that imports rowsmith gets the modules that run. */
function load(file: string): unknown {
  const known = nodeRequire.cache[file];
  if (known) return known.exports;
  const own = new module.Module(file);
  nodeRequire.cache[file] = own;
  const require = (id: string): unknown => (id.startsWith('./') ? load(join(folder, id)) : (process.getBuiltinModule(id) ?? nodeRequire(id)));
  require.importOutside = (specifier: string): Promise<unknown> => import(specifier);
  (compile(file).runInThisContext() as (...values: unknown[]) => void)(own.exports, require, own, file, folder);
  own.loaded = true;
  return own.exports;
}

function compile(file: string): Script {
  const content = readFileSync(file);
  const source = checksum(content) ?? 0;
  const cached = readCompiled(file, source);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) { ${content.toString('latin1')}\n})`, {
    filename: file,
    ...(cached ? { cachedData: cached.data } : {}),
  });
  // What V8 refuses under flags that were set meanwhile it takes again in other runs.
  loaded.push({ file, script, source, kinds: cached?.kinds ?? [] });
  return script;
}

/** Keeps what this run called for the next of its kind, with what runs of other kinds had called. */
export async function keepCompiled(kind: string): Promise<void> {
  const called = loaded.filter((chunk) => !chunk.kinds.includes(kind));
  if (called.length > 0) restoreFlags();
  for (const { file, script, source, kinds } of called) {
    const data = script.createCachedData();
    await writeCached(compiledPath(file), Buffer.concat([data, Buffer.from(`\n${[checksum(data), source, ...kinds, kind].join()}`)]));
  }
}

function readCompiled(file: string, source: number): { readonly data: Buffer; readonly kinds: readonly string[] } | undefined {
  try {
    const content = readFileSync(compiledPath(file));
    const end = content.lastIndexOf('\n');
    const data = content.subarray(0, end);
    const [own, from, ...kinds] = content.toString('latin1', end + 1).split(',');
    return Number(own) === checksum(data) && Number(from) === source ? { data, kinds } : undefined;
  } catch {
    return undefined;
  }
}

/** In the cache that goes with this very package. V8 takes only what the same version compiled under the same flags. */
function compiledPath(file: string): string {
  const { version, arch, execArgv, env } = process;
  const node = checksum([arch, ...execArgv, env['NODE_OPTIONS'] ?? ''].join(' '));
  return join(cacheFolder(folder), 'compiled', `${version}-${node}`, basename(file));
}
