/** The files of queries of other tools, which `init` proposes for `queries`. */
import { describe, expect, test } from '@jest/globals';
import { check, init, loadConfig } from '../../src/index.js';
import { placesToRewrite } from '../../src/init/query-rewrites.js';
import { readSql } from '../support/repository.js';
import { project } from './project.js';

const schema = 'create table authors (id bigserial primary key, name text not null, bio text);';

const sqlc = `-- name: GetAuthor :one
SELECT * FROM authors
WHERE id = $1 LIMIT 1;

-- name: Search :many
SELECT sqlc.embed(authors) FROM authors
WHERE name = @name AND bio = sqlc.narg('bio') AND id <> @ -1 AND '{"a":1}'::jsonb @> '{"@x": "$1"}' -- $2 @x
  AND name = sqlc.arg(other) AND id IN (sqlc.slice(ids));

/* name: Rename :execrows */
UPDATE authors SET name = $1 WHERE id = $2;

-- name: Insert :batchexec
INSERT INTO authors (name) VALUES (@name);
`;

const pgtyped = `/*
  @name FindAuthors
  @param ids -> (...)
*/
SELECT * FROM authors WHERE id IN :ids AND name = :name! AND bio = :bio::text;

/*
  @name InsertAuthors
  @param authors -> ((name!, bio)...)
  @param author -> (name, bio)
*/
INSERT INTO authors (name, bio) VALUES :authors;
`;

const typedSql = `-- @param {BigInt} $1:minimum
SELECT id, name FROM authors WHERE id > $1;
`;

const narg = 'sqlc.narg(name) → :name, with "-- param: name?" below the name of the query';
const never = ':name! → :name, which may not be null unless null is meant';

test.each([
  [
    'sqlc' as const,
    'query.sql',
    sqlc,
    [
      '3:12 $1 → :name',
      '6:8 sqlc.embed(t) → the columns of t',
      '7:14 @name → :name',
      '7:30 sqlc.narg(name) → :name, with "-- param: name?" below the name of the query',
      '8:14 sqlc.arg(name) → :name',
      '8:41 in (sqlc.slice(ids)) → = any(:ids)',
      '10:1 /* name: … */ → "-- name: …"',
      '10:17 :execrows, :execresult, :execlastid → :exec',
      '11:27 $1 → :name',
      '11:41 $1 → :name',
      '13:17 :batch…, :copyfrom → one statement that takes arrays: insert … select … from unnest(:names::text[])',
      '14:36 @name → :name',
    ],
  ],
  [
    'pgtyped' as const,
    'authors.sql',
    pgtyped,
    [
      '1:1 /* @name … */ → "-- name: … :many", or :one, :maybe, :exec',
      '3:3 @param … -> (...) → = any(:ids)',
      '5:35 in :ids → = any(:ids)',
      '5:51 :name! → :name, which may not be null unless null is meant',
      '7:1 /* @name … */ → "-- name: … :many", or :one, :maybe, :exec',
      '9:3 @param … -> ((…)...) → a parameter for each column, an array: unnest(:names::text[])',
      '10:3 @param … -> (a, b) → a parameter for each: :a, :b',
      '12:40 values :rows → select … from unnest(:names::text[])',
    ],
  ],
  [
    "Prisma's TypedSQL" as const,
    'prisma/sql/above.sql',
    typedSql,
    [
      '1:1 no name → "-- name: above :many" above the statement',
      '1:1 "-- @param {Int} $1:age" → "-- param: age int", or nothing',
      '2:41 $1 → :name',
    ],
  ],
])('what a file for %s has that is written otherwise', (tool, path, text, expected) => {
  const found = placesToRewrite(tool, path, text);
  expect(found.map(({ line, column, what }) => `${line}:${column} ${what}`)).toEqual(expected);
});

test.each([
  ['sqlc' as const, ['4:18 @name → :name', `4:56 ${narg}`, `4:100 ${narg}`]],
  ['pgtyped' as const, ['1:1 /* @name … */ → "-- name: … :many", or :one, :maybe, :exec', `4:18 ${never}`]],
])('of the file for %s in the guide, this is to be rewritten', (tool, expected) => {
  const text = readSql(`test/guides/queries-${tool}.sql`);
  const found = placesToRewrite(tool, 'q.sql', text);
  expect(found.map(({ line, column, what }) => `${line}:${column} ${what}`)).toEqual(expected);
});

describe('init proposes them', () => {
  const propose = async (files: Readonly<Record<string, string>>) => {
    const { folder, read } = project({ '.git/HEAD': '', 'schema.sql': schema, ...files }, ['rowsmith', 'kysely']);
    const { notes, found } = await init({ folder });
    const config = (await loadConfig(undefined, folder))?.config;
    return { folder, notes, found, config, text: read('rowsmith.config.mjs') };
  };

  test('as a comment, while something is to be rewritten', async () => {
    const files = {
      'sqlc.yaml': 'version: "2"\nsql:\n  - engine: "postgresql"\n    queries: "db"\n',
      'db/query.sql': sqlc,
    };
    const { config, notes, text, found } = await propose(files);
    expect(config).toMatchObject({ source: { sql: 'schema.sql' } });
    expect(config?.queries).toBeUndefined();
    expect(text).toContain("// queries: ['db/*.sql'],");
    expect(found?.queries?.tools).toEqual(['sqlc']);
    expect(notes).toContain('db/*.sql: queries for sqlc. Rewrite what follows, then turn on "queries" in the config');
    expect(notes).toContain('$1 → :name: db/query.sql:3:12, db/query.sql:11:27, db/query.sql:11:41');
  });

  test('and turned on, where nothing is', async () => {
    const { config, notes, folder } = await propose({
      'src/authors.sql': '-- name: authorNames :many\nselect name from authors;\n',
      'src/more/counts.sql': '-- name: countAuthors :one\nselect count(*) from authors;\n',
      'src/more/other.sql': 'create view v as select 1 as one;',
    });
    expect(config?.queries).toEqual(['src/*.sql', 'src/more/counts.sql']);
    expect(notes.join()).not.toContain('Rewrite');
    const { catalog } = await check({ config: config ?? {}, folder });
    expect(catalog.queries?.map(({ name }) => name)).toEqual(['authorNames', 'countAuthors']);
  });

  test('of several tools', async () => {
    const { config, text, notes } = await propose({ 'prisma/sql/above.sql': typedSql, 'src/db/authors.sql': pgtyped });
    expect(config?.queries).toBeUndefined();
    expect(text).toContain("// queries: ['prisma/sql/*.sql', 'src/db/*.sql'],");
    expect(notes.join('\n')).toContain("queries for Prisma's TypedSQL and pgtyped. Rewrite what follows");
  });

  test('more than five places are counted', async () => {
    const many = Array.from({ length: 8 }, (_, index) => `-- name: q${index} :one\nselect $1::int as one;\n`).join('');
    const { notes } = await propose({ 'q.sql': many });
    expect(notes).toContain('$1 → :name: q.sql:2:8, q.sql:4:8, q.sql:6:8, q.sql:8:8, q.sql:10:8 and 3 more');
  });

  test('and they are never taken for the schema', async () => {
    const { folder } = project({ '.git/HEAD': '', 'tables.sql': schema, 'query.sql': sqlc }, ['rowsmith', 'kysely']);
    await init({ folder });
    expect((await loadConfig(undefined, folder))?.config.source).toEqual({ sql: 'tables.sql' });
  });

  test('not of a project whose database is another', async () => {
    const { found } = await propose({ 'sqlc.yaml': 'sql:\n  - engine: "mysql"\n', 'db/query.sql': sqlc });
    expect(found?.queries).toBeUndefined();
  });
});
