/** An embedded Postgres without room: its disk is memory of this process, of which WebAssembly gives it 4 GB. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { rowsmith } from '../support/cli.js';

test('SQL that fills the embedded server is told with its file, and leaves nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rowsmith-embedded-full-'));
  try {
    writeFileSync(
      join(folder, 'full.sql'),
      "CREATE UNLOGGED TABLE t (t text); ALTER TABLE t ALTER t SET STORAGE EXTERNAL;\nINSERT INTO t SELECT repeat('x', 8000000) FROM generate_series(1, 1000);\n",
    );
    const { code, stdout, stderr } = rowsmith(['generate', '--source', 'full.sql'], folder, {
      XDG_CACHE_HOME: join(folder, 'cache'),
    });
    expect(stderr).toMatch(/^error: full\.sql:\d: could not extend file ".*": No space left on device\n/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(readdirSync(folder).filter((name) => name !== 'cache')).toEqual(['full.sql']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 300_000);
