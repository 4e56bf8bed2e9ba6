import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Catalog, Column } from '../../src/catalog/catalog.js';
import { compare } from '../../src/drift/compare.js';
import { createReport, type LeaveOut } from '../../src/drift/drift-report.js';
import { readModels } from '../../src/drift/readers/read.js';
import { formatDrift } from '../../src/drift/report/format.js';
import { type DriftSettings, noSettings } from '../../src/drift/settings.js';
import type { ReportFormat } from '../../src/report/formats.js';
import { expectFile } from '../support/expected.js';
import { repositoryPath } from '../support/repository.js';
import { catalogOf, column, relation } from './support.js';

/** Whole reports of `reports/models.*`, which drift in every way. */
const folder = 'test/drift/reports';
const expected = `${folder}/expected`;

const generated = (name: string, kind: 'stored' | 'virtual', by?: string): Column => ({
  ...column(name, 'int4'),
  generated: kind,
  ...(by === undefined ? {} : { default: by }),
});
const toTasks = { name: 'fk', columns: ['task_id'], references: { schema: 'public', name: 'tasks', columns: ['id'] } };

const tasks = relation(
  'tasks',
  {
    id: 'int8!',
    name: 'varchar!',
    retry_limit: 'int8',
    code: 'text!',
    owner_name: 'text',
    created_at: 'timestamptz! = now()',
    settings: `jsonb! = '"{}"'::jsonb`,
  },
  { primaryKey: { name: 'pk', columns: ['id'] } },
);
const catalog: Catalog = {
  ...catalogOf(
    {
      ...relation('invoices', {
        number: 'int4!',
        total: 'numeric',
        issued: 'timestamp!',
        paid: 'bool!',
        note: 'text',
        parts: 'int4[]',
        legacy: 'text[]!',
        region: 'text!',
        shape: 'hypercube!',
        regions: 'text[]',
        ago: 'text',
        due: 'date!',
      }),
      schema: 'billing',
    },
    tasks,
    relation('moves', { task_id: 'int4!', to_state: 'text!', metadata: 'jsonb!' }, { foreignKeys: [toTasks] }),
    relation(
      'odds',
      {},
      {
        columns: [
          { ...column('a', 'int4!'), identity: 'always' },
          column('b`c', 'int4!'),
          column('from', 'int8!'),
          column('Odd "name"', "text = 'x'"),
          column('self', 'text'),
          column('2nd', 'text'),
          generated('twice', 'stored', 'a * 2'),
          generated('thrice', 'virtual'),
        ],
      },
    ),
    relation('exacts', { a: 'int4!' }),
    relation('notes', { id: 'int8!' }),
    { ...relation('notes', { id: 'int8!' }), schema: 'billing' },
    relation('ages', { id: 'int8', age: 'int4' }, { kind: 'view' }),
    relation('old_ages', { id: 'int8' }, { kind: 'materialized view' }),
    relation('unread', { id: 'int8!' }),
  ),
  functions: [
    {
      schema: 'public',
      name: 'weigh',
      kind: 'function',
      volatility: 'stable',
      arguments: [
        { name: 'id', mode: 'table', type: { name: 'int8', sql: 'bigint' } },
        { name: 'weight', mode: 'table', type: { name: 'int4', sql: 'integer' } },
      ],
    },
  ],
};
const settings: DriftSettings = {
  ...noSettings,
  severities: {
    'insert-missing-required': 'error',
    'fk-type-mismatch': 'warning',
    'suspicious-default': 'warning',
    'query-invalid': 'error',
  },
  confirmed: [{ table: 'tasks', column: 'retry_limit', field: 'maxRetries', by: 'drift.renames' }],
  computed: [{ table: 'tasks', field: 'rating' }],
};

async function report(names: readonly string[], given: Catalog = catalog, leaveOut: Partial<LeaveOut> = {}) {
  const files = names.map((name) => ({ file: name, text: readFileSync(repositoryPath(`${folder}/${name}`), 'utf8') }));
  const refused = names.includes('models.rs')
    ? [{ file: 'models.rs', line: 93, sql: 'select x', error: 'column "x" does not exist' }]
    : [];
  return createReport(compare(given, await readModels(files), settings, { refused }), given.relations.length, {
    ignores: [],
    files,
    today: '2026-11-23',
    ...leaveOut,
  });
}

const all = ['models.rs', 'models.ts', 'broken.rs'];

async function everything() {
  const { unignored } = await report(all);
  return report(all, catalog, {
    ignores: [
      { rule: 'missing-model', table: 'unread', reason: 'nobody reads it' },
      { rule: 'missing-model', table: 'gone', reason: 'it was dropped' },
      { table: 'tasks', field: 'more1', reason: 'was to be mended', expires: '2026-11-22' },
    ],
    baseline: {
      version: 1,
      findings: [
        ...unignored.filter(({ field }) => field === 'more8'),
        { id: 'type-mismatch/tasks/`x`', fingerprint: '0' },
      ],
    },
  });
}

describe('models that drift in every way', () => {
  test.each<[ReportFormat, string]>([
    ['text', 'report.txt'],
    ['markdown', 'report.md'],
    ['github', 'report.github'],
    ['json', 'report.json'],
  ])('as %s', async (format, name) => {
    expectFile(`${expected}/${name}`, formatDrift(await everything(), format, { suggestions: true }));
  });

  test('as text in colour, without suggestions', async () => {
    expectFile(`${expected}/colour.txt`, formatDrift(await report(['models.ts']), 'text', { colour: true }));
  });

  test('as markdown without suggestions', async () => {
    expectFile(`${expected}/plain.md`, formatDrift(await report(['models.ts']), 'markdown'));
  });
});

test.each<[ReportFormat, string]>([
  ['text', '0 errors, 0 warnings, 0 info. Models compared: 1. Tables and views: 1.\n'],
  ['github', ''],
])('models that do not drift, as %s', async (format, want) => {
  const clean = catalogOf(relation('exacts', { a: 'int4!' }));
  const files = [{ file: 'exact.ts', text: 'interface Exact { a: number }' }];
  const { findings, ...rest } = createReport(compare(clean, await readModels(files), settings), 1, {
    ignores: [],
    files,
    today: '2026-11-23',
  });
  expect(findings).toEqual([]);
  expect(formatDrift({ findings, ...rest }, format)).toBe(want);
});

test('no models and no tables, as markdown', async () => {
  expectFile(`${expected}/nothing.md`, formatDrift(await report([], catalogOf()), 'markdown', { suggestions: true }));
});

test('what is wrong with a field that models of many tables inherit is one line of text', async () => {
  const names = ['as', 'bs', 'cs', 'ds'];
  const models = names.map((name) => `@Entity('${name}') class ${name} extends Base { @PrimaryColumn() id: number }`);
  const files = [{ file: 'base.ts', text: `class Base { @Column('text') at: string }\n${models.join('\n')}` }];
  const tables = catalogOf(...names.map((name) => relation(name, { id: 'int4!', at: 'timestamptz!' })));
  const found = createReport(compare(tables, await readModels(files), settings), 4, {
    ignores: [],
    files,
    today: '2026-11-23',
  });
  const lines = (verbose: boolean) =>
    formatDrift(found, 'text', { verbose })
      .split('\n')
      .filter((line) => line.includes('[type-mismatch]'));
  expect(found.summary.severities.error).toBe(4);
  expect(lines(true)).toHaveLength(4);
  expect(lines(false)).toHaveLength(1);
  expect(lines(false)[0]).toContain('So it is in 3 other tables: --verbose lists them.');
});
