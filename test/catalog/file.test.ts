/** catalog.json as somebody may leave it: edited, cut off, of another version, or made to do harm. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Catalog } from '../../src/catalog/catalog.js';
import { fingerprint } from '../../src/catalog/serialize.js';
import { check, RowsmithError } from '../../src/index.js';
import { repositoryPath } from '../support/repository.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-catalog-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (name: string) => readFileSync(repositoryPath(`test/cases/${name}/expected/catalog.json`), 'utf8');

/** What a check from the text says: the error's message and hint, or nothing. */
async function said(text: string): Promise<string | undefined> {
  const file = join(folder, 'catalog.json');
  writeFileSync(file, text);
  try {
    await check({ config: { source: { catalog: file } }, folder });
    return undefined;
  } catch (error) {
    if (error instanceof RowsmithError) return `${error.message} ${error.hint ?? ''}`;
    throw error;
  }
}

/** The document with a fingerprint that fits it. */
function sealed(document: Record<string, unknown>): string {
  const { generated, version, fingerprint: _old, ...catalog } = document;
  return JSON.stringify({ generated, version, fingerprint: fingerprint(catalog as unknown as Catalog), ...catalog });
}

test.each([
  ['cut off', (text: string) => text.slice(0, 900), 'not a rowsmith catalog'],
  ['empty', () => '', 'not a rowsmith catalog'],
  ['of another tool', () => '{"version":1,"tables":[]}', 'not a rowsmith catalog'],
  ['edited', (text: string) => text.replace(/"notNull": ?true/, '"notNull":false'), 'was changed after it was written'],
  [
    'of a newer version',
    (text: string) => text.replace('"version": 1', '"version": 2'),
    /has format 2; .* A newer rowsmith wrote it: update this one/,
  ],
  ['with a key that no catalog has', (text: string) => sealed({ ...JSON.parse(text), more: [] }), 'more is not valid'],
  [
    'with a prototype',
    (text: string) =>
      sealed(
        JSON.parse(text.replace('"schemas":', '"__proto__": { "polluted": true }, "schemas":')) as Record<
          string,
          unknown
        >,
      ),
    '__proto__ is not valid',
  ],
  [
    'with a number for a name',
    (text: string) =>
      sealed(JSON.parse(text.replace(/("columns":\s*\[\s*\{\s*"name":\s*)"[^"]*"/, '$1 5')) as Record<string, unknown>),
    'relations[0].columns[0].name is not valid',
  ],
])('%s', async (_what, change, expected) => {
  expect(await said(change(read('views')))).toEqual(
    typeof expected === 'string' ? expect.stringContaining(expected) : expect.stringMatching(expected),
  );
});

/** Every place of a document that holds a value, as a way to set it. */
function places(value: unknown, found: ((next: unknown) => void)[] = []) {
  if (typeof value !== 'object' || value === null) return found;
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    found.push((next) => {
      if (next === undefined) delete holder[key];
      else holder[key] = next;
    });
    places(holder[key], found);
  }
  return found;
}

const cases = ['columns', 'computed', 'functions', 'relations', 'state-machines', 'views'].map(read);

test('whatever stands in it, there is a word about it or there are files', async () => {
  const anything = fc.oneof(
    fc.constant(undefined),
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('__proto__', 'constructor', '', 'x', -1, 1e300, [], {}),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...cases), fc.nat(), anything, async (text, place, value) => {
      const document = JSON.parse(text) as Record<string, unknown>;
      const { generated: _generated, version: _version, fingerprint: _fingerprint, ...catalog } = document;
      const set = places(catalog);
      set[place % set.length]?.(value);
      await said(sealed({ ...document, ...catalog }));
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
