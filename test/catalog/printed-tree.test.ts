import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printedTree } from '../../src/postgres/printed-tree.js';

/** What PostgreSQL's `format_node_dump` makes of a tree: lines of 78 bytes, broken at a space where there is one. */
function formatted(tree: string): string {
  const bytes = Buffer.from(tree);
  const lines: Buffer[] = [];
  for (let at = 0; ; ) {
    let end = Math.min(at + 78, bytes.length);
    const line = bytes.subarray(at, end);
    if (end === bytes.length) return `${Buffer.concat([...lines, line]).toString()}\n`;
    let next = end;
    if (bytes[end] === 0x20) next = end + 1;
    else if (line.lastIndexOf(' ') > 0) {
      end = at + line.lastIndexOf(' ');
      next = end + 1;
    }
    lines.push(bytes.subarray(at, end), Buffer.from('\n'));
    at = next;
  }
}

const printed = (tree: string) => printedTree({ message: 'parse tree:', detail: formatted(tree) });
const words = (most: number) =>
  fc
    .array(fc.string({ unit: fc.constantFrom('a', '{', ':', 'é', '1'), minLength: 1, maxLength: most }), {
      minLength: 1,
    })
    .map((all) => all.join(' '));

describe('a tree that the server prints', () => {
  test('is put together again', () => {
    fc.assert(fc.property(words(30), (tree) => expect(printed(tree)).toBe(tree)));
  });

  test('is not told where it may have been broken within a name', () => {
    const names = fc.string({ unit: fc.constantFrom('a', '\\ ', '\\\n', ' ', 'é'), minLength: 1, maxLength: 300 });
    fc.assert(fc.property(names, (tree) => expect([`:${tree}.`, undefined]).toContain(printed(`:${tree}.`))));
  });

  test('is no other notice', () => {
    expect(printedTree({ message: 'plan:', detail: '{PLANNEDSTMT}' })).toBeUndefined();
    expect(printedTree({ message: 'parse tree:' })).toBeUndefined();
  });
});
