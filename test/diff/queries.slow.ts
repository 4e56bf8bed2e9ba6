/** What `diff` says of the queries of SQL files, from committed catalogs and from SQL. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseCatalog } from '../../src/catalog/catalog-file.js';
import { serializeCatalog } from '../../src/catalog/serialize.js';
import type { DiffFinding } from '../../src/index.js';
import { rowsmith } from '../support/cli.js';

const schema = 'create table t (id integer primary key, nick text not null, due date);\n';
const queries = `-- name: named :many
select id, nick from t;

-- name: late :many
select id
from t where due < :day;
`;
const code =
  "import { late } from './out/queries/q.js';\nexport const run = () => late({} as never, { day: new Date() });\n";

let folder: string;
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const diff = (...args: string[]) => {
  const { code: exit, stdout, stderr } = rowsmith(['diff', ...args, '--format', 'json'], folder);
  const findings = exit === 2 ? [] : (JSON.parse(stdout) as { findings: DiffFinding[] }).findings;
  return { exit, stderr, findings };
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-diff-queries-'));
  write('schema.sql', schema);
  write('q.sql', queries);
  write('code.ts', code);
  write('rowsmith.config.json', JSON.stringify({ source: { sql: 'schema.sql' }, queries: ['q.sql'], out: 'out' }));
  expect(rowsmith(['generate'], folder).code).toBe(0);
  cpSync(join(folder, 'out/catalog.json'), join(folder, 'old.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('of today’s files it says which the migrations break, from a catalog and from SQL', () => {
  write('schema.sql', `${schema}alter table t rename due to day; alter table t alter nick drop not null;`);
  write('old.sql', schema);
  for (const from of [[], ['--from', 'old.json'], ['--from', 'old.sql']]) {
    const { exit, findings } = diff(...from);
    expect(exit).toBe(1);
    expect(findings.filter(({ rule }) => rule.startsWith('query-'))).toMatchObject([
      {
        id: 'query-failed/q.sql/late',
        message: 'late (q.sql) fails now: breaks calls',
        why: 'q.sql:6:14: column "due" does not exist',
        file: 'q.sql',
        line: 6,
        table: null,
        subject: 'late (q.sql)',
      },
      { id: 'query-column-nullability/q.sql/named/nick', severity: 'error', field: 'nick', file: 'out/queries/q.ts' },
    ]);
  }
});

test('code that calls no function of a query is not concerned', () => {
  const weighed = diff('--usage', 'code.ts').findings.filter(({ rule }) => rule.startsWith('query-'));
  expect(weighed.map(({ id, severity, used, file }) => [id, severity, used, file])).toEqual([
    ['query-failed/q.sql/late', 'error', true, 'code.ts'],
    ['query-column-nullability/q.sql/named/nick', 'info', false, 'out/queries/q.ts'],
  ]);
});

test('from a catalog to a catalog, no database is needed', () => {
  const catalog = parseCatalog('old.json', readFileSync(join(folder, 'old.json'), 'utf8'));
  const { queries: facts = [], ...bare } = catalog;
  const weaker = facts.map((fact) => ({
    ...fact,
    columns: fact.columns.map((column) => (column.name === 'nick' ? { ...column, notNull: false } : column)),
  }));
  write('new.json', serializeCatalog({ ...bare, queries: weaker }, 'test'));
  write('bare.json', serializeCatalog(bare, 'test'));
  const { exit, findings } = diff('--from', 'old.json', '--to', 'new.json');
  expect(findings.map(({ id }) => id)).toEqual(['query-column-nullability/q.sql/named/nick']);
  expect(exit).toBe(1);
  expect(diff('--from', 'old.json', '--to', 'bare.json').findings.map(({ id }) => id)).toEqual([
    'query-removed/q.sql/named',
    'query-removed/q.sql/late',
  ]);
});

test('without queries in the config, a database says nothing of those of a catalog', () => {
  write('bare.config.json', JSON.stringify({ source: { sql: 'old.sql' } }));
  expect(diff('--config', 'bare.config.json', '--from', 'old.json')).toMatchObject({ exit: 0, findings: [] });
});

test('what the text of a file alone tells is an error', () => {
  write('q.sql', `${queries}select 1`);
  expect(diff()).toMatchObject({ exit: 2, stderr: expect.stringContaining('q.sql:7:1: late has two statements') });
});
