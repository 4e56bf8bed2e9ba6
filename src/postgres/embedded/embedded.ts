import type { OnProgress } from '../../progress.js';
import { RowsmithError } from '../../errors.js';
import { rowsTogether, type Session } from '../session.js';
import { cacheFolder } from '../../cache-folder.js';
import { createdExtension } from './extensions.js';
import { readSqlFiles, type SqlFile } from './files.js';
import { charactersOf, countOf, countToKeep, headName, longestHead } from './heads.js';
import { keptHeads } from './kept-heads.js';
import { notesOn, refuseMetaCommands, type ScriptFile } from './left-out.js';
import { ScriptLoader, type Pause } from './load.js';
import type { Database, StartDatabase } from './pglite.js';
import { openThread, type Thread } from './thread.js';
import { TimeLimit } from './time-limit.js';
import { printable } from '../../printable.js';
import { readScript, type Statement } from './script.js';

export interface EmbeddedOptions {
  /** Where what can be made again is kept; rowsmith's own folder when absent. */
  readonly cache?: string;
  readonly onProgress?: OnProgress;
  /** Gives the empty database; one that is started now when absent. */
  readonly start?: StartDatabase;
  /** Seconds for everything; 600 when absent, since the migrations of years may be loaded. */
  readonly timeout?: number;
  /** What the paths gave, where they have been read. */
  readonly files?: readonly SqlFile[];
}

/** Loads SQL files into an embedded Postgres and gives a session on it. `note` hears what was left out, and why. */
export async function openEmbedded(paths: readonly string[], note: (message: string) => void, options: EmbeddedOptions = {}): Promise<Session> {
  if (options.start) return openWith({ ready: Promise.resolve(), start: options.start }, paths, note, options);
  // The thread makes itself ready while the files are read.
  const cache = options.cache ?? cacheFolder();
  const thread = openThread(cache);
  try {
    return await openWith(thread, paths, note, options, await keptHeads(cache));
  } catch (error) {
    await thread.end();
    throw error;
  }
}

/**
 * Everything that can be refused is refused before the server starts, which takes two seconds. It starts on a head of the SQL that is among those `kept`;
 * where that is absent no head is used, and none is kept.
 */
async function openWith({ ready, start }: Pick<Thread, 'ready' | 'start'>, paths: readonly string[], note: (message: string) => void, { onProgress = () => {}, timeout = 600, files: given }: EmbeddedOptions, kept?: readonly string[]): Promise<Session> {
  const say = (message: string) => note(printable(message));
  const files = (given ?? (await readSqlFiles(paths, say))).map(({ text, ...file }) => ({ ...file, script: readScript(text) }));
  for (const file of files) await unquoted(file, async () => refuseMetaCommands(file));
  const scripts = files.map(({ script }) => script);
  const statements = scripts.flatMap((script) => script.statements);
  const head = kept && longestHead(scripts, kept);
  await ready;
  onProgress({ stage: 'start', characters: charactersOf(statements.slice(countOf(head))) });
  const limit = new TimeLimit(timeout);
  const starting = start(extensionsOf(statements), head);
  // Found while the server starts.
  const planned = kept && countToKeep(scripts, countOf(head));
  const database = limit.of(await starting);
  const already = countOf(database.head);
  const keepAt = database.head === head ? planned : kept && countToKeep(scripts, already);
  let done = 0;
  const loaded = (count: number) => onProgress({ stage: 'load', done: (done += count), total: statements.length });
  try {
    loaded(0);
    await loadFiles(files, new ScriptLoader(database, say, loaded), say, already, keepAt === undefined ? undefined : { at: keepAt, call: () => database.copy(headName(scripts, keepAt)) });
  } catch (error) {
    // The failure to load is what counts, whatever closing says about it.
    await database.close().catch(() => undefined);
    throw error;
  }
  return sessionOn(database, keepAt !== undefined);
}

/** Loads the files but for so many statements, and pauses before the one of a number; both count from the first of the first file. */
async function loadFiles(files: readonly ScriptFile[], loader: ScriptLoader, say: (message: string) => void, already: number, pause: Pause | undefined): Promise<void> {
  let before = 0;
  for (const file of files) {
    if (!file.isElsewhere) notesOn(file).forEach(say);
    const { length } = file.script.statements;
    const isPausing = pause && pause.at > before && pause.at <= before + length;
    const from = Math.min(Math.max(already - before, 0), length);
    await unquoted(file, () => loader.load(file, from, isPausing ? { ...pause, at: pause.at - before } : undefined));
    before += length;
  }
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

function sessionOn(database: Database, hasHead: boolean): Session {
  const query = async <Row>(sql: string) => (await database.run(sql)).flatMap(({ rows }): readonly unknown[] => rows) as readonly Row[];
  return {
    query,
    eachRow: rowsTogether(query),
    async describe(sql) {
      const fields = await database.describe(sql);
      return fields.map(({ dataTypeID, dataTypeModifier }) => ({ type: dataTypeID, modifier: dataTypeModifier }));
    },
    // Nobody else is there to be waited for.
    limits: () => '',
    // Nobody waits for a head to be written: it is, while the rest of the run goes on.
    close: async () => (hasHead ? void database.keep().catch(() => undefined).then(() => database.close()) : database.close()),
  };
}
