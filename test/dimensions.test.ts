import { expect, test } from '@jest/globals';
import pg from 'pg';
import { check } from '../src/index.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';

const schema = `
CREATE TABLE t (id int PRIMARY KEY, flat int[] NOT NULL, grid int[][] NOT NULL, name text NOT NULL);
INSERT INTO t VALUES (1, '{1,2}', '{{1,2},{3,4}}', 'a b'), (2, '{}', '{}', ''), (3, '{7}', '{{7}}', 'c');
CREATE FUNCTION anything(int) RETURNS int[] LANGUAGE sql AS $$ SELECT '{{1},{2}}'::int[] $$;
`;

/** Expressions over the table, and the number of dimensions of their type. */
const expressions: readonly (readonly [sql: string, dimensions: number | 'unknown'])[] = [
  ['flat', 1],
  ['grid', 2],
  ["'{{1,2},{3,4}}'::int[]", 2],
  ["'{1}'::int[]", 1],
  ["'{}'::int[]", 1],
  ["coalesce(flat, '{}')", 1],
  ["coalesce(grid, '{}')", 2],
  ['coalesce(flat, grid)', 'unknown'],
  ['CASE WHEN id = 1 THEN grid END', 2],
  ['CASE WHEN id = 1 THEN flat ELSE grid END', 'unknown'],
  ['nullif(grid, flat)', 2],
  ['greatest(flat, flat)', 1],
  ['ARRAY[id, 2]', 1],
  ['ARRAY[ARRAY[id], ARRAY[2]]', 2],
  ["ARRAY['{1,2}'::int[], '{3,4}']", 2],
  ['ARRAY[grid, grid]', 3],
  ['ARRAY(SELECT i.id FROM t i)', 1],
  ['ARRAY(SELECT i.flat FROM t i WHERE i.id <> 2 AND cardinality(i.flat) = 2)', 2],
  ['ARRAY(SELECT anything(i.id) FROM t i)', 'unknown'],
  ['(SELECT array_agg(i.id) FROM t i)', 1],
  ['(SELECT array_agg(i.grid) FROM t i WHERE i.id = 1)', 3],
  ['(SELECT max(i.grid) FROM t i)', 2],
  ['array_agg(id) OVER ()', 1],
  ["string_to_array(name, ' ')", 1],
  ["regexp_split_to_array(name, ' ')", 1],
  ["regexp_match(name, '(.) (.)')", 1],
  ['flat || id', 1],
  ['0 || flat', 1],
  ['flat || flat', 1],
  ['grid || flat', 'unknown'],
  ['grid || grid', 2],
  ['array_remove(flat, 1)', 1],
  ['array_replace(grid, 1, 2)', 2],
  ['trim_array(grid, 0)', 2],
  ['flat::bigint[]', 1],
  ['grid::text[]', 2],
  ['anything(id)', 'unknown'],
  ["('{{' || id || '}}')::int[]", 'unknown'],
  ['grid[1:1]', 'unknown'],
  ['array_fill(1, ARRAY[2, 2])', 'unknown'],
  ['(SELECT c.x FROM (VALUES (flat), (flat)) c (x) LIMIT 1)', 1],
  ['(WITH c AS (SELECT grid AS x) SELECT c.x FROM c)', 2],
  ['(SELECT flat UNION ALL SELECT grid LIMIT 1)', 'unknown'],
  ['(SELECT flat UNION ALL SELECT flat LIMIT 1)', 1],
];

function depth(value: unknown): number {
  if (!Array.isArray(value)) return 0;
  return value.length > 0 ? 1 + depth(value[0]) : 1;
}

test.each(POSTGRES_VERSIONS)(
  'arrays have as many dimensions as PostgreSQL %s gives them, or nobody knows',
  async (version) => {
    const arrays = expressions;
    const columns = arrays.map(([sql], index) => `${sql} AS c${index}`);
    const views = `CREATE VIEW v AS SELECT ${columns.join(', ')} FROM t; CREATE VIEW over_v AS SELECT * FROM v; CREATE MATERIALIZED VIEW m AS SELECT * FROM v;`;
    const database = await freshDatabase(version, schema + views);
    const client = new pg.Client(database.url);
    await client.connect();
    try {
      // Expressions over one row are inferred one by one. The table has a row for each of them.
      const inferred = arrays.filter(([sql]) => !sql.includes('OVER'));
      const computed = Object.fromEntries(
        inferred.map(([sql], index) => [`f${index}`, { sql, volatile: true as const }]),
      );
      const { catalog } = await check({ config: { source: { url: database.url }, models: { t: { computed } } } });
      for (const view of ['v', 'over_v', 'm']) {
        const found = catalog.relations
          .find(({ name }) => name === view)
          ?.columns.map(({ type }, index) => [arrays[index]?.[0], type.dimensions]);
        expect(found).toEqual(arrays);
      }
      expect(catalog.expressions.map(({ sql, type }) => [sql, type.dimensions]).sort()).toEqual([...inferred].sort());
      const { rows } = await client.query<Record<string, unknown>>('SELECT * FROM v');
      const wrong = arrays.filter(([, dimensions], index) =>
        rows.some((row) => {
          const value = row[`c${index}`];
          return (
            dimensions !== 'unknown' &&
            value !== null &&
            depth(value) !== 0 &&
            JSON.stringify(value) !== '[]' &&
            depth(value) !== dimensions
          );
        }),
      );
      expect(wrong).toEqual([]);
    } finally {
      await client.end();
      await database.drop();
    }
  },
);
