import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RowsmithError } from '../../errors.js';
import { packageFile } from '../../package-file.js';
import { isMissing, type Peer, peerMissing } from '../../peer.js';
import type { ExtensionBundles } from './extension-packages.js';
import { moduleOf } from './extensions.js';
import type { ExtensionModule } from './messages.js';

/**
 * The files that the process of the embedded Postgres runs, at their real paths. Links of pnpm and of workspaces lead
 * to places that the process may not read, and resolving a package name would search the folders above.
 */
export interface ServerFiles {
  /** The program that the process runs. */
  readonly program: string;
  /** PGlite's own module, as a file URL. */
  readonly pglite: string;
  /** PGlite's version. */
  readonly version: string;
  /**
   * Everything that the process may read: folders, which end with a slash, and files. Node looks for a package.json in
   * each folder above a program.
   */
  readonly readable: readonly string[];
  /** PGlite's modules for extensions, by their names in CREATE EXTENSION. */
  extensions(names: Iterable<string>): readonly ExtensionModule[];
}

const peer: Peer = { names: ['@electric-sql/pglite'], user: 'SQL files' };

/**
 * Finds those files, and the bundles of extensions that do not come with PGlite, starting where rowsmith is installed:
 * next to this module, or next to the program into which it was bundled.
 */
export async function findServerFiles(bundles: ExtensionBundles = new Map()): Promise<ServerFiles> {
  refusePlugAndPlay();
  const own = dirname(realpathSync(packageFile('package.json')));
  const require = createRequire(join(own, 'package.json'));
  const entry = resolvePglite(require, '@electric-sql/pglite');
  const folder = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
  const parts = ['dist', 'postgres', 'embedded'];
  const program = join(own, ...parts, 'server.js');
  return {
    program,
    pglite: urlOf(entry),
    version,
    readable: [
      join(dirname(program), '/'),
      ...parts.map((_, depth) => join(own, ...parts.slice(0, depth), 'package.json')),
      join(folder, '/'),
      ...[...bundles.values()].map(({ path }) => path),
    ].map(withoutWildcard),
    extensions: (names) =>
      [...names].map((name) => {
        const bundle = bundles.get(name);
        if (bundle) return { name: moduleOf(name), url: urlOf(bundle.path), digest: bundle.digest };
        const url = urlOf(resolvePglite(require, `@electric-sql/pglite/contrib/${moduleOf(name)}`));
        return { name: moduleOf(name), url };
      }),
  };
}

function resolvePglite(require: NodeJS.Require, specifier: string): string {
  try {
    return realpathSync(require.resolve(specifier)).replace(/\.cjs$/, '.js');
  } catch (error) {
    throw isMissing(error, '@electric-sql/pglite') ? peerMissing(peer, error) : error;
  }
}

function refusePlugAndPlay(): void {
  if (process.versions['pnp'] === undefined) return;
  throw new RowsmithError(
    'sql-not-supported',
    "SQL files cannot be loaded under Plug'n'Play: the embedded Postgres may only read its own folders, " +
      'and there are none.',
    'Set nodeLinker: node-modules in .yarnrc.yml, or use a live database.',
  );
}

/**
 * Refuses a path with an asterisk: Node's permissions take it for a wildcard at the end of a path, and it ends the
 * process in Node 20.
 */
function withoutWildcard(path: string): string {
  if (!path.includes('*')) return path;
  throw new RowsmithError(
    'sql-not-supported',
    `SQL files cannot be loaded: the path ${path} contains an asterisk, with which Node would permit more than that path.`,
    'Install rowsmith in a folder without an asterisk in its path, or use a live database.',
  );
}

const urlOf = (path: string) => pathToFileURL(path).href;
