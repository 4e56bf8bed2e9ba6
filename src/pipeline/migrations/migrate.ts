import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { MigrationsSource } from '../../config/source.js';
import { RowsmithError } from '../../errors.js';
import { loadPeer } from '../../peer.js';
import { type EmbeddedOptions, openEmbedded } from '../../postgres/embedded/embedded.js';
import type { Session } from '../../postgres/session.js';
import { knexTables, migrateWithKnex } from './knex.js';
import { kyselyTables, migrateWithKysely } from './kysely.js';
import { loadMigration, type MigrationFile, type MigrationModule, migrationFiles } from './modules.js';

const tools = {
  kysely: { migrate: migrateWithKysely, tables: kyselyTables },
  knex: { migrate: migrateWithKnex, tables: knexTables },
} as const;

type Options = Omit<EmbeddedOptions, 'files' | 'programs'>;

/**
 * Runs migrations that are programs on an embedded Postgres, and returns a session on the resulting schema. They belong
 * to the project and are trusted like its config, which names them: nothing prevents other effects that they have.
 */
export async function openMigrated(
  { migrations, tool, extensions }: MigrationsSource,
  folder: string,
  { note, ...options }: Options & { readonly note: (message: string) => void },
): Promise<Session> {
  const place = resolve(folder, migrations);
  const files = await migrationFiles(place, migrations);
  const require = createRequire(join(place, 'migration.js'));
  const { migrate, tables } = tools[tool];
  const own = { path: `The tables of ${tool}`, text: tables, isStub: true } as const;
  const session = await openEmbedded([], note, {
    ...options,
    ...(extensions ? { packages: extensions } : {}),
    files: [own],
    programs: files.map(({ text }) => text),
  });
  const running = new Running(migrations);
  try {
    await loadPeer({ names: [tool], user: `Migrations of ${tool}` }, () => require(tool));
    const modules = new Map<string, MigrationModule>();
    for (const file of files) modules.set(file.name, await running.follow(file));
    await migrate(modules, session, require);
    await session.query('DISCARD ALL');
    return session;
  } catch (error) {
    await session.close();
    throw error instanceof RowsmithError ? error : running.failed(error);
  }
}

/** Tracks which migration is running, for the error that it may throw. */
class Running {
  #name: string | undefined;

  constructor(private readonly folder: string) {}

  /** Loads a migration, and wraps it so that it reports when it runs. */
  async follow(file: MigrationFile): Promise<MigrationModule> {
    this.#name = file.name;
    const { up, ...others } = await loadMigration(file);
    this.#name = undefined;
    if (typeof up !== 'function')
      throw new RowsmithError('sql-failed', `${this.folder}/${file.name} exports no function "up".`);
    const followed = (db: never) => {
      this.#name = file.name;
      return up(db);
    };
    return { ...others, up: followed };
  }

  failed(error: unknown): RowsmithError {
    const place = this.#name === undefined ? this.folder : `${this.folder}/${this.#name}`;
    const [message] = (error instanceof Error ? error.message : String(error)).split('\n');
    return new RowsmithError(
      'sql-failed',
      `${place}: ${message}`,
      'The migration is a program of the project: it has to run on an empty database.',
      {
        cause: error,
      },
    );
  }
}
