import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type PgValue, parseNodeTree } from '../../src/catalog/proofs/query-tree/node-tree.js';
import { RowsmithError } from '../../src/errors.js';

/** A value, and how PostgreSQL prints it: `outToken`, `_outString`, `_outList` and `_outNode` of its outfuncs.c. */
interface Printed {
  readonly value: PgValue;
  readonly text: string;
}

const printToken = (text: string) => text.replace(/^["<\d]|^[+-](?=[\d.])|[ \n\t(){}\\]/g, '\\$&');

const characters = fc.string({
  unit: fc.constantFrom('a', 'i', '"', '\\', ' ', '\n', '(', ')', '{', '}', '<', '>', ':', '-', '1', 'é', '😀'),
  minLength: 1,
  maxLength: 6,
});
const nothing: fc.Arbitrary<Printed> = fc.constant({ value: null, text: '<>' });
const token = characters.map((text): Printed => ({ value: text, text: printToken(text) }));
const name = fc
  .oneof(characters, fc.constantFrom('', '"', 'a"', '<>'))
  .map((text): Printed => ({ value: `"${text}"`, text: `"${printToken(text)}"` }));
const numbers = fc
  .tuple(fc.constantFrom('i', 'o', 'b'), fc.array(fc.nat().map(String)))
  .map(([letter, items]): Printed => ({ value: items, text: `(${[letter, ...items].join(' ')})` }));
const constant = fc.array(fc.integer({ min: -128, max: 127 }).map(String), { minLength: 1, maxLength: 8 }).map(
  (bytes): Printed => ({
    value: [String(bytes.length), '[', ...bytes, ']'],
    text: `${bytes.length} [ ${bytes.join(' ')} ]`,
  }),
);

const { value: printed } = fc.letrec<{ value: Printed; node: Printed; list: Printed }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, nothing, token, numbers, tie('node'), tie('list')),
  node: fc
    .tuple(
      fc.constantFrom('QUERY', 'VAR', 'CONST'),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.oneof(tie('value'), constant), { maxKeys: 4 }),
    )
    .map(([tag, fields]) => ({
      value: { tag, fields: Object.fromEntries(Object.entries(fields).map(([field, { value }]) => [field, value])) },
      text: `{${[tag, ...Object.entries(fields).map(([field, { text }]) => `:${field} ${text}`)].join(' ')}}`,
    })),
  list: fc
    .array(fc.oneof(name, tie('node'), nothing), { maxLength: 4 })
    .map((items) => ({ value: items.map(({ value }) => value), text: `(${items.map(({ text }) => text).join(' ')})` })),
}));

describe('a node tree', () => {
  test('is read as what was printed', () => {
    fc.assert(
      fc.property(printed, ({ value, text }) => expect(parseNodeTree(text)).toEqual(value)),
      { numRuns: 500 },
    );
  });

  test('that is broken is read, or refused with a hint', () => {
    const broken = fc
      .tuple(printed, fc.nat(), fc.nat(9), fc.constantFrom('', '(', '}', '"', '\\', ':', ' '))
      .map(
        ([{ text }, at, length, other]) =>
          text.slice(0, at % (text.length + 1)) + other + text.slice((at % (text.length + 1)) + length),
      );
    const outcome = (text: string) => {
      try {
        parseNodeTree(text);
        return 'read';
      } catch (error) {
        return error instanceof RowsmithError && error.code === 'server-not-readable' && error.hint !== undefined
          ? 'refused'
          : error;
      }
    };
    const outcomes = new Set<unknown>();
    fc.assert(
      fc.property(broken, (text) => void outcomes.add(outcome(text))),
      { numRuns: 500 },
    );
    expect([...outcomes].sort()).toEqual(['read', 'refused']);
  });

  test('that is nested too deeply for the stack is read as nothing', () => {
    const nested = (levels: number) => '('.repeat(levels) + ')'.repeat(levels);
    expect(parseNodeTree(nested(2))).toEqual([[]]);
    expect(parseNodeTree(nested(1000))).not.toBeNull();
    expect(parseNodeTree(nested(1001))).toBeNull();
    expect(parseNodeTree('({A :b ('.repeat(50_000))).toBeNull();
  });
});
