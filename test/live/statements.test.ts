import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { type DisposablePostgres, startPostgres } from '../../scripts/postgres.js';
import { changedQuery } from '../../src/catalog/concurrent-ddl.js';
import { readDatabaseFingerprint as databaseFingerprint } from '../../src/catalog/database-fingerprint.js';
import { catalogQuery } from '../../src/catalog/query/catalog-query.js';
import { type Config, check, docs, drift, snapshot } from '../../src/index.js';
import { RecordedProject } from '../support/record.js';
import { repositoryPath } from '../support/repository.js';

const schema = `
  create table items (id integer primary key, name text check (name <> ''));
  create view names as select id, name from items;
  create function label(items) returns text language sql as $$ select $1.name $$;
  insert into items values (1, 'a');
  create role owner login; alter table items owner to owner;
  create role reader login;
  create role poor login;
  revoke temporary on database postgres from public;
  grant temporary on database postgres to owner, reader;
`;
const config = (user: string, computed: object): Config => ({
  source: { url: Object.assign(new URL(server.url), { username: user }).href },
  models: { items: { computed: computed as never } },
});

let server: DisposablePostgres;
const project = new RecordedProject();
beforeAll(async () => {
  server = await startPostgres('18');
  await run(schema);
  // Every message of whatever protocol, as it came in.
  await run(
    `alter system set log_line_prefix = '%a|'`,
    `alter system set log_min_duration_statement = 0`,
    'select pg_reload_conf()',
  );
  while (!(await run('show log_min_duration_statement')).includes('0')) await run('select pg_reload_conf()');
});
afterAll(() => {
  project.remove();
  return server?.stop();
});

async function run(...statements: readonly string[]): Promise<string> {
  const client = new pg.Client(server.url);
  await client.connect();
  let last = '';
  for (const sql of statements) last = JSON.stringify(((await client.query(sql)) as { rows?: unknown }).rows ?? '');
  await client.end();
  return last;
}

const flat = (sql: string) =>
  sql
    .replace(/\s+/g, ' ')
    .replace(/(?<=\() | (?=\))/g, '')
    .trim();

/**
 * The statements that the server got of rowsmith: `duration: … ms  statement: …`, `parse <unnamed>: …`, and `STATEMENT:
 * …` of those that failed.
 */
function logged(): string[] {
  const entries = readFileSync(join(server.home, 'server.log'), 'utf8')
    .split(/^(?=\S*\|)/m)
    .filter((entry) => entry.startsWith('rowsmith|'));
  const texts = entries.flatMap((entry) => {
    const [, text] =
      /^rowsmith\|(?:LOG: {2}duration: \S+ ms {2}(?:statement|parse [^:]+|bind [^:]+|execute [^:]+)|STATEMENT): +([\s\S]*)$/.exec(
        entry,
      ) ?? [];
    return text === undefined ? [] : [text];
  });
  return texts.flatMap((text) => text.split(';').map(flat).filter(Boolean));
}

test('the server gets the statements of the documentation, all of them, and no others', async () => {
  const inferred = { label: {}, upper: { sql: 'upper(t.name)' } };
  const { label: _found, ...upper } = inferred;
  await check({ config: config('reader', upper) });
  project.write('q.sql', '-- name: q :many\nselect id, name from items where name = :name and id <> length(:name);');
  for (const user of ['reader', 'poor'])
    await check({ config: { ...config(user, {}), queries: ['q.sql'] }, folder: project.folder });
  // A process of its own, which remembers what it did.
  project.write('rowsmith.config.json', JSON.stringify(config('reader', upper)));
  expect(project.run(['generate']).code).toBe(0);
  expect(project.run(['check'])).toMatchObject({ code: 0, isAnswered: true });
  await check({ config: config('poor', upper) });
  await check({ config: config('owner', { ...upper, known: { sql: 't.id', notNull: true } }) });
  await expect(check({ config: config('reader', { broken: { sql: 't.nothing' } }) })).rejects.toThrow(
    'column t.nothing does not exist',
  );
  await expect(check({ config: config('poor', { broken: { sql: 't.nothing' } }) })).rejects.toThrow(
    'column t.nothing does not exist',
  );
  await databaseFingerprint(Object.assign(new URL(server.url), { username: 'poor' }).href);
  await run('revoke select on pg_catalog.pg_range from public');
  await expect(check({ config: config('poor', upper) })).rejects.toThrow('permission denied for table pg_range');
  await run('grant select on pg_catalog.pg_range to public');
  await snapshot({ config: config('postgres', upper) });
  await docs({ config: config('reader', {}) });
  await drift({
    config: { ...config('reader', upper), drift: { rules: { 'query-invalid': 'error' } } },
    models: ['examples/tasker/legacy/rust/*.rs'],
  });

  const documentation = readFileSync(repositoryPath('docs/database-access.md'), 'utf8');
  const documented = [...documentation.matchAll(/^```sql statements\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    block
      .replace(/^-- .*$/gm, '')
      .split(';')
      .map(flat)
      .filter(Boolean),
  );
  const patterns = documented.map((text) => ({
    text,
    pattern: new RegExp(
      `^${text
        .split('…')
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('[^]*')}$`,
    ),
  }));
  const ofFile = 'select id, name from items where name = $1 and id <> length($1)';
  const cast = ofFile.replaceAll('$1', 'cast($1 as pg_catalog.text)');
  const sent = [...new Set(logged())].filter((sql) => sql !== ofFile && sql !== cast);
  expect(sent.filter((sql) => !patterns.some(({ pattern }) => pattern.test(sql)))).toEqual([]);
  expect(patterns.filter(({ pattern }) => !sent.some((sql) => pattern.test(sql))).map(({ text }) => text)).toEqual([]);
  // The long ones are those of the sources, to the letter.
  expect(sent.filter((sql) => /::text as text /.test(sql))).toEqual([flat(catalogQuery)]);
  expect(sent.filter((sql) => / as changed$/.test(sql))).toEqual([flat(changedQuery)]);
});

test('rows are read for notNull alone', async () => {
  const number = async (sql: string) => (JSON.parse(await run(sql)) as { n: number }[])[0]?.n ?? 0;
  /** A session's reads are counted when it has ended. */
  const reads = async () => {
    while ((await number("select count(*)::int as n from pg_stat_activity where application_name = 'rowsmith'")) > 0);
    return number('select coalesce(sum(seq_scan + coalesce(idx_scan, 0)), 0)::int as n from pg_stat_user_tables');
  };
  const before = await reads();
  for (const user of ['owner', 'poor'])
    await check({
      config: config(user, { upper: { sql: 'upper(t.name)' }, first: { sql: '(select min(i.id) from items i)' } }),
    });
  expect(await reads()).toBe(before);
  await check({ config: config('owner', { known: { sql: 't.name', notNull: true } }) });
  expect(await reads()).toBe(before + 1);
});
