/**
 * SQL that tries to escape from the embedded Postgres in every known way, with all layers on. `npm run escapes` also
 * tries all of them against each layer on each Node.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allLayers, type Layers } from '../src/postgres/embedded/server-limits.js';
import { escapes } from './support/escapes.js';
import { Machine } from './support/escaping.js';

const machine = new Machine();
beforeAll(() => machine.prepare());
afterAll(() => machine.close());

const none: Layers = { permission: false, evaluation: false, host: false };
const alone = (['permission', 'evaluation', 'host'] as const).map((layer): [string, Layers] => [
  layer,
  { ...none, [layer]: true },
]);

describe('no way leads out', () => {
  test.each(escapes)('$name', async (way) => {
    expect((await machine.attempt(way, allLayers)).got).toEqual([]);
  });
});

/** One escape for each way to evaluate text, and one through a library that is not in the server's files. */
const telling = escapes.filter(
  ({ name }) =>
    /needs one on|__em_asm|put together|overwritten|control file beside/.test(name) && !name.startsWith('an extension'),
);

describe.each(telling)('$name', (way) => {
  test('comes to something where nothing holds it', async () => {
    expect((await machine.attempt(way, none)).got).toEqual(
      expect.arrayContaining(['the network', 'a socket file', 'a secret', 'a file on the disk']),
    );
  });

  test.each(alone)('is held by the layer "%s" alone', async (_layer, layers) => {
    expect((await machine.attempt(way, layers)).got).toEqual([]);
  });
});

test('a program in there can do nothing that it tries', async () => {
  const [way] = escapes;
  if (!way) throw new Error('no escape');
  const { answers } = await machine.attempt(way, { ...none, permission: true });
  const [{ answer }] = JSON.parse(answers.at(-1) ?? '') as [{ answer: string }];
  const came = Object.entries(JSON.parse(answer) as Record<string, string>);
  expect(came.length).toBeGreaterThan(30);
  expect(came.filter(([, what]) => !what.startsWith('refused: '))).toEqual([]);
});
