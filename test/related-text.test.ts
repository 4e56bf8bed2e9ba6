/** Texts that only the database considers equal: `citext`, collations that ignore case, padding and scales. */
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { generate } from '../src/index.js';
import { openEngine } from './support/engines.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

/**
 * Keys of one type each: the types of a parent's column and of its notes' column, and their values: those of parents,
 * and those of notes with their parent.
 */
const keys: readonly [
  own: string,
  note: string,
  parents: readonly string[],
  notes: Readonly<Record<string, string>>,
][] = [
  ['citext', 'citext', ['Ada', 'bob'], { ADA: 'Ada', ada: 'Ada', Bob: 'bob' }],
  ['text collate anycase', 'text collate anycase', ['Ada', 'bob'], { ADA: 'Ada', Bob: 'bob' }],
  ['text collate "C"', 'text', ['Ada', 'bob'], { Ada: 'Ada', bob: 'bob' }],
  ['text', 'text collate "C"', ['Ada', 'ada'], { Ada: 'Ada', ada: 'ada' }],
  ['varchar(9)', 'text', ['Ada '], { 'Ada ': 'Ada ' }],
  ['char(4)', 'char(9)', ['Ada', 'b'], { 'Ada      ': 'Ada ', 'b ': 'b   ' }],
  ['numeric(9, 3)', 'numeric(5, 1)', ['1.5', '2'], { '1.50': '1.500', '2.0': '2.000' }],
  ['name', 'name', ['Ada'], { Ada: 'Ada' }],
];
const schema = [
  'create extension citext;',
  "create collation anycase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);",
  ...keys.map(
    ([own, note], index) =>
      `create table k${index}_parents (id ${own} primary key);
       create table k${index}_notes (id serial primary key, k${index}_id ${note} references k${index}_parents);`,
  ),
].join('\n');

// biome-ignore lint/suspicious/noExplicitAny: the models are made by the test
type Any = any;

describe.each(POSTGRES_VERSIONS)('on PostgreSQL %s', (version) => {
  test('rows belong together when the database says so', async () => {
    const folder = mkdtempSync(repositoryPath('.rowsmith-text-'));
    const place = `${folder}.tmp`;
    renameSync(folder, place);
    const database = await freshDatabase(version, schema);
    const opened = await openEngine<Any>(version, schema);
    const db: Kysely<Any> = opened.db;
    try {
      await generate({ config: { source: { url: database.url }, out: place } });
      const load = (file: string): Promise<Any> => import(join(place, `${file}.ts`));
      const { withRelated } = await load('runtime/related');
      for (const [index, [own, note, parents, notes]] of keys.entries()) {
        for (const id of parents) await sql`insert into ${sql.id(`k${index}_parents`)} values (${id})`.execute(db);
        for (const id of Object.keys(notes))
          await sql`insert into ${sql.id(`k${index}_notes`)} (${sql.id(`k${index}_id`)}) values (${id})`.execute(db);
        const { [`readK${index}Notes`]: readNotes } = await load(`models/k${index}-note`);
        const { [`readK${index}Parents`]: readParents } = await load(`models/k${index}-parent`);
        const [toParent] = Object.values((await load(`relations/k${index}-note`))[`k${index}NoteRelations`]);
        const [toNotes] = Object.values((await load(`relations/k${index}-parent`))[`k${index}ParentRelations`]);
        const found: Any[] = await withRelated(db, await readNotes(db), { parent: toParent });
        const parentsOf = found.map(({ parent }) => parent?.id).sort();
        expect([own, note, parentsOf]).toEqual([own, note, Object.values(notes).sort()]);
        const back: Any[] = await withRelated(db, await readParents(db), { notes: toNotes });
        const counts = back.map(({ id, notes: all }) => [id, all.length]);
        const wanted = back.map(({ id }) => [id, Object.values(notes).filter((parent) => parent === id).length]);
        expect([own, note, counts]).toEqual([own, note, wanted]);
      }
    } finally {
      rmSync(place, { recursive: true, force: true });
      await opened.close();
      await database.drop();
    }
  });
});
