/**
 * Which columns can keep a state, and what the config may say about them. Everything else is refused with a message.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Catalog } from '../src/catalog/catalog.js';
import { readCatalogFile } from '../src/catalog/catalog-file.js';
import type { ModelConfig } from '../src/config/models.js';
import { type Config, docs, generate } from '../src/index.js';
import { buildSchema } from '../src/model/build.js';
import { freshDatabase, newestVersion } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

const schema = `
  create type mood as enum ('calm', 'cross');
  create domain short as varchar(4);
  create domain moods as mood[];
  create domain listed as text check (value in ('a', 'b', 'c'));
  create collation ignoring (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
  create table t (
    id serial primary key, mood mood not null default 'calm', mood_nullable mood, short short not null, code varchar(3) not null,
    padded char(4) not null, price numeric not null, at date not null, moods mood[] not null, moods_domain moods not null,
    data jsonb not null, folded text collate ignoring not null, plain text not null, small smallint not null default 2,
    yes boolean not null, number integer not null default 0, checked text not null check (checked in ('x', 'y')) default 'y',
    made text not null default lower('X'), twice listed not null check (twice in ('b', 'c', 'd'))
  );
  create table parent (kind text not null check (kind in ('a', 'b')) no inherit);
  create table child () inherits (parent);`;

let catalog: Catalog;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-state-columns-'));
  const database = await freshDatabase(newestVersion, schema);
  try {
    const { out } = await generate({ config: { source: { url: database.url }, out: join(folder, 'generated') } });
    catalog = await readCatalogFile(join(out, 'catalog.json'));
  } finally {
    await database.drop();
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const modelOf = (config: ModelConfig, table = 't') => {
  const { relations } = buildSchema(catalog, { models: { [table]: config } });
  const model = relations.find(({ relation }) => relation.name === table);
  if (!model) throw new Error(`There is no ${table}.`);
  return model;
};

const error = (config: ModelConfig, table?: string): string => {
  try {
    modelOf(config, table);
  } catch (failure) {
    const { message, hint } = failure as { message: string; hint?: string };
    return [message, hint].join(' | ');
  }
  return 'nothing';
};

const typeHint = 'A state is an enum, text, varchar, an integer or a boolean, or a domain over one of them.';

test.each<[what: string, config: ModelConfig, says: string]>([
  [
    'a column that is not there',
    { state: { column: 'mod', states: ['a'] } },
    'The config names an unknown column: models.t.state.column is "mod" | Did you mean "mood"?',
  ],
  [
    'a type that is padded',
    { state: { column: 'padded' } },
    `t.padded cannot keep a state: its type is character(4). | ${typeHint}`,
  ],
  [
    'a number with a scale',
    { state: { column: 'price' } },
    `t.price cannot keep a state: its type is numeric. | ${typeHint}`,
  ],
  ['a date', { state: { column: 'at' } }, `t.at cannot keep a state: its type is date. | ${typeHint}`],
  ['an array', { state: { column: 'moods' } }, `t.moods cannot keep a state: its type is public.mood[]. | ${typeHint}`],
  [
    'a domain over an array',
    { state: { column: 'moods_domain' } },
    `t.moods_domain cannot keep a state: its type is public.moods. | ${typeHint}`,
  ],
  ['JSON', { state: { column: 'data' } }, `t.data cannot keep a state: its type is jsonb. | ${typeHint}`],
  [
    'a collation by which different states are equal',
    { state: { column: 'folded', states: ['a'] } },
    `t.folded cannot keep a state: its type is text of a nondeterministic collation. | ${typeHint}`,
  ],
  [
    'states that nothing lists',
    { state: { column: 'plain' } },
    't.plain cannot keep a state: neither an enum, nor a CHECK, nor the config lists the states. | List them: models.t.state takes states, or a graph that names them all.',
  ],
  [
    'a state that is no label',
    { state: { column: 'mood', graph: { calm: ['crss'] } } },
    'The state "crss" of t does not fit t.mood, whose type is public.mood. | Did you mean "cross"?',
  ],
  [
    'a listed state that a CHECK refuses',
    { state: { column: 'checked', states: ['x', 'z'], initial: 'y' } },
    'The state "z" of t is not one of its states. | Did you mean "x"?',
  ],
  [
    'an initial state that a CHECK refuses',
    { state: { column: 'checked', initial: 'w' } },
    'The initial state "w" of t is not one of its states. | Did you mean "x"?',
  ],
  [
    'a state of the graph that is not among those that are listed',
    { state: { column: 'plain', states: ['a', 'b'], graph: { a: ['c'] } } },
    'The state "c" of t is not one of its states. | Did you mean "a"?',
  ],
  [
    'a state that is too long',
    { state: { column: 'code', states: ['abc', 'abcd'] } },
    'The state "abcd" of t does not fit t.code, whose type is character varying(3). | Check its spelling, or change the type of the column.',
  ],
  [
    'a state that is too long for a domain',
    { state: { column: 'short', states: ['abcd', 'abcde'] } },
    'The state "abcde" of t does not fit t.short, whose type is character varying(4). | Check its spelling, or change the type of the column.',
  ],
  [
    'a number that is too large',
    { state: { column: 'small', states: ['1', '32768'] } },
    'The state "32768" of t does not fit t.small, whose type is smallint. | Check its spelling, or change the type of the column.',
  ],
  [
    'a word for a number',
    { state: { column: 'number', states: ['one'] } },
    'The state "one" of t does not fit t.number, whose type is integer. | Check its spelling, or change the type of the column.',
  ],
  [
    'a word for a boolean',
    { state: { column: 'yes', states: ['yes'] } },
    'The state "yes" of t does not fit t.yes, whose type is boolean. | Check its spelling, or change the type of the column.',
  ],
  [
    'another state by default',
    { state: { column: 'mood', initial: 'cross' } },
    'The initial state of t is "cross", but t.mood is "calm" by default. | Set initial to the default, or change the default in the database.',
  ],
  [
    'another number by default',
    { state: { column: 'number', initial: ['1', '2'], states: ['0', '1', '2'] } },
    'The initial state of t is "1" or "2", but t.number is "0" by default. | Set initial to the default, or change the default in the database.',
  ],
  [
    'a field that reads as something else where it is null',
    { state: { column: 'mood_nullable' }, alias: { mood_nullable: { as: 'mood2', default: 'calm' } } },
    't.mood_nullable cannot keep a state: its alias has a default, which is not stored in the column. | Remove default from models.t.alias.mood_nullable, or make the column NOT NULL.',
  ],
  [
    'a column that every update fills',
    { state: { column: 'mood' }, filled: { mood: { update: { sql: "'calm'" } } } },
    't.mood cannot keep a state: every update would fill it. | Remove update from models.t.filled.mood: only transitions change a state.',
  ],
  [
    'two machines of one column',
    { state: [{ column: 'mood' }, { column: 'mood', name: 'other' }] },
    't.mood cannot keep a state: the config defines two state machines for it. | Keep one of them.',
  ],
  [
    'two machines of one name',
    {
      state: [
        { column: 'mood', name: 'same' },
        { column: 'checked', name: 'same' },
      ],
    },
    'Two state machines of t have the name same. | Rename one of them with name in models.t.state.',
  ],
])('refuses %s', (_what, config, says) => {
  expect(error(config)).toBe(says);
});

test.each<[what: string, config: ModelConfig, states: readonly unknown[], initial: unknown]>([
  ['the labels of an enum', { state: { column: 'mood', initial: 'calm' } }, ['calm', 'cross'], 'calm'],
  ['the values of a CHECK', { state: { column: 'checked', initial: 'y' } }, ['x', 'y'], 'y'],
  ['what both a CHECK and a domain allow', { state: { column: 'twice' } }, ['b', 'c'], undefined],
  [
    'the names in a graph',
    { state: { column: 'plain', initial: 'a', graph: { b: ['c', 'a'] } } },
    ['a', 'b', 'c'],
    'a',
  ],
  ['the list of the config', { state: { column: 'code', states: ['abc'] } }, ['abc'], undefined],
  ['numbers', { state: { column: 'small', initial: '2', graph: { '1': ['2'] } } }, [2, 1], 2],
  ['booleans', { state: { column: 'yes', initial: 'false', states: ['false', 'true'] } }, [false, true], false],
  [
    'a default that is no constant, which is not compared',
    { state: { column: 'made', initial: 'x', states: ['x'] } },
    ['x'],
    'x',
  ],
])('the states are %s', (_what, config, states, initial) => {
  const [machine] = modelOf(config).stateMachines;
  expect([machine?.states, machine?.initial]).toEqual([states, initial]);
});

test('a CHECK that rows of child tables need not obey lists nothing', () => {
  expect(error({ state: { column: 'kind' } }, 'parent')).toContain('nor a CHECK, nor the config lists the states');
});

test('the machine is called state where nothing else is, and two are called after their columns', () => {
  const names = (config: ModelConfig) =>
    modelOf(config).stateMachines.map(({ name, typeName, valuesName }) => [name, typeName, valuesName]);
  expect(names({ state: { column: 'mood' } })).toEqual([['state', 'TState', 'tStates']]);
  expect(names({ state: [{ column: 'mood' }, { column: 'checked' }] })).toEqual([
    ['mood', 'TMood', 'tMoods'],
    ['checked', 'TChecked', 'tCheckeds'],
  ]);
  expect(names({ state: { column: 'mood' }, alias: { plain: 'state' } })).toEqual([['mood', 'TMood', 'tMoods']]);
  expect(names({ state: { column: 'mood' }, alias: { mood: 'state' } })).toEqual([['state', 'TState', 'tStates']]);
  expect(names({ state: { column: 'mood' }, computed: { state: { code: './x#y', needs: ['id'] } } })).toEqual([
    ['mood', 'TMood', 'tMoods'],
  ]);
});

describe('the page of docs', () => {
  const page = async (format: 'html' | 'markdown', config: Partial<Config> = {}) => {
    const place = repositoryPath('test/cases/column-states');
    const models = JSON.parse(readFileSync(join(place, 'rowsmith.config.json'), 'utf8')) as Config;
    const given = { ...models, source: { catalog: 'expected/catalog.json' }, ...config };
    return (await docs({ config: given, folder: place, format })).text;
  };

  test('draws the machine, says which column keeps it, and that no update writes it', async () => {
    const markdown = await page('markdown');
    expect(markdown).toContain(`**State machine \`status\`**: the column \`status\`.

\`\`\`mermaid
stateDiagram-v2
  state "draft" as s0
  state "paid" as s1
  state "shipped" as s2
  state "cancelled" as s3
  [*] --> s0
  s0 --> s1
  s0 --> s3
  s1 --> s2
  s1 --> s3
\`\`\``);
    expect(markdown).toContain(
      "| `status` | `OrderState` | `status` `public.order_status not null` | insert only, default `'draft'::public.order_status` |",
    );
    // Two states may come first.
    expect(markdown).toContain('[*] --> s0\n  [*] --> s2\n');
    const html = await page('html');
    expect(html).toContain('<p>The state is what the column <code>status</code> holds.</p>');
    expect(html).toContain(
      '<p>The state is that of the newest row of <code>claim_transitions</code>. Any state may follow any other.</p>',
    );
    expect(html).toContain('aria-label="States of Order.status"');
    expect(html).toContain('<li>draft, the first state may become paid, cancelled</li>');
  });
});
