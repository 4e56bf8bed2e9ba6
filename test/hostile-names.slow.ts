import { expect, test } from '@jest/globals';
import { createDatabase } from '../scripts/postgres.js';
import { tryHostileSchemas } from './support/hostile-run.js';
import { leaksIn } from './support/leaks.js';
import { newestVersion, serverUrl } from './support/postgres.js';

/** `npm run fuzz` tries many more. */
const count = 12;

test('whatever names and texts a schema has, its output compiles and they stay texts', async () => {
  const { compiled, refused, wrong } = await tryHostileSchemas(
    await createDatabase(await serverUrl(newestVersion)),
    count,
    1,
  );
  expect(wrong).toEqual([]);
  expect(compiled + [...refused.values()].reduce((sum, times) => sum + times, 0)).toBe(count);
  expect(compiled).toBeGreaterThan(count / 2);
}, 120_000);

test.each([
  ['a.ts', '/** a */ const HoSt_iLe = 1;', 'a.ts:1: Identifier HoSt_iLe'],
  ['a.ts', 'const a = `${HoSt_iLe}`;', 'a.ts:1: Identifier HoSt_iLe'],
  [
    'a.ts',
    '/** @ts-expect-error HoSt_iLe */',
    'a.ts:1: an instruction to the compiler: /** @ts-expect-error HoSt_iLe */',
  ],
  ['a.ts', "const a = 'HoSt_iLe;", 'a.ts:1: Unterminated string literal.'],
  ['a.html', '<!doctype html><body onload="HoSt_iLe">', 'a.html: the attribute onload="HoSt_iLe" of body'],
  [
    'a.html',
    '<!doctype html><a href="javascript:HoSt_iLe"></a>',
    'a.html: the attribute href="javascript:HoSt_iLe" of a',
  ],
  ['a.html', '<!doctype html><script>HoSt_iLe</script>', 'a.html: the text of script'],
  ['a.md', 'a\n\n# HoSt_iLe', 'a.md: a heading: HoSt_iLe'],
  ['a.md', '[a](HoSt_iLe)', 'a.md: link: [a](HoSt_iLe)'],
  ['a.md', 'a <b>HoSt_iLe', 'a.md: HTML: <b>'],
])('a text that got out is found: %s %s', (path, text, leak) => {
  expect(leaksIn(path, text)).toContain(leak);
});

test('texts are no leaks', () => {
  expect(
    leaksIn(
      'a.ts',
      "/** HoSt_iLe */\nexport interface A { HoSt_iLe: 'HoSt_iLe'; 'a HoSt_iLe': `HoSt_iLe` }\nexport const a = { HoSt_iLe: 1 }.HoSt_iLe;",
    ),
  ).toEqual([]);
  expect(leaksIn('a.html', '<!doctype html><p title="HoSt_iLe">HoSt_iLe</p>')).toEqual([]);
  expect(leaksIn('a.md', '## `HoSt_iLe`\n\nHoSt_iLe')).toEqual([]);
});
