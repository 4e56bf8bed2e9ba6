import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { RowsmithError } from '../../src/errors.js';

/** A folder for the files of one test file, which goes away with its last test. */
export function scratchFolder(): { folder: string; write: (name: string, content: string | Uint8Array) => string } {
  const folder = mkdtempSync(join(tmpdir(), 'rowsmith-sql-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  return { folder, write };
}

/** The error that rowsmith explains an action's failure with; any other outcome is a bug. */
export async function failureOf(action: Promise<unknown>): Promise<RowsmithError> {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RowsmithError)) throw new Error(`Not a RowsmithError: ${String(error)}`, { cause: error });
  return error;
}
