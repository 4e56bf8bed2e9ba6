import { emptyDirectory, type KeptDirectories, type Remark } from './kept-directories.js';
import type { ServerFiles } from './packages.js';
import { type Database, openServer, type ServerOptions, type ServerProcess } from './server-process.js';

/** A started database: an empty one, or one on which the first files of a list have run. */
export interface Started {
  readonly database: Database;
  /** The remarks about those files; absent if none have run. */
  readonly remarks?: readonly Remark[];
}

/** What to start: the extensions and the kept directory. */
export interface StartRequest extends ServerOptions {
  readonly extensions: readonly string[];
  /** The kept directory to start from, if it is valid. */
  readonly from?: string;
}

/** Starts a server from the best kept directory. If a directory turns out to be bad, the server starts without it. */
export async function startServer(
  files: ServerFiles,
  directories: KeptDirectories,
  request: StartRequest,
  first: ServerProcess = openServer(files, request),
): Promise<Started> {
  const extensions = files.extensions(request.extensions);
  let server: ServerProcess | undefined = first;
  const open = () => {
    const opened = server ?? openServer(files, request);
    server = undefined;
    return opened;
  };
  for (const name of request.from === undefined ? [emptyDirectory] : [request.from, emptyDirectory]) {
    const kept = await directories.read(name);
    if (!kept) continue;
    const opened = open();
    try {
      const { database } = await opened.start(extensions, kept.bytes);
      return name === request.from ? { database, remarks: kept.remarks } : { database };
    } catch {
      await directories.remove(name);
    }
  }
  const { database, made } = await open().start(extensions);
  if (made) await directories.keep(emptyDirectory, { bytes: made, remarks: [] });
  return { database };
}
