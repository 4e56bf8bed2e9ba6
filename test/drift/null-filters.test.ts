import { expect, test } from '@jest/globals';
import { lacksExtension } from '../../src/drift/checks/extensions.js';
import { dropsNull, setsValue } from '../../src/drift/checks/null-filters.js';
import { catalogOf } from './support.js';

test.each<[string, boolean]>([
  ['SELECT a FROM t WHERE a >= $1', true],
  ['SELECT t."a" FROM t WHERE t."a" = ANY($1)', true],
  ['SELECT a FROM t WHERE b = 1 AND $1 <= t.a', true],
  ['SELECT a FROM t WHERE a LIKE $1 ORDER BY a', true],
  ['SELECT a FROM t WHERE a NOT BETWEEN 1 AND 2', true],
  ['SELECT a FROM t WHERE a IN (1, 2)', true],
  ['SELECT a FROM t WHERE a <> 1', true],
  ['SELECT a FROM t JOIN u ON true WHERE t.a IS NOT NULL', true],
  ['SELECT a FROM t WHERE $1 IS NULL OR a = $1', false],
  ['SELECT a FROM t WHERE a IS DISTINCT FROM $1', false],
  ['SELECT a FROM t WHERE coalesce(a, 0) = 1', false],
  ['SELECT a FROM t WHERE aa = 1', false],
  ['SELECT a FROM t WHERE a_b = 1', false],
  ['SELECT a, a = 1 AS one FROM t', false],
  ['UPDATE t SET a = $1 WHERE id = 1 RETURNING a', false],
  ['SELECT t.a FROM t JOIN u ON t.a = u.id WHERE u.b = 1', true],
  ['SELECT t.a FROM t LEFT JOIN v ON v.id = t.b INNER JOIN u ON u.id = t.a', true],
  ['SELECT t.a FROM t JOIN u ON t.a = u.id OR u.b', false],
  ['SELECT t.a FROM t JOIN u ON t.a = u.id RIGHT JOIN v ON v.id = u.id', false],
  ['SELECT t.a FROM t JOIN u ON t.b = u.id', false],
  ['SELECT slug AS a FROM t WHERE slug IS NOT NULL', true],
  ['SELECT t.slug AS "a" FROM t WHERE t.slug = $1', true],
  ['SELECT max(slug) AS a FROM t WHERE slug = $1', false],
  ['SELECT a FROM t WHERE a = $1 AND (b IS NULL OR b = $2)', true],
  ['SELECT a FROM t WHERE b = $1 AND (a = 1 OR b = $2)', false],
  ['SELECT a FROM t WHERE lower(trim(t.a)) = ANY($1)', true],
  ['SELECT a FROM t WHERE nullif(t.a, 1) = $1', false],
  ['SELECT a FROM t LEFT JOIN u ON u.a = t.a', false],
  ['SELECT a, count(*) FILTER (WHERE a = 1) FROM t GROUP BY a', false],
])('%s: %p', (sql, want) => {
  expect(dropsNull(sql, 'a')).toBe(want);
});

test.each<[string, boolean]>([
  ['operator does not exist: vector <=> unknown', true],
  ['operator does not exist: public.vector = unknown', true],
  ['operator does not exist: text % text', true],
  ['operator does not exist: integer % text', false],
  ['operator does not exist: uuid = text', false],
  ['operator does not exist: timestamp without time zone > integer', false],
  ['function similarity(text, text) does not exist', true],
  ['function public.st_distance(unknown, unknown) does not exist', true],
  ['function first(numeric, timestamp without time zone) does not exist', true],
  ['function count_of_tasks(integer) does not exist', false],
  ['type "public.geometry" does not exist', true],
  ['type "mood" does not exist', false],
  ['relation "pg_stat_statements" does not exist', true],
  ['relation "public.spatial_ref_sys" does not exist', true],
  ['relation "tasks" does not exist', false],
  ['relation "pg_stat_statements_of_tasks" does not exist', false],
  ['column "vector" does not exist', false],
])('%s: an extension %p', (error, want) => {
  expect(lacksExtension(error, catalogOf())).toBe(want);
});

test.each<[string, boolean]>([
  ['UPDATE t SET b = 1, a = now() WHERE id = 1 RETURNING a', true],
  ["INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 'x' RETURNING a", true],
  ['UPDATE t SET a = $1 RETURNING a', false],
  ['UPDATE t SET aa = now(), b_a = 1 RETURNING a', false],
  ['UPDATE t SET a = NULL RETURNING a', false],
  ['SELECT a, b FROM t', false],
])('%s sets a: %s', (sql, want) => {
  expect(setsValue(sql, 'a')).toBe(want);
});
