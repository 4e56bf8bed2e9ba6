import type { OnProgress } from '../../../progress.js';
import { RowsmithError } from '../../../errors.js';
import type { Session } from '../../session.js';
import { createdExtension } from './extensions.js';
import { readSqlFiles } from './files.js';
import { notesOn, refuseMetaCommands, type ScriptFile } from './left-out.js';
import { ScriptLoader } from './load.js';
import type { Database, StartDatabase } from './pglite.js';
import { openThread, type Thread } from './thread.js';
import { TimeLimit } from './time-limit.js';
import { printable } from '../../../printable.js';
import { readScript, type Statement } from './script.js';

export interface EmbeddedOptions {
  readonly onProgress?: OnProgress;
  /** Gives the empty database; one that is started now when absent. */
  readonly start?: StartDatabase;
  /** Seconds for everything; 600 when absent, since the migrations of years may be loaded. */
  readonly timeout?: number;
}

/** Loads SQL files into an embedded Postgres and gives a session on it. `note` hears what was left out, and why. */
export async function openEmbedded(paths: readonly string[], note: (message: string) => void, options: EmbeddedOptions = {}): Promise<Session> {
  if (options.start) return openWith({ ready: Promise.resolve(), start: options.start }, paths, note, options);
  // The thread makes itself ready while the files are read.
  const thread = openThread();
  try {
    return await openWith(thread, paths, note, options);
  } catch (error) {
    await thread.end();
    throw error;
  }
}

/** Everything that can be refused is refused before the server starts, which takes two seconds. */
async function openWith({ ready, start }: Pick<Thread, 'ready' | 'start'>, paths: readonly string[], note: (message: string) => void, { onProgress = () => {}, timeout = 600 }: EmbeddedOptions): Promise<Session> {
  const say = (message: string) => note(printable(message));
  const files = (await readSqlFiles(paths, say)).map(({ text, ...file }) => ({ ...file, script: readScript(text) }));
  for (const file of files) await unquoted(file, async () => refuseMetaCommands(file));
  const statements = files.flatMap(({ script }) => script.statements);
  await ready;
  onProgress({ stage: 'start', characters: statements.reduce((sum, { text }) => sum + text.length, 0) });
  const limit = new TimeLimit(timeout);
  const database = limit.of(await start(extensionsOf(statements)));
  const total = statements.length;
  let done = 0;
  const loaded = (statements: number) => onProgress({ stage: 'load', done: (done += statements), total });
  try {
    loaded(0);
    const loader = new ScriptLoader(database, say, loaded);
    for (const file of files) {
      if (!file.isElsewhere) notesOn(file).forEach(say);
      await unquoted(file, () => loader.load(file));
    }
  } catch (error) {
    // The failure to load is what counts, whatever closing says about it.
    await database.close().catch(() => undefined);
    throw error;
  }
  return sessionOn(database);
}

/** Says of a file from elsewhere that something is wrong with it, and not what: the message would quote it. */
async function unquoted({ path, isElsewhere }: ScriptFile, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isElsewhere || !(error instanceof RowsmithError) || !['sql-failed', 'sql-not-supported'].includes(error.code)) throw error;
    throw new RowsmithError(error.code, `${path} cannot be loaded.`, 'It is a link that leads out of the directory, so nothing of it is shown. Give the file itself as a source to see what is wrong.');
  }
}

function extensionsOf(statements: readonly Statement[]): readonly string[] {
  return statements.map(createdExtension).filter((name) => name !== undefined);
}

function sessionOn(database: Database): Session {
  return {
    async query<Row>(sql: string) {
      const results = await database.run(sql);
      return results.flatMap(({ rows }): readonly unknown[] => rows) as readonly Row[];
    },
    async describe(sql) {
      const fields = await database.describe(sql);
      return fields.map(({ dataTypeID, dataTypeModifier }) => ({ type: dataTypeID, modifier: dataTypeModifier }));
    },
    // Nobody else is there to be waited for.
    limits: () => '',
    close: () => database.close(),
  };
}
