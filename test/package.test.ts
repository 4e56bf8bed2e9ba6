import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { configSchema, schemaFile } from '../scripts/config-schema.js';

test('the schema of the config is what validation and the types say (npm run config-schema)', () => {
  expect(configSchema()).toBe(readFileSync(schemaFile, 'utf8'));
});

test('the schema of the config takes what is right, and refuses what is not', () => {
  const accepts = new Ajv({ formats: { date: true }, allowUnionTypes: true }).compile(JSON.parse(configSchema()) as object);
  const right = [
    {},
    { $schema: './node_modules/rowsmith/config.schema.json', source: { sql: ['a.sql'] }, driver: { name: 'pg-parsers', dates: 'temporal-polyfill#Temporal' } },
    { models: { stripPrefix: 'x_', tasks: { alias: { a: { as: 'b', default: 1 } }, state: false, computed: { f: { sql: '1' }, g: { code: './m#f', needs: [] } } } } },
    { projects: [{ name: 'a', out: 'a', include: ['x'] }] },
  ];
  const wrong = [{ sources: {} }, { driver: 'mysql' }, { models: { tasks: { alias: { a: 1 } } } }, { projects: [{ name: 'a' }] }, { drift: { failOn: 'maybe' } }];
  expect(right.filter((config) => !accepts(config))).toEqual([]);
  expect(wrong.filter((config) => accepts(config))).toEqual([]);
});
