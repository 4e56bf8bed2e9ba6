/**
 * JSON with a schema that transforms: where the schema was run, its result is used; everywhere else, the stored value.
 */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import { generate } from '../src/index.js';
import { COMPILERS_IN_TURN, typecheck } from './support/compile.js';
import { type OpenDatabase, openEngine } from './support/engines.js';
import { freshDatabase, newestVersion } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

const schema = `
  create table posts (post_id serial primary key, body jsonb not null, draft jsonb);
  create table post_notes (id serial primary key, post_id integer not null references posts);`;

const json = `import { z } from 'zod';
export const post = z.object({ title: z.string(), at: z.iso.datetime().transform((text) => new Date(text)) });
`;

const types = `import type { Kysely } from 'kysely';
import type { DB } from './generated/db.js';
import { type Post, type PostInsert, type PostRow, posts, readPosts, returningPost } from './generated/models/post.js';
import { postNoteRelations } from './generated/relations/post-note.js';
import { withRelated } from './generated/runtime/related.js';

interface Stored { title: string; at: string }
interface Output { title: string; at: Date }
declare const db: Kysely<DB>;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const equal = <A, B>(same: Equal<A, B>): boolean => same;
equal<Post['body'], Output>(true);
equal<Post['draft'], Stored | null>(true);
equal<PostRow['body'], Stored>(true);
equal<PostRow['draft'], Stored | null>(true);
equal<PostInsert['body'], Stored>(true);
export const read: Promise<Post[]> = readPosts(db, (query) => query.where('post.postId', '=', 1));
export const some: Promise<{ body: Output }[]> = readPosts(db, ['body']);
export const selected: Promise<PostRow[]> = db.selectFrom(posts()).selectAll().execute();
export const returned: Promise<PostRow[]> = db.deleteFrom('posts').returning(returningPost()).execute();
export const related: Promise<{ post: Post }[]> = withRelated(db, [{ postId: 1 }], { post: postNoteRelations.post });
`;

const body = { title: 'a', at: '2025-07-01T10:00:00Z' };
const output = { title: 'a', at: new Date('2025-07-01T10:00:00Z') };

// biome-ignore lint/suspicious/noExplicitAny: what is generated here has its types checked on their own
type Any = any;
const folder = mkdtempSync(repositoryPath('.rowsmith-json-'));
const place = `${folder}.tmp`;
const load = (file: string): Promise<Any> => import(join(place, 'generated', `${file}.ts`));
let opened: OpenDatabase<Any>;
let db: Kysely<Any>;
beforeAll(async () => {
  renameSync(folder, place);
  writeFileSync(join(place, 'json.ts'), json);
  writeFileSync(join(place, 'types.ts'), types);
  const database = await freshDatabase(newestVersion, schema);
  const models = {
    posts: { json: { body: { schema: './json#post', validate: true }, draft: { schema: './json#post' } } },
  };
  await generate({ config: { source: { url: database.url }, out: 'generated', models }, folder: place });
  await database.drop();
  opened = await openEngine<Any>(newestVersion, schema);
  ({ db } = opened);
});
afterAll(async () => {
  rmSync(place, { recursive: true, force: true });
  await opened?.close();
});

test.each(COMPILERS_IN_TURN)('types are those of the schema under TypeScript %s', (compiler) => {
  expect(typecheck({ dir: place, compiler, resolution: 'nodenext' })).toEqual({ ok: true, output: '' });
});

test('what is read is what the schema makes of it, and everything else what is stored', async () => {
  const { posts, readPosts, returningPost, toPostInsert } = await load('models/post');
  const insert = db.insertInto('posts').values(toPostInsert({ body, draft: body }));
  expect(await insert.returning(returningPost()).execute()).toEqual([{ postId: 1, body, draft: body }]);
  expect(await readPosts(db)).toEqual([{ postId: 1, body: output, draft: body }]);
  expect(await readPosts(db, ['body'])).toEqual([{ body: output }]);
  expect(await db.selectFrom(posts()).selectAll().execute()).toEqual([{ postId: 1, body, draft: body }]);
  await db.insertInto('post_notes').values({ post_id: 1 }).execute();
  const { postNoteRelations } = await load('relations/post-note');
  const { withRelated } = await load('runtime/related');
  const [note] = await withRelated(db, [{ postId: 1 }], { post: postNoteRelations.post });
  expect(note.post).toEqual({ postId: 1, body: output, draft: body });
});
