import { cacheFolder } from '../../cache-folder.js';
import { RowsmithError } from '../../errors.js';
import { printable } from '../../printable.js';
import type { OnProgress } from '../../progress.js';
import { describedColumns } from '../described-columns.js';
import { rowsTogether, type Session, upToRefusal } from '../session.js';
import { type ExtensionBundles, extensionsNamedIn, findExtensionBundles } from './extension-packages.js';
import { createdExtensions, isAvailable, withRequirements } from './extensions.js';
import { readSqlFiles, type SqlFile } from './files.js';
import { KeptDirectories } from './kept-directories.js';
import { notesOn, refuseMetaCommands, type ScriptFile } from './left-out.js';
import { ScriptLoader } from './load.js';
import { findServerFiles } from './packages.js';
import { type Plan, plan } from './prefixes.js';
import { refuseStatements } from './refused.js';
import { readScript } from './script.js';
import { type Database, openServer } from './server-process.js';
import type { StartDatabase } from './standby.js';
import { type Started, startServer } from './start.js';
import { TimeLimit } from './time-limit.js';

export interface EmbeddedOptions {
  /** The cache folder. Default: rowsmith's own. */
  readonly cache?: string;
  readonly onProgress?: OnProgress;
  /** Returns an empty database. Default: starts one now. */
  readonly start?: StartDatabase;
  /** Time limit in seconds for everything. Default: 600, because it may have to load years of migrations. */
  readonly timeout?: number;
  /** The files at the paths, if they have already been read. */
  readonly files?: readonly SqlFile[];
  /** Texts of programs that will run in the session. Their extensions are available from the start. */
  readonly programs?: readonly string[];
  /** Packages of extensions whose name is not `@electric-sql/pglite-<extension>`. */
  readonly packages?: Readonly<Record<string, string>>;
}

type Say = (message: string) => void;

/** A way to obtain a database and keep its data directory: see `openNew` and `standing`. */
interface Opening {
  readonly plan: Plan;
  /** Starts the server. Called after everything that can be refused has been checked. */
  start(extensions: readonly string[]): Promise<Started>;
  /** Keeps the copied data directory for the next run. */
  keep(database: Database, loader: ScriptLoader): Promise<void>;
  end(): Promise<void>;
}

/**
 * Loads SQL files into an embedded Postgres and opens a session on it. `note` is called with what was skipped, and why.
 */
export async function openEmbedded(
  paths: readonly string[],
  note: Say,
  options: EmbeddedOptions = {},
): Promise<Session> {
  const { start, timeout = 600 } = options;
  const say = (message: string) => note(printable(message));
  const files = options.files ?? (await readSqlFiles(paths, say));
  const { packages = {}, programs = [] } = options;
  const bundles = findExtensionBundles(extensionsNamedIn([...files.map(({ text }) => text), ...programs]), packages);
  const opening = start
    ? standing(start, files, timeout, packages)
    : await openNew(files, options.cache ?? cacheFolder(), timeout, bundles);
  try {
    return await load(files, opening, say, { ...options, timeout, bundles });
  } catch (error) {
    await opening.end();
    throw error;
  }
}

/** Takes the database from the caller, which keeps one started. */
function standing(
  start: StartDatabase,
  files: readonly SqlFile[],
  timeout: number,
  packages: Readonly<Record<string, string>>,
): Opening {
  return {
    plan: { already: 0 },
    start: async (extensions) => ({
      database: await start({ extensions, packages, timeout, characters: charactersOf(files) }),
    }),
    keep: async () => undefined,
    end: async () => undefined,
  };
}

/** Starts a process for a new database. It prepares itself while the files are being checked. */
async function openNew(
  files: readonly SqlFile[],
  cache: string,
  timeout: number,
  bundles: ExtensionBundles,
): Promise<Opening> {
  const server = await findServerFiles(bundles);
  const directories = new KeptDirectories(cache, server.version);
  const digests = [...bundles].map(([name, { digest }]) => `, ${name} ${digest}`).join('');
  const planned = await plan(`${server.version}${digests}`, files, directories);
  const options = { timeout, characters: charactersOf(files.slice(planned.already)) };
  const opened = openServer(server, options);
  return {
    plan: planned,
    start: (extensions) =>
      startServer(
        server,
        directories,
        {
          ...options,
          extensions: withRequirements(extensions, bundles),
          ...(planned.from === undefined ? {} : { from: planned.from }),
        },
        opened,
      ),
    async keep(database, { remarks }) {
      const { after, name } = planned.keep ?? {};
      if (after === undefined || name === undefined) return;
      await directories.keep(name, {
        bytes: await database.give(),
        remarks: remarks.filter(({ file }) => file < after),
      });
    },
    end: opened.end,
  };
}

interface LoadOptions extends EmbeddedOptions {
  readonly timeout: number;
  readonly bundles: ExtensionBundles;
}

/** Loads the files. Everything that can be refused is refused before the server starts. */
async function load(
  sqlFiles: readonly SqlFile[],
  opening: Opening,
  say: Say,
  { onProgress = () => {}, timeout, bundles, programs = [] }: LoadOptions,
): Promise<Session> {
  const files = sqlFiles.map(({ text, ...file }) => ({ ...file, script: readScript(text) }));
  for (const file of files) {
    await unquoted(file, async () => {
      refuseMetaCommands(file);
      refuseStatements(file);
    });
  }
  onProgress({ stage: 'start' });
  const statements = files.flatMap(({ script }) => script.statements);
  const created = statements.flatMap(createdExtensions);
  const named = [...extensionsNamedIn(programs)].filter((name) => isAvailable(name, bundles));
  const started = await opening.start([...created, ...named]);
  const database = new TimeLimit(timeout).of(started.database);
  let done = 0;
  const loaded = (count: number) => {
    done += count;
    onProgress({ stage: 'load', done, total: statements.length });
  };
  try {
    loaded(0);
    const loader = new ScriptLoader(database, say, { loaded, bundles });
    const { already, keep } = opening.plan;
    const hasCopy = await loadFiles(files, loader, {
      say,
      already: started.remarks ? already : 0,
      remarks: started.remarks ?? [],
      ...(keep ? { keepAfter: keep.after } : {}),
    });
    return sessionOn(database, hasCopy ? () => opening.keep(database, loader) : undefined);
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface Loading extends Pick<Plan, 'already'> {
  readonly say: Say;
  readonly remarks: NonNullable<Started['remarks']>;
  /** The number of files after which the data directory is to be copied. */
  readonly keepAfter?: number;
}

/** Loads the files except those that have already run. Returns whether the data directory was copied. */
async function loadFiles(
  files: readonly ScriptFile[],
  loader: ScriptLoader,
  { say, already, remarks, keepAfter }: Loading,
): Promise<boolean> {
  let hasCopy = false;
  for (const [index, file] of files.entries()) {
    if (!file.isElsewhere) notesOn(file).forEach(say);
    const known = index < already ? remarks.filter((remark) => remark.file === index) : undefined;
    await unquoted(file, () => (known ? loader.passOver(file, known) : loader.load(file)));
    if (file.isStub && !known && !files[index + 1]?.isStub) await loader.hideStubs();
    if (index + 1 === keepAfter && index >= already) hasCopy = await loader.copy();
  }
  await loader.endSession();
  return hasCopy;
}

/**
 * Runs `work` on a file. An error about a file outside the directory only says that something is wrong, not what,
 * because the message would quote the file.
 */
async function unquoted({ path, isElsewhere }: ScriptFile, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isElsewhere || !(error instanceof RowsmithError) || !['sql-failed', 'sql-not-supported'].includes(error.code))
      throw error;
    throw new RowsmithError(
      error.code,
      `${path} cannot be loaded.`,
      'It is a link out of the directory, so its content is not shown. ' +
        'Pass the file itself as a source to see what is wrong.',
    );
  }
}

function charactersOf(files: readonly SqlFile[]): number {
  return files.reduce((sum, { text }) => sum + text.length, 0);
}

function sessionOn(database: Database, keep: (() => Promise<void>) | undefined): Session {
  const query = async <Row>(sql: string) => (await database.query(sql)) as readonly Row[];
  return {
    query,
    eachRow: rowsTogether(query),
    describe: (statements) =>
      upToRefusal(async (described) => {
        for (const sql of statements) {
          const { fields, ...told } = await database.describe(sql);
          described.push({ ...told, columns: describedColumns(fields) });
        }
      }),
    // No other session holds a lock here.
    limits: () => '',
    async close() {
      if (!keep) {
        await database.close();
        return;
      }
      // The directory is kept in the background, while the run continues.
      void keep()
        .catch(() => undefined)
        .then(() => database.close());
    },
  };
}
