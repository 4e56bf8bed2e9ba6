import { describe, expect, test } from '@jest/globals';
import type { Catalog } from '../../src/catalog/catalog.js';
import { type Config, diff } from '../../src/index.js';
import { catalogOf, relation } from '../drift/support.js';

describe('what a change touches', () => {
  const big = { ...Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`x${index}`, 'date'])) };
  const touched = async (before: Catalog, after: Catalog, config: Config = {}) =>
    Object.fromEntries(
      (await diff({ config, from: { catalog: before }, to: { catalog: after } })).findings.map(
        ({ id, names, file, model, field }) => [id, [names.join(' '), file, model, field]],
      ),
    );

  test('a table under both of its names', async () => {
    expect(await touched(catalogOf(relation('old_notes', big)), catalogOf(relation('notes', big)))).toEqual({
      'relation-renamed/notes': [
        'NotesTable Note notes OldNotesTable OldNote oldNotes',
        'generated/models/note.ts',
        'Note',
        null,
      ],
    });
  });

  test('a table that is gone under the name that it had', async () => {
    const config: Config = { models: { notes: { name: 'Remark' } } };
    expect(
      await touched(
        catalogOf(relation('notes', big), relation('t', { a: 'int4' })),
        catalogOf(relation('t', { a: 'int4' })),
        config,
      ),
    ).toEqual({
      'relation-removed/notes': ['NotesTable Remark notes', 'generated/models/remark.ts', 'Remark', null],
    });
  });

  test('a column under both of its names, in what can write it', async () => {
    expect(
      await touched(
        catalogOf(relation('notes', { ...big, by_author: 'text' })),
        catalogOf(relation('notes', { ...big, by_writer: 'text' })),
      ),
    ).toEqual({
      'column-renamed/notes/by_writer': [
        'NotesTable.by_writer Note.byWriter NoteInsert.byWriter NoteUpdate.byWriter NotesTable.by_author Note.byAuthor NoteInsert.byAuthor NoteUpdate.byAuthor',
        'generated/models/note.ts',
        'Note',
        'byWriter',
      ],
    });
  });

  test('a domain what is generated for its columns, through other domains too', async () => {
    const domains = (notNull: boolean): Catalog['domains'] => [
      { schema: 'public', name: 'inner', base: { name: 'text', sql: 'text' }, notNull, checks: [] },
      {
        schema: 'public',
        name: 'outer',
        base: { schema: 'public', name: 'inner', sql: 'inner' },
        notNull: false,
        checks: [],
      },
      { schema: 'public', name: 'unrelated', base: { name: 'text', sql: 'text' }, notNull: false, checks: [] },
    ];
    const tables = ['outer', 'unrelated'].map((name) =>
      relation(
        `of_${name}`,
        {},
        { columns: [{ name: 'a', type: { schema: 'public', name, sql: name }, notNull: false }] },
      ),
    );
    expect(
      await touched(
        { ...catalogOf(...tables), domains: domains(false) },
        { ...catalogOf(...tables), domains: domains(true) },
      ),
    ).toEqual({
      'domain-nullability/inner': [
        'OfOuterTable.a OfOuter.a OfOuterInsert.a OfOuterUpdate.a',
        'generated/types.ts',
        null,
        null,
      ],
    });
  });

  test('an enum its union and its list of values under both names', async () => {
    const enums = (name: string) => [
      { schema: 'public', name, labels: ['a', 'b'] },
      { schema: 'public', name: 'third', labels: ['c'] },
    ];
    const table = (name: string) =>
      relation('t', {}, { columns: [{ name: 'a', type: { schema: 'public', name, sql: name }, notNull: false }] });
    expect(
      await touched(
        { ...catalogOf(table('mood')), enums: enums('mood') },
        { ...catalogOf(table('temper')), enums: enums('temper') },
      ),
    ).toEqual({
      'enum-renamed/temper': [
        'Temper temperValues Mood moodValues TTable.a T.a TInsert.a TUpdate.a',
        'generated/types.ts',
        null,
        null,
      ],
    });
  });
});
