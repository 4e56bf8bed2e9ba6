import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { queriesRefused } from '../src/catalog/queries/problem.js';
import { readQueries } from '../src/catalog/queries/read-queries.js';

const read = (text: string) => readQueries({ path: 'q.sql', text });
const named = (sql: string) => read(`-- name: q :many\n${sql}`);
const parametersOf = (sql: string) => named(sql).queries.flatMap(({ uses }) => uses.map(({ name }) => name));

test('a file gives its queries, with their comments, kinds, parameters and digests', () => {
  const { queries, problems } = read(`
-- Not of the query.

-- Open tickets of an organisation,
-- newest first.
-- name: openTickets :many
-- param: nick?
select t.num -- the number
from ticket t where t.org_id = :orgId and (:'nick' is null or t.nick = :'nick');

-- name: close :exec
-- param: num! int4
update ticket set open = false where num = :num
`);
  expect(problems).toEqual([]);
  expect(queries).toMatchObject([
    {
      name: 'openTickets',
      kind: 'many',
      doc: ['Open tickets of an organisation,', 'newest first.'],
      parts: ['select t.num -- the number\nfrom ticket t where t.org_id = ', ' and (', ' is null or t.nick = ', ')'],
      uses: [{ name: 'orgId' }, { name: 'nick' }, { name: 'nick' }],
      declared: [{ name: 'nick', nullable: true }],
    },
    {
      name: 'close',
      kind: 'exec',
      doc: [],
      parts: ['update ticket set open = false where num = ', ''],
      declared: [{ name: 'num', nullable: false, type: 'int4' }],
    },
  ]);
});

test.each([
  ['select :a, :b', ['a', 'b']],
  ["select :'a'", ['a']],
  ["select ':a', E'\\':a', \"a:b\", $$:a$$, $x$:a$x$", []],
  ['select 1 -- :a', []],
  ['select 1 /* :a /* :b */ :c */ + :d', ['d']],
  ['select a::int, f(a := 1), x[1:2]', []],
  ['select :a::int, f(a := :b)', ['a', 'b']],
  ['select x[:a:2]', ['a']],
  ['select a::int[] from t where b=:b', ['b']],
  ['select :größe', ['größe']],
  ["select '{}'::jsonb ->> :a, x ? :b, c>=:c, d<>:d", ['a', 'b', 'c', 'd']],
  ['select array[:a::int], x[:a::int:2], x[1::int:2], x[:a::b], x[a:b]', ['a', 'a', 'a', 'b']],
  ['select f(a:=:b), f(a => :c)', ['b', 'c']],
  ["select e'a\\':no', U&'\\0061:no', B'1', N'a:no', a$1, $tag$ :no $tag$", []],
  ['select -- :no\n/* :no */ :yes, 2 -- :no', ['yes']],
  ['select /* a /* b -- :no */ :no */ :yes', ['yes']],
  ["select '\n-- name: r :many\n', :yes", ['yes']],
])('the parameters of %s', (sql, parameters) => {
  expect(parametersOf(sql)).toEqual(parameters);
});

import { repositoryPath } from './support/repository.js';

test.each([
  ['', 0],
  [' \n\t', 0],
  ['-- Only comments.\n/* Of both kinds. */\n', 0],
  [';', 0],
  ['-- name: a :one\nselect 1;;\n;', 1],
  ['/*\n-- name: b :one\n*/\n-- name: a :one\nselect 1', 1],
])('%j has this many queries', (text, count) => {
  expect(read(text)).toMatchObject({ problems: [], queries: { length: count } });
});

test.each([
  'numeric(10, 2)',
  'timestamp(3) with time zone[]',
  'public."Odd ""type"[]',
  'int[][3]',
  'größe',
  'interval day to second(3)',
])('the type %s may be declared', (type) => {
  expect(read(`-- name: a :one\n-- param: b ${type}\nselect :b`)).toMatchObject({
    problems: [],
    queries: [{ declared: [{ name: 'b', type }] }],
  });
});

describe('errors', () => {
  const psql = 'commands of psql are not read: set variables with psql -v name=value';
  const param = 'write "-- param: name", with ? or ! behind the name, and perhaps a type';
  const words =
    'a query reads or writes rows: it begins with SELECT, VALUES, TABLE, WITH, INSERT, UPDATE, DELETE or MERGE';
  test.each([
    ['select 1', ['1:1 the statement has no name: write "-- name: <name> :many" above it']],
    ['-- name: a-b :one\nselect 1', ['1:1 a query has a name that TypeScript can have: "-- name: openTickets :many"']],
    ['-- name: a :execrows\nselect 1', ['1:1 behind the name stands one of :one, :maybe, :many, :exec']],
    ['-- name: a\nselect 1; select 2', ['1:1 behind the name stands one of :one, :maybe, :many, :exec']],
    ['-- name: a :one please\nselect 1', ['1:1 nothing stands behind :one']],
    ['-- name: a :one', ['1:1 a has no statement']],
    ['-- name: a :one\nselect 1; select 2', ['2:11 a has two statements: each query is one, with a name of its own']],
    ['-- name: a :one\nselect 1;\n-- name: a :one\nselect 2', ['3:1 another query of the file is called a']],
    ['-- name: a :one\n-- param: b\nselect 1', ['2:1 a has no parameter :b']],
    ['-- name: a :one\n-- param: b\n-- param: b\nselect :b', ['3:1 the parameter b is declared twice']],
    ['-- param: b\n-- name: a :one\nselect :b', ['1:1 a "-- param:" line stands below the name of its query']],
    ['\\set b 1\n-- name: a :one\nselect :b', [`1:1 ${psql}`]],
    ['-- name: a :one\nselect 1\n\\gset x_', [`3:1 ${psql}`]],
    ['-- name: a :one\nselect 1 \\g', [`2:10 ${psql}`]],
    ['-- name: a :one\nselect 1 /* b /* c */\n;-- name: b :one\nselect 2', ['2:10 nothing closes this comment']],
    ['-- name: a :one\nselect \0', ['2:8 a NUL character has no place in SQL']],
    ['-- name: a :one\n-- param: b int) as x, cast(1\nselect :b', [`2:1 ${param}`]],
    ['-- name: a :one\n-- param: b? text -- why\nselect :b', [`2:1 ${param}`]],
    ['-- name: a :one\n-- param: b ?\nselect :b', [`2:1 ${param}`]],
    [`-- name: a :one\n-- param: b ${'a'.repeat(5000)}!\nselect :b`, [`2:1 ${param}`]],
    [
      '-- name: a :one\nbegin; select 1; commit',
      [`2:1 ${words}`, '2:8 a has two statements: each query is one, with a name of its own'],
    ],
    ['-- name: a :one\nexplain select 1', [`2:1 ${words}`]],
    ['-- name: a :one\nselect $1', ['2:8 parameters have names here: write :name instead of a number']],
    ['-- name: a :one\nselect 1 where 1 in :ids', ['2:21 IN takes a literal list: write = any(:ids)']],
    ['-- name: a :one\nselect * from :"t"', ['2:15 a parameter is a value, and no name of a table or a column']],
  ])('%j', (text, expected) => {
    const shown = queriesRefused(read(text).problems).hint ?? '';
    expect(
      [...shown.matchAll(/^q\.sql:(\d+:\d+): (.*)$/gm)].map(([, place, message]) => `${place} ${message}`),
    ).toEqual(expected);
  });

  test('all of them are shown with their lines', () => {
    const text =
      '-- name: a :many\nselect num from tickets where num = $1;\n-- name: b :many\nselect title from tickets where num in :ids;';
    const error = queriesRefused(read(text).problems);
    expect(`${error.message}\n${error.hint}\n`).toBe(
      readFileSync(repositoryPath('test/guides/query-errors.txt'), 'utf8'),
    );
  });

  test('the mark stands below a place behind tabs', () => {
    expect(queriesRefused(read('-- name: a :one\n\tselect $1, $2').problems).hint).toBe(
      [
        'q.sql:2:9: parameters have names here: write :name instead of a number',
        '\tselect $1, $2',
        '\t       ^',
        'q.sql:2:13: parameters have names here: write :name instead of a number',
        '\tselect $1, $2',
        '\t           ^',
      ].join('\n'),
    );
  });
});

test('whatever a file holds, parts and parameters together are the text of its statements', () => {
  const pieces = fc.constantFrom(
    ...["'", '"', '$$', '$a$', '--', '/*', '*/', ';', '\n', ' ', ':', ':a', ":'a'", '::', ':=', 'select', "E'"],
    ...['\\', '\\set a 1', '\0', '\r'],
    ...['-- name: a :one\n', '-- param: a\n', '\n-- name: b :exec\n'],
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (list) => {
      const text = list.join('');
      for (const { parts, uses } of read(text).queries) {
        const whole = parts.map(
          (part, index) => part + (uses[index] ? text.substr(uses[index].at, uses[index].length) : ''),
        );
        expect(text).toContain(whole.join(''));
      }
    }),
    { numRuns: 2000 },
  );
});
