import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isIdentifier } from '../src/model/identifier.js';
import {
  camelCase,
  distinctNames,
  fieldName,
  fileName,
  functionName,
  modelName,
  pascalCase,
  singular,
} from '../src/model/names.js';

/** Names of parts that meet once they are converted, beside whatever Postgres accepts as an identifier. */
const parts = [
  'foo',
  'Foo',
  'FOO',
  'bar',
  'b',
  'B',
  '1',
  '_',
  '__',
  '-',
  ' ',
  '.',
  "'",
  '"',
  '$',
  'é',
  'e\u0301',
  'É',
  'ß',
  'ﬁ',
  'ǅ',
  '٣',
  '😀',
  '\u200b',
  'constructor',
  'con',
  'NUL',
  'class',
  'tasks',
];
const composed = fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 5 }).map((some) => some.join(''));
const usual = fc.stringMatching(/^[a-z]{1,4}(_[a-z]{1,4}){0,3}$/);
const anything = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).map((text) => text.replaceAll('\0', '_'));
const name = fc.oneof({ weight: 4, arbitrary: composed }, { weight: 2, arbitrary: usual }, anything);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 12 });

const always = (holds: (name: string) => unknown, given = name) =>
  fc.assert(
    fc.property(given, (text) => void holds(text)),
    { numRuns: 300 },
  );

/** What a file system that ignores case, or how a letter is composed, takes for one name. */
const onDisk = (file: string) => file.normalize('NFC').toLowerCase();

describe('names', () => {
  test.each<[string, (name: string) => string]>([
    ['a type', pascalCase],
    ['a field', fieldName],
    ['a model', (text) => modelName(pascalCase(singular(text)))],
    ['a function', (text) => functionName(camelCase(text))],
  ])('of %s are identifiers', (_, convert) => {
    always((text) => expect(isIdentifier(convert(text)) ? '' : `${JSON.stringify(text)} → ${convert(text)}`).toBe(''));
  });

  test('that are converted stay as they are', () => {
    for (const convert of [pascalCase, camelCase])
      always((text) => expect(convert(convert(text))).toBe(convert(text)), usual);
    always((text) => expect(fileName(fileName(text))).toBe(fileName(text)));
  });

  test('of fields are none that every object has', () => {
    always((text) => expect(fieldName(text) in {}).toBe(false));
  });

  test('of files have no capital, no separator of folders, and are no device', () => {
    always((text) => expect(fileName(text)).not.toMatch(/[A-Z./\\]|^$|^(con|prn|aux|nul|com\d|lpt\d)$/));
  });

  test('of files differ for every file system, or not at all', () => {
    expect(fileName('Cafe\u0301')).toBe(fileName('Caf\u00e9'));
    fc.assert(
      fc.property(names, (all) => {
        const files = new Set(all.map((text) => fileName(pascalCase(text))));
        expect(new Set([...files].map(onDisk)).size).toBe(files.size);
      }),
      { numRuns: 300 },
    );
  });
});

describe('distinct names', () => {
  const itself = (text: string) => text;

  test.each<[string, (name: string) => string]>([
    ['fields', fieldName],
    ['types', (text) => `${pascalCase(text)}Table`],
  ])('of %s are identifiers, and no two are one', (_, preferred) => {
    fc.assert(
      fc.property(names, (all) => {
        const found = [...distinctNames(all, itself, preferred).values()];
        expect(new Set(found).size).toBe(all.length);
        expect(found.filter((text) => !isIdentifier(text))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('do not depend on the order', () => {
    fc.assert(
      fc.property(names, (all) => {
        const [there, back] = [all, [...all].reverse()].map((items) => distinctNames(items, itself, fieldName));
        expect(all.map((text) => back?.get(text))).toEqual(all.map((text) => there?.get(text)));
      }),
      { numRuns: 300 },
    );
  });

  test('leave the plain one to whoever is spelled in the usual way', () => {
    expect(Object.fromEntries(distinctNames(['fooBar', 'foo_bar', 'foo-bar', 'other'], itself, fieldName))).toEqual({
      foo_bar: 'fooBar',
      fooBar: expect.stringMatching(/^fooBar_[0-9a-f]{6}$/),
      'foo-bar': expect.stringMatching(/^fooBar_[0-9a-f]{6}$/),
      other: 'other',
    });
  });
});
