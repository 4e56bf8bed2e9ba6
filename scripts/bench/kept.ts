import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresVersion } from '../postgres/binaries.js';
import { type DisposablePostgres, startPostgres } from '../postgres.js';

/**
 * A fresh folder for what is measured. It is removed when this program ends and not before, since a disk is busy with
 * that for a while.
 */
export function keptFolder(parent: string = tmpdir()): string {
  mkdirSync(parent, { recursive: true });
  return removedAtEnd(mkdtempSync(join(parent, 'rowsmith-bench-')));
}

/** A server whose databases, of many files too, stay until this program ends; `halt` ends the server alone. */
export async function keptPostgres(
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
