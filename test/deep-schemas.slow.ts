/** Schemas that are deep or circular: each is generated with all options, and the output compiles. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { type Config, docs, generate } from '../src/index.js';
import { typecheck } from './support/compile.js';
import { freshDatabase, newestVersion } from './support/postgres.js';

const folder = mkdtempSync(join(tmpdir(), 'rowsmith-deep-'));
afterAll(() => rmSync(folder, { recursive: true }));

const times = <Result>(count: number, make: (index: number) => Result) =>
  Array.from({ length: count }, (_, index) => make(index));

const schemas: readonly (readonly [
  name: string,
  sql: string,
  computed: string,
  column: readonly [file: string, line: string],
])[] = [
  [
    'domains',
    `CREATE DOMAIN d0 AS text CHECK (VALUE IN ('a', 'b', 'c')); ${times(500, (index) => `CREATE DOMAIN d${index + 1} AS d${index}${index === 100 ? ' NOT NULL' : ''}${index === 300 ? ` CHECK (VALUE IN ('b', 'c', 'd'))` : ''};`).join('\n')}
     CREATE TYPE pair AS (one d500, many d500[]); CREATE DOMAIN pairs AS pair[]; CREATE DOMAIN more AS pairs NOT NULL; CREATE DOMAIN list AS d500[]; CREATE DOMAIN lists AS list;
     CREATE TABLE deep (id int PRIMARY KEY, last d500, many d500[], list lists, pairs more);`,
    `'x'::text`,
    ['models/deep.ts', "last: 'b' | 'c';"],
  ],
  [
    'keys in circles',
    `${times(50, (index) => `CREATE TABLE ring${index} (id int PRIMARY KEY, next_id int);`).join('\n')}
     ${times(50, (index) => `ALTER TABLE ring${index} ADD FOREIGN KEY (next_id) REFERENCES ring${(index + 1) % 50};`).join('\n')}
     CREATE TABLE a (id int PRIMARY KEY, b_id int, other_b_id int, self_id int REFERENCES a); CREATE TABLE b (id int PRIMARY KEY REFERENCES a, a_id int REFERENCES a, other_a_id int REFERENCES a);
     ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b, ADD FOREIGN KEY (other_b_id) REFERENCES b;`,
    '1::int',
    ['models/ring49.ts', 'nextId: number | null;'],
  ],
  [
    'composite types',
    `CREATE TYPE c0 AS (x int); ${times(200, (index) => `CREATE TYPE c${index + 1} AS (x c${index});`).join('\n')} CREATE TABLE deep (id int PRIMARY KEY, c c200, cs c200[]);`,
    '1::int',
    ['models/deep.ts', 'id: number;'],
  ],
  [
    'views',
    `CREATE TABLE v0 (id int PRIMARY KEY, name text NOT NULL); ${times(100, (index) => `CREATE VIEW v${index + 1} AS SELECT id, name FROM v${index};`).join('\n')}
     CREATE RECURSIVE VIEW count_up (n) AS SELECT 1 UNION ALL SELECT n + 1 FROM count_up WHERE n < 10;`,
    '1::int',
    ['models/v100.ts', 'name: string;'],
  ],
];

test.each(schemas)(
  '%s',
  async (name, sql, computed, [path, line]) => {
    const out = join(folder, name);
    const database = await freshDatabase(newestVersion, sql);
    const config: Config = {
      source: { url: database.url },
      out,
      slices: { all: ['*'] },
      models: { '*': { computed: { extra: { sql: computed } } } },
    };
    try {
      await generate({ config });
      expect(readFileSync(join(out, path), 'utf8')).toContain(line);
      const page = { config: { ...config, source: { catalog: join(out, 'catalog.json') } } };
      expect((await docs(page)).text).toContain('<svg');
      expect((await docs({ ...page, format: 'markdown' })).text).toContain('# Data models');
      expect(typecheck({ dir: out, compiler: '7', resolution: 'nodenext' })).toEqual({ ok: true, output: '' });
    } finally {
      await database.drop();
    }
  },
  60_000,
);
