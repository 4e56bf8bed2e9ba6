import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type Config, docs, generate, loadConfig } from '../src/index.js';
import { rowsmith } from './support/cli.js';
import { hostileSql, hostileText } from './support/hostile-page.js';
import { freshDatabase } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

/** `npm run test:browser` tests what the page does in a browser. */
const folder = mkdtempSync(join(tmpdir(), 'rowsmith-docs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const catalog = repositoryPath('test/cases/schemas/expected/catalog.json');

describe('the command', () => {
  test('writes the page to standard output, or to a file', () => {
    const { code, stdout, stderr } = rowsmith(['docs', '--source', catalog], folder);
    const notes = expect.stringMatching(/^note: Where several things share a name, .*\n$/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: notes });
    expect(stdout).toMatch(/^<!doctype html>\n[\s\S]*<\/html>\n$/);
    expect(rowsmith(['docs', '--source', catalog, '--out', 'models.md', '--format', 'markdown'], folder)).toEqual({
      code: 0,
      stdout: '',
      stderr: notes,
    });
    expect(readFileSync(join(folder, 'models.md'), 'utf8')).toMatch(/^# Data models\n/);
  });

  test('heads the page with the name in package.json, or with what is asked for', () => {
    const heading = (...args: string[]) =>
      /^# .*$/m.exec(rowsmith(['docs', '--source', catalog, '--format', 'markdown', ...args], place).stdout)?.[0];
    const place = join(folder, 'package', 'src');
    mkdirSync(place, { recursive: true });
    expect(heading()).toBe('# Data models');
    writeFileSync(join(folder, 'package', 'package.json'), '{ "name": "@acme/shop" }');
    expect(heading()).toBe('# Data models of @acme/shop');
    expect(heading('--title', 'Shop <b>')).toBe('# Shop \\<b\\>');
    const { stdout } = rowsmith(['docs', '--source', catalog, '--title', 'Shop <b>'], place);
    expect(stdout).toContain('<title>Shop &lt;b&gt;</title>');
    expect(stdout).toContain('<h1>Shop &lt;b&gt;</h1>');
  });

  test('splits Markdown into an index that can be read alone and a file for each model, and removes those of models that are gone', () => {
    const split = (...args: string[]) =>
      rowsmith(['docs', '--source', catalog, '--split', '--silent', ...args], folder);
    expect(split('--format', 'markdown', '--out', 'pages')).toEqual({ code: 0, stdout: '', stderr: '' });
    const index = readFileSync(join(folder, 'pages/index.md'), 'utf8');
    const links = [...index.matchAll(/\]\((models\/.*?\.md)\)/g)].map(([, path = '']) => path);
    expect(links.map((path) => path.slice('models/'.length)).sort()).toEqual(
      readdirSync(join(folder, 'pages/models')).sort(),
    );
    expect(index).toContain(
      '[`UsersTable`](models/users-table.md) `public.users`, table\n  - Stored: `id integer primary key`, `name text not null`',
    );
    expect(readFileSync(join(folder, 'pages/models/users-table.md'), 'utf8')).toMatch(
      /^<!-- rowsmith docs -->\n\n# `UsersTable`\n/,
    );
    writeFileSync(join(folder, 'pages/models/gone.md'), '<!-- rowsmith docs -->\n\n# `Gone`\n');
    writeFileSync(join(folder, 'pages/models/notes.md'), 'Ours.\n');
    expect(split('--format', 'markdown', '--out', 'pages').code).toBe(0);
    expect(existsSync(join(folder, 'pages/models/gone.md'))).toBe(false);
    expect(readFileSync(join(folder, 'pages/models/notes.md'), 'utf8')).toBe('Ours.\n');
    writeFileSync(join(folder, 'pages/models/users-table.md'), 'Ours.\n');
    expect(split('--format', 'markdown', '--out', 'pages')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('users-table.md was not written by rowsmith docs.'),
    });
    expect(split('--out', 'pages')).toMatchObject({
      code: 2,
      stderr:
        'error: --split writes several Markdown files into a folder.\n  Add --format markdown and --out <folder>.\n',
    });
  });

  test('tells drift of the models that are named, and fails where there are none', () => {
    writeFileSync(join(folder, 'user.ts'), 'export interface User { id: number; nickname: string }\n');
    const { code, stdout } = rowsmith(
      ['docs', '--source', catalog, '--format', 'markdown', '--models', 'user.ts'],
      folder,
    );
    expect(code).toBe(0);
    expect(stdout).toContain('\n## Drift\n\n- **warning** The interface User was not compared');
    expect(stdout).toContain('\n**Drift**\n\n- **warning** The table users has no model. (missing-model)\n');
    expect(rowsmith(['docs', '--source', catalog, '--models', 'none/*.ts'], folder)).toMatchObject({
      code: 2,
      stdout: '',
    });
  });
});

describe('the page', () => {
  test('is the same every time, and from every source', async () => {
    const sql = readFileSync(repositoryPath('test/cases/computed/schema.sql'), 'utf8');
    const database = await freshDatabase('15', sql);
    try {
      const { out } = await generate({ config: { source: { url: database.url }, out: join(folder, 'generated') } });
      for (const format of ['html', 'markdown'] as const) {
        const live = await docs({ config: { source: { url: database.url } }, format });
        expect((await docs({ config: { source: { catalog: join(out, 'catalog.json') } }, format })).text).toBe(
          live.text,
        );
        const { password } = new URL(database.url);
        expect([database.url, password].filter((secret) => secret !== '' && live.text.includes(secret))).toEqual([]);
      }
    } finally {
      await database.drop();
    }
  });

  test('has partitions with their bounds, and the triggers that may set a column, from every source', async () => {
    const sql = `
      create table visits (id int not null, at timestamptz not null, kind text not null, note text, seen timestamptz)
        partition by range (at);
      create table visits_2026 partition of visits for values from ('2026-01-01 00:00+00') to ('2027-01-01 12:00+02');
      create table visits_rest partition of visits default partition by list (lower(kind));
      create table visits_web partition of visits_rest for values in ('web', 'it''s', null);
      create function note() returns trigger language plpgsql as $$ begin new.note := new.kind; return new; end $$;
      create trigger noted before insert on visits for each row execute function note();
      create trigger noted_too before update of kind on visits for each row execute function note();
      create trigger off before update on visits for each row execute function note();
      alter table visits disable trigger off;`;
    const databases = [await freshDatabase('15', sql), await freshDatabase('18', sql)];
    const page = async (config: Config) => (await docs({ config, folder, format: 'markdown' })).text;
    try {
      writeFileSync(join(folder, 'visits.sql'), sql);
      const [first = '', ...others] = await Promise.all(
        [...databases.map(({ url }) => ({ url })), { sql: 'visits.sql' }].map((source) => page({ source })),
      );
      expect(others).toEqual([first, first]);
      expect(first).toContain('\nPARTITION BY RANGE (at).\n');
      expect(first).toContain(`
**Partitions** (3)

- \`visits_2026\` \`FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2027-01-01 10:00:00+00')\`
- \`visits_rest\` \`DEFAULT PARTITION BY LIST (lower(kind))\`
- \`visits_web\` \`FOR VALUES IN ('web', 'it''s', NULL)\`
`);
      expect(first).toMatch(/^\| `note` .* may be set by the trigger `noted, on insert; noted_too, on update` \|$/m);
      const { url = '' } = databases[0] ?? {};
      const written = async (config: Config) => {
        const { out } = await generate({ config: { ...config, source: { url }, out: join(folder, 'visits') } });
        return page({ ...config, source: { catalog: join(out, 'catalog.json') } });
      };
      expect(await written({ include: ['visits*'] })).toBe(await page({ include: ['visits*'], source: { url } }));
      // A config that selects no partition leaves them out of the catalog file.
      expect(await written({})).not.toContain('**Partitions**');
      expect(await written({})).toContain('\nPARTITION BY RANGE (at).\n');
    } finally {
      for (const database of databases) await database.drop();
    }
  });

  test('has the grants of a database that differ from those of most tables, and none from files', async () => {
    const sql = `
      alter default privileges in schema public grant all on tables to pg_monitor;
      create table a (id int); create table b (id int); create table c (id int); create view v as select id from a;
      create table closed (id int); revoke all on closed from pg_monitor;
      create table narrow (id int, "the title" text); revoke all on narrow from pg_monitor;
      grant select on narrow to public; grant update (id, "the title"), select on narrow to pg_monitor;
      create table owned (id int); revoke delete on owned from current_user;
      create schema s; create table s.one (id int); create table s.two (id int); grant insert on s.two to pg_monitor;`;
    const factsOf = async (config: Config) => {
      const { text } = await docs({ config, folder, format: 'markdown' });
      const found = [...text.matchAll(/^## `(\w+)`[^#]*?\n(Grants: .*)$/gm)];
      return Object.fromEntries(found.map(([, name = '', fact]) => [name, fact]));
    };
    const most = 'Most relations of public: pg_monitor all.';
    const database = await freshDatabase('15', sql);
    try {
      expect(await factsOf({ source: { url: database.url } })).toEqual({
        Closed: `Grants: none. ${most}`,
        Narrow: `Grants: PUBLIC select; pg_monitor select; pg_monitor update (id, the title). ${most}`,
        SOne: 'Grants: none.',
        STwo: 'Grants: pg_monitor insert.',
      });
      const { out } = await generate({ config: { source: { url: database.url }, out: join(folder, 'granted') } });
      expect(await factsOf({ source: { catalog: join(out, 'catalog.json') } })).toEqual({});
      writeFileSync(join(folder, 'granted.sql'), sql);
      expect(await factsOf({ source: { sql: 'granted.sql' } })).toEqual({});
    } finally {
      await database.drop();
    }
  });

  test('has the queries, with arguments, rows and relations, and each relation the queries that touch it', async () => {
    const queries = repositoryPath('test/cases/queries');
    const loaded = await loadConfig(join(queries, 'rowsmith.config.json'));
    const config = { ...loaded?.config, source: { catalog: join(queries, 'expected/catalog.json') } };
    const { text } = await docs({ config, folder: queries, format: 'markdown' });
    expect(text).toContain(
      '\n### `perStatus`\n\n`sql/reports/chains.sql:9`. Returns any number of rows. Reads `Ticket`.\n',
    );
    expect(text).toContain('\n| `least` | argument | `integer` | `number` |  |\n');
    expect(text).toContain(
      "\n| `status` | result, may be null | `text` | `'open' \\| 'closed' \\| null` | `tickets.status` |\n",
    );
    const ticket = /\n## `Ticket`\n[\s\S]*?\n## /.exec(text)?.[0];
    expect(ticket).toContain('\n**Queries**\n\n');
    expect(ticket).toContain('\n- `perStatus` reads\n');
    expect(ticket).toMatch(/\n- `addTicket` writes\n/);
    const html = (await docs({ config, folder: queries })).text;
    expect(html).toContain('<li><a href="#@query.sql.2f.reports.2f.chains.2e.sql.perStatus">perStatus</a>');
    expect(html).toContain('id="@query.sql.2f.reports.2f.chains.2e.sql.perStatus"');
  });

  test('allows the one script that it holds, which a template may replace', async () => {
    mkdirSync(join(folder, 'mine'), { recursive: true });
    writeFileSync(join(folder, 'mine/docs.js.hbs'), 'document.title = "mine";');
    const hash = createHash('sha256').update('document.title = "mine";').digest('base64');
    const { text } = await docs({ config: { source: { catalog }, templates: join(folder, 'mine') } });
    expect(text).toContain(`script-src &#39;sha256-${hash}&#39;`);
    expect(text).toContain('<script>document.title = "mine";</script>');
  });

  test('keeps hostile names, comments, labels and defaults from becoming markup', async () => {
    const database = await freshDatabase('18', hostileSql);
    try {
      const config: Config = { source: { url: database.url } };
      const html = (await docs({ config })).text;
      expect(html.match(/<script/g)).toHaveLength(1);
      expect(html.match(/<img|<b>bold|<svg onload|= *"[^"]*" on\w+=/)).toBeNull();
      const markdown = (await docs({ config, format: 'markdown' })).text;
      expect(hostileText.length).toBeGreaterThan(5);
      expect(unfenced(markdown).match(/.*(?<!\\)[<[].*|^# heading/gm)).toBeNull();
    } finally {
      await database.drop();
    }
  });
});

/** The parts of a Markdown text that are not code. */
function unfenced(markdown: string): string {
  return markdown.replace(/^(`{3,})\w*\n[\s\S]*?^\1$/gm, '').replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
}
