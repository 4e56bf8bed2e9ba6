/**
 * Templates are strict: an unknown name throws, both in users' templates, which are compiled at run time, and in
 * rowsmith's own, which the build compiles.
 */
import { beforeAll, expect, test } from '@jest/globals';
import { compileTemplates, precompiled } from '../src/emit/compile-templates.js';
import { runTemplates } from '../src/emit/run-templates.js';
import type { Templates } from '../src/emit/templates.js';

const sources = new Map([
  [
    'page',
    'a {{name}}{{#if yes}} {{#unless no}}{{outer.inner}}{{else}}-{{/unless}}{{/if}}\n{{#each rows}}\n  {{> row}}{{../name}}\n{{/each}}\n{{! nothing }}\n{{> list rows}}\n',
  ],
  ['row', '<{{id}}>'],
  ['list', '{{#each this}}{{id}};{{/each}}'],
]);
const context = { name: 'b', yes: true, no: false, outer: { inner: 'c' }, rows: [{ id: 1 }, { id: null }] };
let ways: readonly Templates[];

beforeAll(() => {
  const specifications = new Function(`return ${precompiled(sources)}`)() as Parameters<typeof runTemplates>[0];
  ways = [compileTemplates(sources), runTemplates(specifications)];
});

test('text is placed as it is', () => {
  for (const templates of ways)
    expect(templates.get('page')?.({ ...context, name: '<b>' })).toBe('a <b> c\n  <1><b>\n  <><b>\n1;;');
});

test.each([
  ['a name that is not there', { outer: {} }, '"inner" not defined'],
  ['an object that is not there', { outer: null }, 'inner'],
  ['a flag that is none', { yes: 'yes' }, '{{#if}} needs a boolean, got string'],
  ['a flag that is not there', { no: undefined }, '{{#unless}} needs a boolean, got undefined'],
  ['a list that is none', { rows: {} }, '{{#each}} needs an array, got object'],
  ['a list that is not there', { rows: undefined }, '{{#each}} needs an array, got undefined'],
])('%s throws', (_, wrong, message) => {
  for (const templates of ways) expect(() => templates.get('page')?.({ ...context, ...wrong })).toThrow(message);
});
