import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextToken, type Token } from '../../src/postgres/embedded/lexer.js';
import { readScript } from '../../src/postgres/embedded/script.js';
import { unitsOf } from '../../src/postgres/embedded/units.js';

/** What opens and closes what, whole and in halves. */
const pieces = [
  "'",
  "''",
  "E'",
  "\\'",
  '"',
  '$$',
  '$a$',
  '$1',
  '--',
  '/*',
  '*/',
  ';',
  '\n',
  ' ',
  'select',
  'a',
  'e',
  '1',
  '1e',
  'é',
  '(',
  ')',
  ',',
  '\\',
  'U&"',
  '::',
  '\u00a0',
];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((some) => some.join(''));

function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  for (let token = nextToken(sql, 0); token; token = nextToken(sql, token.end)) tokens.push(token);
  return tokens;
}

test('tokens follow each other, and between them is nothing but white space and comments', () => {
  fc.assert(
    fc.property(text, (sql) => {
      let end = 0;
      for (const token of tokensOf(sql)) {
        expect(token.end).toBeGreaterThan(token.start);
        expect(token.start).toBeGreaterThanOrEqual(end);
        expect(sql.slice(end, token.start)).toMatch(/^(\s|--|\/\*|$)/);
        end = token.end;
      }
      expect(end).toBeLessThanOrEqual(sql.length);
      expect(sql.slice(end)).toMatch(/^(\s|--|\/\*|$)/);
    }),
    { numRuns: 1000 },
  );
});

const statement = fc
  .array(
    fc.constantFrom(
      'select',
      'create table t (a int)',
      'begin',
      'commit',
      'set local x = 1',
      "'a;b'",
      "E'\\';'",
      '"a;b"',
      '$$;$$',
      '$b$;$$;$b$',
      '-- ; \n',
      '/* ; /* ; */ */',
      'a$b$c',
      '1',
      '(',
      ')',
      'on commit drop',
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((words) => words.join(' '));

test('a script of the statements of a script has the same statements, and the same units', () => {
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 12 }), (statements) => {
      const first = readScript(statements.join('\n;\n')).statements;
      const second = readScript(first.map((each) => each.text).join('\n;\n')).statements;
      expect(second.map((each) => each.text)).toEqual(first.map((each) => each.text));
      expect(unitsOf(first).flatMap((unit) => unit.statements)).toEqual(first);
    }),
    { numRuns: 300 },
  );
});
