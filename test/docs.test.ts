import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type Config, docs, generate } from '../src/index.js';
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
