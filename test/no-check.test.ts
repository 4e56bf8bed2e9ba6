import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { typecheck } from './support/compile.js';
import { repositoryPath } from './support/repository.js';

/** `db.ts` asks not to be checked where nothing of a user's is in it; the tests check it all the same. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-no-check-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A case's output with something else in its `db.ts`. */
function changed(name: string, from: string, to: string): void {
  cpSync(repositoryPath(`test/cases/${name}/expected`), folder, { recursive: true });
  const text = readFileSync(join(folder, 'db.ts'), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(folder, 'db.ts'), text.replace(from, to));
}

const compiled = (files: readonly string[]) => typecheck({ dir: folder, files, compiler: '5.9', resolution: 'nodenext' });

test('an error of ours in db.ts is found by the tests', () => {
  changed('columns', 'Generated<', 'Missing<');
  expect(compiled(['db.ts']).output).toMatch(/^0\.db\.ts.*Cannot find name 'Missing'/m);
  expect(compiled(['db.ts']).output).not.toMatch(/^0[\\/]db\.ts/m);
});

test('a name that a module of the user does not export is reported', () => {
  changed('overrides', "import type { URL } from 'node:url'", "import type { Url as URL, NoUrl } from 'node:url'");
  expect(compiled(['db.ts']).output).toContain("has no exported member named 'NoUrl'");
});
