import { writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { generate, init, loadConfig } from '../../src/index.js';
import { project } from './project.js';

const schema = `
  create type order_status as enum ('draft', 'paid', 'shipped');
  create table orders (id int primary key, status order_status not null default 'draft');
  create table jobs (id int primary key, state text check (state in ('queued', 'running', 'done')) default 'running');
  create table people (id int primary key, status text not null, state text);
  create table claims (id int primary key, status text not null check (status in ('open', 'closed')));
  create table claim_transitions (claim_id int not null references claims, to_state text not null, sort_key int not null, unique (claim_id, sort_key));
  create table badges (id int primary key, status text not null check (status in ('worn', 'lost')) generated always as (case when id > 0 then 'worn' else 'lost' end) stored);
  create view open_orders as select * from orders;`;

test('a column that is called so and lists its states is proposed as a machine, commented out', async () => {
  const { folder, path, read } = project({ '.git/HEAD': '', 'schema.sql': schema }, ['rowsmith']);
  await init({ folder });
  const config = read('rowsmith.config.mjs');
  expect(config.slice(config.indexOf('    // jobs'))).toBe(`    // jobs: {
    //   // Detected: the states of state. With a graph, only transitionJob changes them. List which states may
    //   // follow which.
    //   // state: {
    //   //   column: 'state',
    //   //   initial: 'running',
    //   //   graph: { queued: ['running', 'done'], running: ['done'], done: [] },
    //   // },
    // },
    // orders: {
    //   // Detected: the states of status. With a graph, only transitionOrder changes them. List which states may
    //   // follow which.
    //   // state: {
    //   //   column: 'status',
    //   //   initial: 'draft',
    //   //   graph: { draft: ['paid', 'shipped'], paid: ['shipped'], shipped: [] },
    //   // },
    // },
  },
});
`);
  // None of it is said of claims, whose transitions are kept, of a view, or of what the database generates.
  const before = (await loadConfig(undefined, folder))?.config;
  expect(Object.keys(before?.models ?? {})).toEqual(['claims']);

  // What is turned on generates as it is.
  const proposed = config.indexOf('    // jobs');
  const lines = config
    .slice(proposed)
    .split('\n')
    .filter((line) => !/Detected: | which\.$/.test(line));
  const on = lines.map((line) => line.replace('// ', '').replace('// ', '')).join('\n');
  writeFileSync(path('rowsmith.config.mts'), config.slice(0, proposed) + on);
  const turnedOn = (await loadConfig('rowsmith.config.mts', folder))?.config;
  await generate({ config: { ...turnedOn, out: 'out' }, folder });
  expect(read('out/models/order.ts')).toContain('export const transitionOrder: ChangeState<OrderKey, OrderState>');
  expect(read('out/models/job.ts')).toContain("graph: { queued: ['running', 'done'], running: ['done'], done: [] },");
});
