import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RowsmithError } from '../../errors.js';
import type { Session } from '../../postgres/session.js';

/** A migration that is a program, as its file exports it. */
export interface MigrationModule {
  readonly up?: (db: never) => unknown;
  readonly down?: (db: never) => unknown;
  /** Knex reads from it whether the migration runs in a transaction. */
  readonly config?: unknown;
}

/** Loads a package as the project's own files would. */
export type Require = (name: string) => unknown;

/** Runs migrations, by the names of their files, on a session, as their tool does. */
export type Migrate = (
  migrations: ReadonlyMap<string, MigrationModule>,
  session: Session,
  require: Require,
) => Promise<void>;

/** A migration file: its name, and its text, which is searched for extensions. */
export interface MigrationFile {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** Reads the migrations of a folder, which are programs, in no particular order. None of them runs yet. */
export async function migrationFiles(folder: string, shown: string): Promise<readonly MigrationFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new RowsmithError(
      'source-not-found',
      `There is no folder ${shown}.`,
      'Check source.migrations in the config.',
    );
  });
  const names = entries.filter((entry) => !entry.isDirectory() && isMigration(entry.name)).map(({ name }) => name);
  if (names.length === 0) {
    throw new RowsmithError(
      'source-not-found',
      `The folder ${shown} has no migration in JavaScript or TypeScript.`,
      'Check source.migrations in the config; a folder of SQL files is source.sql.',
    );
  }
  return Promise.all(
    names.map(async (name) => ({ name, path: join(folder, name), text: await readFile(join(folder, name), 'utf8') })),
  );
}

const isMigration = (name: string) => /\.[cm]?[jt]s$/.test(name) && !/\.d\.[cm]?ts$/.test(name);

/**
 * Runs the current text of a migration file, and returns its exports. As its tool allows, it may import other files
 * without an extension or with a different one, so jiti loads it, even if Node could load it itself.
 */
export async function loadMigration({ path }: MigrationFile): Promise<MigrationModule> {
  const { createJiti } = await import('jiti');
  const jiti = createJiti(pathToFileURL(path).href, { fsCache: false, moduleCache: false });
  const module = await jiti.import<MigrationModule & { readonly default?: MigrationModule }>(path);
  return typeof module.up === 'function' ? module : (module.default ?? module);
}
