import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresVersion } from '../postgres/binaries.js';
import { type DisposablePostgres, startPostgres } from '../postgres.js';

/**
 * A new folder for a measurement. It is removed only when this program ends, since removing keeps a disk busy for a
 * while.
 */
export function folderUntilExit(parent: string = tmpdir()): string {
  mkdirSync(parent, { recursive: true });
  return removedAtEnd(mkdtempSync(join(parent, 'rowsmith-bench-')));
}

/** A server whose data stays until this program ends; `halt` stops the server only. */
export async function postgresUntilExit(
  version: PostgresVersion,
): Promise<Pick<DisposablePostgres, 'url' | 'createDatabase' | 'halt'>> {
  const server = await startPostgres(version);
  removedAtEnd(server.home);
  return server;
}

function removedAtEnd(folder: string): string {
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
