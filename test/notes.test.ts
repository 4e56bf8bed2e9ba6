import { expect, test } from '@jest/globals';
import { check, loadConfig } from '../src/index.js';
import { repositoryPath } from './support/repository.js';

test('people hear of a machine that nothing can read, and of an index that is missing', async () => {
  const folder = repositoryPath('test/cases/state-machines');
  const loaded = await loadConfig(undefined, folder);
  const { notes } = await check({ config: { ...loaded?.config, source: { catalog: 'expected/catalog.json' } }, folder });
  expect(notes).toEqual([
    'visit_transitions looks like the transitions of visits, but nothing tells its newest row: it needs a unique index on (visit_id, most_recent) WHERE most_recent, or on (visit_id, sort_key), all NOT NULL. No state field is generated.',
    'Order.state is filtered faster with an index: CREATE INDEX ON order_transitions (to_state, order_id) WHERE most_recent;',
  ]);
});

test('people hear of a function that can have no caller', async () => {
  const folder = repositoryPath('test/cases/functions');
  const loaded = await loadConfig(undefined, folder);
  const { notes } = await check({ config: { ...loaded?.config, source: { catalog: 'expected/catalog.json' } }, folder });
  expect(notes).toEqual([
    "public.anything() gets no caller: what its type record stands for is known in a query only.",
    'public.of_hidden() gets no caller: its type public.hidden is not among those that are generated for.',
    'public.pick(anyelement) gets no caller: what its type anyelement stands for is known in a query only.',
    "public.raw(cstring) gets no caller: its type cstring is the server's own.",
    'public.total_of(integer) gets no caller: it is an aggregate function.',
  ]);
});
