/** The programs of docs/recipes.md, on real rows. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { changeState, history } from '../examples/recipes/audit.js';
import { loadArticles } from '../examples/recipes/bulk-load.js';
import type { DB } from '../examples/recipes/generated/db.js';
import {
  findArticle,
  insertArticle,
  readArticles,
  transitionArticle,
  updateArticle,
} from '../examples/recipes/generated/models/article.js';
import { readOutboxMessages } from '../examples/recipes/generated/models/outbox-message.js';
import { articlesRated, articlesWith } from '../examples/recipes/json-filter.js';
import { activeArticles } from '../examples/recipes/keyset-pages.js';
import { changeSeen } from '../examples/recipes/optimistic-lock.js';
import { addArticle, sendNext } from '../examples/recipes/outbox.js';
import { allArticles, currentArticles, moveToBin, restore } from '../examples/recipes/soft-delete.js';
import { addUnlessThere, saveArticle, saveArticles } from '../examples/recipes/upsert.js';
import { rowsmith } from './support/cli.js';
import { engines, type OpenDatabase, openEngine } from './support/engines.js';
import { readSql, repositoryPath } from './support/repository.js';

test('the committed output is what the config gives', () => {
  const checked = rowsmith(['check', '--config', 'examples/recipes/rowsmith.config.ts'], repositoryPath('.'));
  expect(checked).toMatchObject({ code: 0, stdout: expect.stringMatching(/up to date/) });
});

describe.each(engines)('recipes on %s', (engine) => {
  let opened: OpenDatabase<DB>;
  let db: Kysely<DB>;
  beforeAll(async () => {
    opened = await openEngine<DB>(engine, readSql('examples/recipes/schema.sql'));
    db = opened.db;
  });
  beforeEach(() => sql`truncate articles, outbox_messages restart identity cascade`.execute(db));
  afterAll(() => opened?.close());

  test('filter by JSON', async () => {
    await insertArticle(db, { slug: 'a', title: 'A', metadata: { language: 'en', tags: ['ink', 'pens'], rating: 9 } });
    await insertArticle(db, { slug: 'b', title: 'B', metadata: { language: 'en', tags: ['ink'], rating: 10 } });
    await insertArticle(db, { slug: 'c', title: 'C' });
    const slugs = async (found: Promise<{ slug: string }[]>) => (await found).map(({ slug }) => slug);
    expect(await slugs(articlesWith(db, { language: 'en', tags: ['ink'] }))).toEqual(['a', 'b']);
    expect(await slugs(articlesWith(db, { tags: ['pens'] }))).toEqual(['a']);
    expect(await slugs(articlesRated(db, 10))).toEqual(['b']);
    expect(await slugs(articlesRated(db, 9))).toEqual(['a', 'b']);
  });

  test('pages by a computed field miss no row and show none twice', async () => {
    for (const slug of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await insertArticle(db, { slug, title: slug });
    // Within one millisecond; two of them within the same microsecond.
    await sql`
      insert into comments (article_id, text, written_at)
      select id, 'yes', timestamptz '2030-01-01 10:00:00.123+00' + least(id, 6) * interval '100 microseconds' from articles`.execute(
      db,
    );
    const titles: string[] = [];
    let cursor: Parameters<typeof activeArticles>[2];
    do {
      const page = await activeArticles(db, 2, cursor);
      titles.push(...page.articles.map(({ title }) => title));
      cursor = page.next;
    } while (cursor);
    expect(titles).toEqual(['g', 'f', 'e', 'd', 'c', 'b', 'a']);
    // A date is truncated to milliseconds, so that all other rows of the same millisecond would be missed.
    const [first] = await readArticles(db, (query) => query.where('article.id', '=', '7'));
    const cut = { id: '7', activeAtText: first?.activeAt.toISOString() ?? '' };
    expect((await activeArticles(db, 2, cut)).articles).toEqual([]);
  });

  test('upsert', async () => {
    const first = await saveArticle(db, { slug: 'ink', title: 'Ink', metadata: { rating: 3 } });
    const second = await saveArticle(db, { slug: 'ink', title: 'Ink and pens' });
    expect(second).toEqual({
      ...first,
      title: 'Ink and pens',
      lockVersion: 1,
      updatedAt: expect.any(Date),
    });
    expect(await addUnlessThere(db, { slug: 'ink', title: 'Not written' })).toBe(false);
    expect(await addUnlessThere(db, { slug: 'pens', title: 'Pens' })).toBe(true);
    expect(await findArticle(db, { slug: 'ink' }, ['title'])).toEqual({ title: 'Ink and pens' });
  });

  test('upsert of many rows', async () => {
    await saveArticle(db, { slug: 'article 0', title: 'Old', metadata: { rating: 3 } });
    const articles = Array.from({ length: 5_001 }, (_, index) => ({ slug: `article ${index}`, title: `New ${index}` }));
    await saveArticles(db, articles);
    const { total } = await db
      .selectFrom('articles')
      .select(({ fn }) => fn.countAll().as('total'))
      .executeTakeFirstOrThrow();
    expect(Number(total)).toBe(5_001);
    expect(await findArticle(db, { slug: 'article 0' }, ['title'])).toEqual({ title: 'New 0' });
    expect(await findArticle(db, { slug: 'article 5000' }, ['title'])).toEqual({ title: 'New 5000' });
  });

  test('soft delete', async () => {
    const { id } = await insertArticle(db, { slug: 'a', title: 'A' });
    await insertArticle(db, { slug: 'b', title: 'B' });
    expect(await moveToBin(db, id)).toBe(true);
    expect(await moveToBin(db, '99')).toBe(false);
    expect((await currentArticles(db)).map(({ title }) => title)).toEqual(['B']);
    expect(await allArticles(db)).toEqual([
      { id: '1', title: 'A', isDeleted: true },
      { id: '2', title: 'B', isDeleted: false },
    ]);
    await restore(db, id);
    expect((await currentArticles(db)).map(({ title }) => title)).toEqual(['A', 'B']);
  });

  test('optimistic locking', async () => {
    const seen = await insertArticle(db, { slug: 'a', title: 'A' });
    expect(await changeSeen(db, seen, { title: 'B' })).toEqual({ id: '1', title: 'B', lockVersion: 1 });
    await expect(changeSeen(db, seen, { title: 'C' })).rejects.toThrow('Article 1 is no longer what it was.');
    // Every write counts, whoever makes it.
    await updateArticle(db, '1', { metadata: {} });
    expect(await findArticle(db, '1', ['title', 'lockVersion'])).toEqual({ title: 'B', lockVersion: 2 });
  });

  test('an outbox', async () => {
    await addArticle(db, { slug: 'a', title: 'A' });
    await expect(addArticle(db, { slug: 'a', title: 'A again' })).rejects.toThrow(/unique/);
    await addArticle(db, { slug: 'b', title: 'B' });
    const sent: unknown[] = [];
    const send = async ({ payload }: { payload: unknown }) => void sent.push(payload);
    await expect(sendNext(db, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
    while (await sendNext(db, send));
    expect(sent).toHaveLength(2);
    expect((await readOutboxMessages(db)).every(({ sentAt }) => sentAt instanceof Date)).toBe(true);
  });

  test('bulk load', async () => {
    async function* articles(count: number, last?: string) {
      for (let number = 1; number <= count; number++) yield { slug: `${number}`, title: `Article ${number}` };
      if (last !== undefined) yield { slug: last, title: 'Again' };
    }
    const count = async () =>
      Number((await sql<{ n: string }>`select count(*) n from articles`.execute(db)).rows[0]?.n);
    await expect(loadArticles(db, articles(10_001, '1'))).rejects.toThrow(/unique/);
    expect(await count()).toBe(0);
    expect(await loadArticles(db, articles(25_000))).toBe(25_000);
    expect(await count()).toBe(25_000);
  });

  test('who changed a state', async () => {
    const { id } = await insertArticle(db, { slug: 'a', title: 'A' });
    await changeState(db, 'Ada', id, 'review');
    await changeState(db, 'Grace', id, 'published');
    expect(await history(db, id)).toEqual([
      { actor: 'Ada', toState: 'review', createdAt: expect.any(Date) },
      { actor: 'Grace', toState: 'published', createdAt: expect.any(Date) },
    ]);
    // After the transaction, nobody is known.
    await expect(
      transitionArticle(db, (await insertArticle(db, { slug: 'b', title: 'B' })).id, 'review'),
    ).rejects.toThrow();
    expect(await history(db, '2')).toEqual([]);
  });
});
