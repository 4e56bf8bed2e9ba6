import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isIdentifier } from '../src/model/identifier.js';
import { camelCase, fieldName, fileName, pascalCase } from '../src/model/names.js';
import { functionName, modelName } from '../src/model/reserved-names.js';
import { singular } from '../src/model/singular.js';
import { columnWish, sharedWishes, uniqueNames, wishesOf } from '../src/model/unique-names.js';

/**
 * Parts of names that become equal when they are converted, in addition to whatever Postgres accepts as an identifier.
 */
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

/** The name under which a file system knows a file if it ignores case or the composition of letters. */
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

test('of acronyms are small where a small letter begins the name', () => {
  expect(
    ['HTMLBody', 'URL', 'ID', 'USER_NAME', 'userID', 'HTTPServer', 'A', 'X1', 'aB', 'É', 'created_at', 'URLs'].map(
      camelCase,
    ),
  ).toEqual(['htmlBody', 'url', 'id', 'userName', 'userID', 'httpServer', 'a', 'x1', 'aB', 'é', 'createdAt', 'urLs']);
});

describe('unique names', () => {
  const named = (columns: readonly string[]) => uniqueNames(wishesOf(columns, (column) => columnWish(column)));

  test('no two are one', () => {
    fc.assert(
      fc.property(names, (all) => {
        expect(new Set(named(all).values()).size).toBe(all.length);
      }),
      { numRuns: 300 },
    );
  });

  test('do not depend on the order', () => {
    fc.assert(
      fc.property(names, (all) => {
        const [there, back] = [all, [...all].reverse()].map(named);
        expect(all.map((text) => back?.get(text))).toEqual(all.map((text) => there?.get(text)));
      }),
      { numRuns: 300 },
    );
  });

  test('never mean another thing when one is added', () => {
    fc.assert(
      fc.property(names, name, (all, added) => {
        const [before, after] = [named(all), named([...new Set([...all, added])])];
        const owners = new Map([...before].map(([thing, called]) => [called, thing]));
        for (const [thing, called] of after) expect(owners.get(called) ?? thing).toBe(thing);
      }),
      { numRuns: 300 },
    );
  });

  test.each<[what: string, columns: readonly string[], want: readonly string[]]>([
    ['alone', ['created_at', 'other'], ['createdAt', 'other']],
    ['beside a rival', ['created_at', 'createdAt', 'other'], ['created_at_', 'createdAt_', 'other']],
    ['of three rivals', ['fooBar', 'foo_bar', 'foo-bar'], ['fooBar_', 'foo_bar_', 'foo-bar_']],
    ['whose rivals differ in capitals', ['URL', 'url', 'Url'], ['URL_', 'url_', 'Url_']],
    ['that every object has', ['constructor', 'x'], ['constructor_', 'x']],
    [
      'that are another one\u2019s full name',
      ['constructor', 'constructor_'],
      ['constructor__2e4f3e', 'constructor__'],
    ],
  ])('%s', (_, columns, want) => {
    const found = named(columns);
    expect(columns.map((column) => found.get(column)?.replace(/[0-9a-f]{6}$/, '2e4f3e'))).toEqual(want);
  });

  test('that the config gives are their owner\u2019s, and the rival has its full one', () => {
    const wishes = new Map([
      ['a', columnWish('foo_bar', 'fooBar')],
      ['b', columnWish('fooBar')],
    ]);
    const found = uniqueNames(wishes);
    expect([...found.values()]).toEqual(['fooBar', 'fooBar_']);
    expect(sharedWishes(found, wishes)).toEqual([]);
  });

  test('that are shared are told with those that wish them', () => {
    const columns = ['foo_bar', 'fooBar', 'x'];
    const wishes = wishesOf(columns, (column) => columnWish(column));
    expect(sharedWishes(named(columns), wishes)).toEqual([
      { name: 'fooBar', items: ['foo_bar', 'fooBar'], losers: ['foo_bar', 'fooBar'] },
    ]);
  });

  test('that are taken belong to none', () => {
    const wishes = wishesOf(['x', 'y'], (column) => columnWish(column));
    expect([...uniqueNames(wishes, { taken: ['x'] }).values()]).toEqual(['x_', 'y']);
  });
});
