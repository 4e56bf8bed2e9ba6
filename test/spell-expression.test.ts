import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { spellExpression } from '../src/catalog/spell-expression.js';

/** `determinism.slow.ts` tests how a server prints them after a restore. */
describe('an expression as Postgres prints it', () => {
  test.each<[name: string, printed: string, spelled: string]>([
    ['stays as it is', '(price > (0)::numeric)', '(price > (0)::numeric)'],
    [
      'a list of varchar',
      `((v)::text = ANY ((ARRAY['a'::character varying, NULL::character varying])::text[]))`,
      `((v)::text = ANY (ARRAY['a'::text, NULL::text]))`,
    ],
    [
      'the same as it is restored',
      `((v)::text = ANY (ARRAY[('a'::character varying)::text, (NULL::character varying)::text]))`,
      `((v)::text = ANY (ARRAY['a'::text, NULL::text]))`,
    ],
    [
      'values that are no literals',
      `(n = ANY ((ARRAY[i, (s)::integer, f(1, 2), (a + b)])::numeric(10,2)[]))`,
      `(n = ANY (ARRAY[(i)::numeric(10,2), ((s)::integer)::numeric(10,2), (f(1, 2))::numeric(10,2), ((a + b))::numeric(10,2)]))`,
    ],
    [
      'arrays of arrays',
      '((ARRAY[ARRAY[1, i], ARRAY[2, 3]])::double precision[])',
      '(ARRAY[ARRAY[(1)::double precision, (i)::double precision], ARRAY[(2)::double precision, (3)::double precision]])',
    ],
    [
      'types in quotes, with schemas and words',
      `(f((ARRAY[a])::"My, ""types"[]) AND g((ARRAY[b])::s."T"[], (ARRAY[c])::timestamp(3) without time zone[]))`,
      `(f(ARRAY[(a)::"My, ""types"]) AND g(ARRAY[(b)::s."T"], ARRAY[(c)::timestamp(3) without time zone]))`,
    ],
    [
      'a cast to a domain over an array, which stays around it',
      `((ARRAY['x'::text])::tags)`,
      `((ARRAY['x'::text])::tags)`,
    ],
    ['an empty array', '((ARRAY[]::character varying[])::text[])', '((ARRAY[]::character varying[])::text[])'],
    ['a literal whose cast changes it', `('a '::bpchar)::text`, `('a '::bpchar)::text`],
    ['a literal that is cut', `(('abc'::character varying(2))::text)`, `(('abc'::character varying(2))::text)`],
    [
      'texts that look like it',
      `((t = '(ARRAY[''x''])::text[]'::text) AND ("(ARRAY["::text = ')::'::text))`,
      `((t = '(ARRAY[''x''])::text[]'::text) AND ("(ARRAY["::text = ')::'::text))`,
    ],
  ])('%s', (_name, printed, spelled) => {
    expect(spellExpression(printed)).toBe(spelled);
    expect(spellExpression(spelled)).toBe(spelled);
  });

  test('whatever it is, it keeps its values, and its spelling is its own', () => {
    const { expression } = fc.letrec<{ expression: string; value: string; array: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 4 },
        tie('value'),
        fc
          .tuple(tie('expression'), fc.constantFrom('text', 'character varying', 'numeric(4,1)'))
          .map(([inner, type]) => `(${inner})::${type}`),
        fc.tuple(tie('expression'), tie('array')).map(([left, right]) => `(${left} = ANY (${right}))`),
        fc.tuple(tie('expression'), tie('expression')).map(([left, right]) => `f(${left}, ${right})`),
      ),
      value: fc.constantFrom(
        `'a'::text`,
        `'),(ARRAY['::character varying`,
        'NULL::text',
        'x',
        '"q""("',
        '12',
        `'-1'::integer`,
      ),
      array: fc
        .tuple(
          fc.array(fc.oneof(tie('expression'), tie('array')), { minLength: 1, maxLength: 3 }),
          fc.constantFrom('', 'text[]', 's."T"[]', 'tags'),
        )
        .map(([elements, type]) =>
          type === '' ? `ARRAY[${elements.join(', ')}]` : `(ARRAY[${elements.join(', ')}])::${type}`,
        ),
    }));
    const values = (text: string) => text.match(/'[^']*'|"q""\("|NULL|\bx\b|\b12\b/g);
    fc.assert(
      fc.property(expression, (printed) => {
        const once = spellExpression(printed);
        expect(spellExpression(once)).toBe(once);
        expect(values(once)).toEqual(values(printed));
      }),
    );
  });

  test('nested as deep as one likes', () => {
    const deep = `${'('.repeat(50_000)}x${')::text'.repeat(50_000)}`;
    expect(spellExpression(deep)).toBe(deep);
  });
});
