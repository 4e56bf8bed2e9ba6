import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RemoteCache, withRemoteCache } from './remote-cache.js';
import { install, root, run, runBeside, scratch } from './scratch.js';

const quiet = {
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_ISOLATE_PLUGINS: 'false',
  CI: '1',
  // Otherwise, clones of one repository would share a cache in the user's home.
  NX_CACHE_DIRECTORY: '.nx/cache',
};

/** Creates a repository from the example, with the archive installed. */
export function monorepo(archive: string): string {
  const folder = join(scratch, 'monorepo');
  cpSync(join(root, 'examples/monorepo'), folder, {
    recursive: true,
    filter: (path) => !/(^|\/)(node_modules|generated|dist|\.turbo|\.nx)$/.test(path.slice(root.length)),
  });
  const manifest = join(folder, 'package.json');
  writeFileSync(
    manifest,
    readFileSync(manifest, 'utf8').replace(/"rowsmith": "[^"]+"/, `"rowsmith": "file:${archive}"`),
  );
  install(folder);
  run('git', ['init', '--quiet'], folder);
  run('git', ['add', '.'], folder);
  run(
    'git',
    [
      '-c',
      'user.name=test',
      '-c',
      'user.email=test@example.com',
      '-c',
      'commit.gpgsign=false',
      'commit',
      '--quiet',
      '-m',
      'The example',
    ],
    folder,
  );
  return folder;
}

/**
 * Checks Turborepo: first a miss; then a hit from the local cache, which restores deleted files; in a new clone, a hit
 * from the remote cache; after a change of the schema, a miss again.
 */
export function cachedByTurbo(repository: string): Promise<void> {
  return withRemoteCache(async (cache) => {
    const [first, second] = clones(repository, 'turbo');
    const build = async (folder: string, hits: number) => {
      const output = await runBeside(join(folder, 'node_modules/.bin/turbo'), ['run', 'build', '--no-daemon'], folder, {
        ...quiet,
        ...cache.environment,
      });
      const [, cached] = /Cached: +(\d+) cached, 3 total/.exec(output) ?? [];
      if (cached !== String(hits)) throw new Error(`Expected ${hits} of 3 tasks from the cache:\n${output}`);
    };
    await build(first, 0);
    rmSync(generated(first), { recursive: true });
    await build(first, 3);
    run('npm', ['start', '--silent', '--workspace', 'apps/shop'], first);
    expectRemote(cache, { stored: 3, given: 0 });
    await asDocumented('turbo', second, cache);
    expectRemote(cache, { stored: 3, given: 1 });
    await build(second, 3);
    expectRemote(cache, { stored: 3, given: 3 });
    expectSameModels(first, second);
    changeSchema(second);
    await build(second, 0);
    expectChange(second);
  });
}

/** Checks Nx in the same way, for the generation only. */
export function cachedByNx(repository: string): Promise<void> {
  return withRemoteCache(async (cache) => {
    const [first, second] = clones(repository, 'nx');
    const generate = async (folder: string, isHit: boolean) => {
      const output = await runBeside(join(folder, 'node_modules/.bin/nx'), ['run', '@example/db:generate'], folder, {
        ...quiet,
        ...cache.environment,
      });
      if (/local cache|remote cache|outputs match the cache|from the cache/.test(output) !== isHit)
        throw new Error(`Expected a ${isHit ? 'hit' : 'miss'}:\n${output}`);
    };
    await generate(first, false);
    rmSync(generated(first), { recursive: true });
    await generate(first, true);
    expectRemote(cache, { stored: 1, given: 0 });
    await asDocumented('nx', second, cache);
    expectRemote(cache, { stored: 1, given: 1 });
    expectSameModels(first, second);
    changeSchema(second);
    await generate(second, false);
    expectChange(second);
  });
}

/** Runs the guide's command for one of the two tools, with this cache server. */
async function asDocumented(engine: 'turbo' | 'nx', folder: string, { url, token }: RemoteCache): Promise<void> {
  const guide = readFileSync(join(root, 'docs/monorepo.md'), 'utf8');
  const command = guide
    .split('\n')
    .find((line) => line.includes(`=https://cache.example.com `) && line.includes(` npx ${engine} `));
  if (command === undefined) throw new Error(`The guide has no command for ${engine}.`);
  await runBeside('sh', ['-c', command.replace('https://cache.example.com', url).replace('…', token)], folder, quiet);
}

/** Creates two clones in which nothing has run yet. */
function clones(repository: string, name: string): readonly [string, string] {
  const clone = (folder: string) => {
    run('git', ['clone', '--quiet', repository, folder], scratch);
    cpSync(join(repository, 'node_modules'), join(folder, 'node_modules'), { recursive: true, verbatimSymlinks: true });
    return folder;
  };
  return [clone(join(scratch, `${name}-first`)), clone(join(scratch, `${name}-second`))];
}

const generated = (folder: string) => join(folder, 'packages/db/generated');
const order = (folder: string) => readFileSync(join(generated(folder), 'shop/models/order.ts'), 'utf8');

const changeSchema = (folder: string) =>
  appendFileSync(join(folder, 'packages/db/schema/001_shop.sql'), 'ALTER TABLE orders ADD COLUMN note text;\n');

function expectChange(folder: string): void {
  if (!order(folder).includes('note: string | null;'))
    throw new Error('The change of the schema is not in the models.');
}

function expectRemote(cache: RemoteCache, { stored, given }: Pick<RemoteCache, 'stored' | 'given'>): void {
  if (cache.stored !== stored || cache.given !== given)
    throw new Error(
      `Expected ${stored} artifacts in the remote cache and ${given} taken from it, found ${cache.stored} and ${cache.given}.`,
    );
}

function expectSameModels(first: string, second: string): void {
  if (!order(second).includes("status: 'open' | 'paid' | 'sent'"))
    throw new Error('The cache did not bring the models.');
  const texts = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => [name, statSync(join(folder, name)).isFile() ? readFileSync(join(folder, name), 'utf8') : '']);
  if (JSON.stringify(texts(generated(first))) !== JSON.stringify(texts(generated(second))))
    throw new Error('The models of two clones differ.');
}
