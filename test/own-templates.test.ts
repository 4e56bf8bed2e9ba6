import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { docs, docsFormats } from '../src/index.js';
import { compileTemplates } from '../src/emit/compile-templates.js';
import type { Templates } from '../src/emit/templates.js';
import * as values from '../src/emit/template-values.js';
import { templateFunctions } from '../scripts/templates.js';
import { rowsmith } from './support/cli.js';
import { repositoryPath } from './support/repository.js';

const folder = mkdtempSync(join(tmpdir(), 'rowsmith-templates-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the build makes of the templates gives what Handlebars gives, which the expected outputs of the cases were written with. */
test.each(readdirSync(repositoryPath('test/cases')))('the build renders the case %s as Handlebars does', (name) => {
  const { code, stdout, stderr } = rowsmith(['check', '--source', 'expected/catalog.json', '--out', 'expected'], repositoryPath(`test/cases/${name}`), { XDG_CACHE_HOME: folder });
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: expect.stringContaining('up to date'), stderr: expect.any(String) });
});

test.each(docsFormats)('and docs in %s', async (format) => {
  const config = { source: { catalog: repositoryPath('generated/catalog.json') } };
  const out = join(folder, `page.${format}`);
  expect(rowsmith(['docs', '--source', config.source.catalog, '--format', format, '--out', out], folder).code).toBe(0);
  expect(existsSync(out) && readFileSync(out, 'utf8')).toBe((await docs({ config, format })).text);
});

const sources = new Map([
  ['page', 'a {{name}}{{#if yes}} {{#unless no}}{{outer.inner}}{{else}}-{{/unless}}{{/if}}\n{{#each rows}}\n  {{> row}}{{../name}}\n{{/each}}\n{{! nothing }}\n{{> list rows}}\n'],
  ['row', '<{{id}}>'],
  ['list', '{{#each this}}{{id}};{{/each}}'],
]);
const context = { name: 'b', yes: true, no: false, outer: { inner: 'c' }, rows: [{ id: 1 }, { id: null }] };
let engines: readonly Templates[];

beforeAll(() => {
  const code = templateFunctions(sources).replace('export const compiled =', 'return');
  const compiled = new Function(...Object.keys(values), code)(...Object.values(values)) as [string, (context: object) => string][];
  engines = [compileTemplates(sources), new Map(compiled)];
});

test('both place the same text', () => {
  for (const engine of engines) expect(engine.get('page')?.(context)).toBe('a b c\n  <1>b\n  <>b\n1;;');
});

test.each([
  ['a missing name', { name: undefined as unknown }, false],
  ['a name that is not there', { outer: {} }, true],
  ['an object that is not there', { outer: null }, true],
  ['a flag that is none', { yes: 'yes' }, true],
  ['a list that is none', { rows: {} }, true],
  ['a list that is not there', { rows: undefined }, true],
])('both throw for %s, or neither', (_, wrong, throws) => {
  const given = { ...context, ...wrong };
  for (const engine of engines) {
    const render = () => engine.get('page')?.(given);
    if (throws) expect(render).toThrow();
    else expect(render()).toContain('a ');
  }
});

test('an own template that asks for more is refused by the build', () => {
  for (const source of ['{{#with x}}{{/with}}', '{{helper x}}', '{{> nowhere}}', '{{@index}}', '{{{{raw}}}}{{{{/raw}}}}', '{{a.b.c}}', 'x\n  {{> row}}\n', '{{../up}}', '{{#each rows}}{{else}}{{/each}}']) {
    expect(() => templateFunctions(new Map([['row', ''], ['wrong', source]]))).toThrow(/^wrong\.hbs:\d+: own templates cannot have /);
  }
});
