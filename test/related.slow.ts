/** Related rows are those whose keys the database considers equal, whatever JavaScript makes of the keys. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CamelCasePlugin, type Kysely, sql } from 'kysely';
import type { DB } from './cases/keys/expected/db.js';
import { readEvents } from './cases/keys/expected/models/event.js';
import { readEventNotes } from './cases/keys/expected/models/event-note.js';
import { readOwners } from './cases/keys/expected/models/owner.js';
import { readPairs } from './cases/keys/expected/models/pair.js';
import { readPairNotes } from './cases/keys/expected/models/pair-note.js';
import { readPets } from './cases/keys/expected/models/pet.js';
import { eventRelations } from './cases/keys/expected/relations/event.js';
import { eventNoteRelations } from './cases/keys/expected/relations/event-note.js';
import { ownerRelations } from './cases/keys/expected/relations/owner.js';
import { pairRelations } from './cases/keys/expected/relations/pair.js';
import { pairNoteRelations } from './cases/keys/expected/relations/pair-note.js';
import { petRelations } from './cases/keys/expected/relations/pet.js';
import { withRelated } from './cases/keys/expected/runtime/related.js';
import { engines, type OpenDatabase, openEngine } from './support/engines.js';
import { readSql } from './support/repository.js';

/**
 * Keys of one type each: those of the parents, and those of each parent's notes, which are other spellings of the same
 * value.
 */
const keys: readonly [table: string, parents: readonly string[], notes: readonly (readonly string[])[]][] = [
  [
    'moment',
    [
      '2025-07-01 10:00:00.1+00',
      '2025-07-01 10:00:00.9+00',
      '2025-07-01 10:00:01.123456+00',
      '1901-02-03 04:05:06.7891+00',
      'infinity',
    ],
    [
      ['2025-07-01 12:00:00.1+02'],
      ['2025-07-01 10:00:00.9+00'],
      ['2025-07-01 10:00:01.123456+00'],
      ['1901-02-03 04:05:06.7891+00'],
      ['infinity'],
    ],
  ],
  [
    'clock',
    [
      '2025-07-01 10:00:00.1',
      '2025-07-01 10:00:00.9',
      '2025-07-01 10:00:01.123456',
      '-infinity',
      '0044-03-15 12:00:00 BC',
    ],
    [['2025-07-01 10:00:00.1'], [], ['2025-07-01 10:00:01.123456'], ['-infinity'], ['0044-03-15 12:00:00 BC']],
  ],
  ['day', ['2025-07-01', '2025-07-02', '1899-12-31'], [['2025-07-01', '2025-07-01'], [], ['1899-12-31']]],
  ['blob', ['\\x00ff', '\\x00fe', '\\xefbfbd', '\\x'], [['\\x00ff'], ['\\x00fe', '\\x00fe'], ['\\xefbfbd'], ['\\x']]],
  [
    'tree',
    ['{"a": 1, "b": [2]}', '{"a": 2}', '"text"', '[1, 2]', '1.0'],
    [['{"b": [2], "a": 1}'], ['{"a": 2.0}'], ['"text"'], ['[1,2]', '[1, 2]'], ['1']],
  ],
  ['span', ['1 day', '1 month', '-3 seconds'], [['24 hours', '1 day'], ['30 days'], []]],
  ['amount', ['1.5', '2', '100000000000000000000.1'], [['1.50', '1.5'], ['2.00'], []]],
  ['code', ['ab', 'abc'], [['ab   '], ['abc', 'abc  ']]],
  ['route', ['{1,2}', '{1}', '{}', '{1,NULL}'], [['{1,2}'], ['{1}', '[1:1]={1}'], ['{}'], ['{1,NULL}']]],
  [
    'word',
    ['{a,"b c"}', '{"a,b"}', '{"\\"x\\\\"}', '{NULL,"NULL"}', '{{a,b},{"{c}",NULL}}'],
    [['{a,"b c"}'], ['{"a,b"}'], ['{"\\"x\\\\"}'], ['{NULL,"NULL"}'], ['{{a,b},{"{c}",NULL}}']],
  ],
  ['trail', ['{1,2}', '{{1,2},{3,4}}', '{}'], [['{1,2}', '{1,2}'], ['{{1,2},{3,4}}'], []]],
  ['spot', ['(1,a)', '(2,"b c")', '(,)'], [['(1,a)', '( 1,a)'], ['(2,"b c")'], []]],
  ['jewel', ['{"{\\"a\\": 1}",NULL}', '{"[1, 2]"}'], [['{"{\\"a\\":1.0}",NULL}'], ['{"[1,2]"}', '{"[1,2.0]"}']]],
  ['term', ['{2025-07-01,infinity}', '{2025-07-02}'], [['{"1 July 2025",infinity}'], []]],
  ['rank', ['1', '2'], [['1'], ['2', '2']]],
  ['mood', ['fine', 'not so'], [['fine'], ['not so']]],
  ['ratio', ['0', '0.1', 'NaN', 'Infinity', '1e-300'], [['-0'], ['0.1'], ['NaN'], ['Infinity'], ['1e-300']]],
];

type Relations = Readonly<Record<string, unknown>>;
interface Shown {
  readonly notes: readonly unknown[];
  readonly count: number;
  readonly limited: readonly { readonly back: unknown }[];
  readonly self: readonly unknown[];
}
type Reads = (db: Kysely<DB>) => Promise<{ readonly id: unknown }[]>;

/**
 * Keys that an engine's driver misreads: as an invalid `Date`, also for a time with seconds in its offset, as zones had
 * in 1901; or as null, for the text NULL.
 */
const unreadable: { readonly [engine: string]: RegExp } = {
  PGlite: /BC$/,
  'postgres.js': /BC$|infinity|NULL|^1901.*\+00/,
};

describe.each(engines)('on %s', (engine) => {
  let opened: OpenDatabase<DB>;
  let db: Kysely<DB>;
  beforeAll(async () => {
    opened = await openEngine<DB>(engine, readSql('test/cases/keys/schema.sql'));
    ({ db } = opened);
  });
  afterAll(() => opened?.close());

  test.each(keys)('keys of %s', async (name, parents, notes) => {
    // An engine with one connection must not be queried twice at once, so one after another.
    for (const [index, parent] of parents.entries()) {
      if (unreadable[engine]?.test(parent)) continue;
      await sql`insert into ${sql.id(`${name}s`)} values (${sql.lit(parent)})`.execute(db);
      for (const note of notes[index] ?? [])
        await sql`insert into ${sql.id(`${name}_notes`)} (${sql.id(`${name}_id`)}) values (${sql.lit(note)})`.execute(
          db,
        );
    }
    await sql`insert into ${sql.id(`${name}_notes`)} (${sql.id(`${name}_id`)}) values (null)`.execute(db);
    const capital = name.replace(/^./, (letter) => letter.toUpperCase());
    const folder = './cases/keys/expected';
    const module = async (path: string) => (await import(`${folder}/${path}.js`)) as Record<string, unknown>;
    const one = await module(`models/${name}`);
    const many = await module(`models/${name}-note`);
    const ofOne = (await module(`relations/${name}`))[`${name}Relations`] as Relations;
    const ofMany = (await module(`relations/${name}-note`))[`${name}NoteRelations`] as Relations;
    const notesOfOne = ofOne[`${name}Notes`] as typeof ownerRelations.pets;
    const oneOfMany = ofMany[name] as typeof petRelations.owner;

    const rows = await (one[`read${capital}s`] as Reads)(db);
    const shown = (await withRelated(db, rows as never[], {
      notes: notesOfOne,
      count: notesOfOne.count(),
      limited: notesOfOne.with({ limit: 1, related: { back: oneOfMany } }),
      self: notesOfOne.through(oneOfMany),
    })) as unknown as Shown[];
    const counts = shown.map((row) => row.notes.length);
    expect(shown.map(({ count }) => count)).toEqual(counts);
    expect(shown.map(({ limited }) => limited.length)).toEqual(counts.map((count) => Math.min(count, 1)));
    expect(shown.map(({ self }) => self.length)).toEqual(counts.map((count) => Math.min(count, 1)));
    expect(shown.flatMap(({ limited }) => limited.filter(({ back }) => back === null))).toEqual([]);
    const wanted = notes.flatMap(({ length }, index) =>
      unreadable[engine]?.test(parents[index] ?? '') ? [] : [length],
    );
    expect(counts.sort()).toEqual(wanted.sort());

    const back = await withRelated(
      db,
      (await (many[`read${capital}Notes`] as Reads)(db)) as never[],
      { parent: ofMany[name] } as never,
    );
    const { rows: pairs } = await sql<{ id: number; parent: string | null }>`
      select n.id, p.id::text as parent from ${sql.id(`${name}_notes`)} n left join ${sql.id(`${name}s`)} p on p.id = n.${sql.id(`${name}_id`)}`.execute(
      db,
    );
    const { rows: texts } = await sql<{
      id: unknown;
      text: string;
    }>`select id, id::text as text from ${sql.id(`${name}s`)}`.execute(db);
    const textOf = new Map(texts.map(({ id, text }) => [JSON.stringify(id) + String(id), text]));
    const found = back.map((row) => {
      const { id, parent } = row as { id: number; parent: { id: unknown } | null };
      return { id, parent: parent && textOf.get(JSON.stringify(parent.id) + String(parent.id)) };
    });
    const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;
    expect(found.sort(byId)).toEqual(pairs.sort(byId));
  });

  test('a field with a default finds nothing where the column is null, and is found by nothing', async () => {
    await sql`insert into owners values (0, 'zero'), (1, 'one')`.execute(db);
    await sql`insert into pets (name, owner_id) values ('a', null), ('b', 0), ('c', 1)`.execute(db);
    const pets = await withRelated(db, await readPets(db), { owner: petRelations.owner });
    expect(pets.map(({ name, ownerId, owner }) => [name, ownerId, owner?.name ?? null]).sort()).toEqual([
      ['a', 0, null],
      ['b', 0, 'zero'],
      ['c', 1, 'one'],
    ]);
    const owners = await withRelated(db, await readOwners(db), { pets: ownerRelations.pets });
    expect(owners.map(({ id, pets: own }) => [id, own.map(({ name }) => name)])).toEqual([
      [0, ['b']],
      [1, ['c']],
    ]);
    expect(Object.keys(owners[0]?.pets[0] ?? {})).toEqual(['id', 'name', 'ownerId']);
    const plugged = db.withPlugin(new CamelCasePlugin({ underscoreBeforeDigits: true }));
    const deeper = await withRelated(plugged, await readOwners(db, ['id'], (query) => query.orderBy('owner.id')), {
      count: ownerRelations.pets.count({ where: (eb) => eb('name', '<>', 'c') }),
      some: ownerRelations.pets.with({ fields: ['name'], limit: 1, related: { owner: petRelations.owner } }),
      self: ownerRelations.pets.through(petRelations.owner).with({ fields: ['name'] }),
    });
    expect(deeper).toEqual([
      { id: 0, count: 1, some: [{ name: 'b', owner: { id: 0, name: 'zero' } }], self: [{ name: 'zero' }] },
      { id: 1, count: 0, some: [{ name: 'c', owner: { id: 1, name: 'one' } }], self: [{ name: 'one' }] },
    ]);
    const siblings = await withRelated(db, await readPets(db, ['id', 'name'], (query) => query.orderBy('pet.name')), {
      pets: petRelations.owner.through(ownerRelations.pets).with({ fields: ['name'] }),
    });
    expect(siblings.map(({ pets: own }) => own.map(({ name }) => name))).toEqual([[], ['b'], ['c']]);
  });

  test('times of one millisecond stay apart where a primary key tells the row', async () => {
    await sql`insert into events (at) values ('2025-07-01 10:00:00.000001+00'), ('2025-07-01 10:00:00.000002+00')`.execute(
      db,
    );
    await sql`insert into event_notes (at) select at from events`.execute(db);
    const events = await withRelated(db, await readEvents(db), { notes: eventRelations.eventNotesByAt });
    expect(events.map(({ notes }) => notes.length)).toEqual([1, 1]);
    const notes = await withRelated(db, await readEventNotes(db), { event: eventNoteRelations.atEvent });
    expect(new Set(notes.map(({ event }) => event?.id)).size).toBe(2);
  });

  test('100,000 rows with a composite key take one query', async () => {
    const count = engine === 'PGlite' ? 10_000 : 100_000;
    await sql`insert into pairs select g, 'b' || g from generate_series(1, ${sql.lit(count)}) g`.execute(db);
    await sql`insert into pair_notes (a, b) select a, b from pairs`.execute(db);
    const queries: string[] = [];
    const counted = db.withPlugin({
      transformQuery: ({ node }) => {
        queries.push(node.kind);
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    });
    const pairs = await readPairs(db);
    const notes = await withRelated(counted, pairs, { notes: pairRelations.pairNotes });
    expect(notes.filter(({ a, notes: own }) => own.length === 1 && own[0]?.a === a)).toHaveLength(count);
    const back = await withRelated(counted, await readPairNotes(db), { pair: pairNoteRelations.pair });
    expect(back.filter(({ b, pair }) => pair?.b === b)).toHaveLength(count);
    expect(queries).toHaveLength(2);
  }, 60_000);
});
