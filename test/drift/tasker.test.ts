import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type DriftReport, drift, type Finding, formatDrift, loadConfig } from '../../src/index.js';
import { repositoryPath } from '../support/repository.js';

type Reviewed = readonly [rule: string, kind: string | null, severity: string, table: string, names: readonly string[]];
type Listed = Readonly<Record<string, readonly string[]>>;

const readJson = <Value>(path: string) => JSON.parse(readFileSync(repositoryPath(path), 'utf8')) as Value;
const reviewed = readJson<{ both: Reviewed[]; rust: Reviewed[]; typescript: Reviewed[] }>(
  'test/drift/tasker-reviewed.json',
);
const analysis = readJson<{
  missing: Listed;
  extra: Listed;
  renamed: Listed;
  types: Listed;
  matching: string[];
  withoutModel: string[];
}>('test/drift/tasker-analysis.json');
const models = { rust: 'examples/tasker/legacy/rust/*.rs', typescript: 'examples/tasker/legacy/typescript/*.ts' };

const legacy = (language: keyof typeof models) =>
  drift({ config: { source: { catalog: repositoryPath('generated/catalog.json') } }, models: [models[language]] });

const spelled = ({ id, kind, severity }: Finding) => `${id} ${kind ?? '-'} ${severity}`;
const expected = (language: keyof typeof models) =>
  [...reviewed.both, ...reviewed[language]].flatMap(([rule, kind, severity, table, names]) =>
    names.map((name) => `${[rule, table, name].filter((part) => part !== '').join('/')} ${kind ?? '-'} ${severity}`),
  );

describe.each(['rust', 'typescript'] as const)('the legacy models in %s', (language) => {
  test('have every finding of the reviewed list and no other', async () => {
    const { findings } = await legacy(language);
    expect(findings.map(spelled).sort()).toEqual(expected(language).sort());
  });

  test('every finding with a model has its place in the file', async () => {
    for (const { rule, file, line, field, model } of (await legacy(language)).findings) {
      if (rule === 'missing-model') continue;
      const text = readFileSync(repositoryPath(file ?? ''), 'utf8').split('\n')[(line ?? 0) - 1];
      expect(text).toContain(field ?? model);
    }
  });

  test('two runs differ in nothing, in any format', async () => {
    const [first, second] = await Promise.all([legacy(language), legacy(language)]);
    for (const format of ['text', 'markdown', 'json', 'github', 'sarif'] as const) {
      expect(await formatDrift(first, format, { suggestions: true })).toBe(
        await formatDrift(second, format, { suggestions: true }),
      );
    }
  });
});

describe('the analysis by hand', () => {
  const claims = (rule: string, listed: Listed) =>
    Object.entries(listed).flatMap(([table, names]) => names.map((name) => `${rule}/${table}/${name}`));
  const claimed = [
    ...claims('missing-field', analysis.missing),
    ...claims('extra-field', analysis.extra),
    ...claims('renamed-field', analysis.renamed),
    ...claims('type-mismatch', analysis.types),
    ...analysis.withoutModel.map((table) => `missing-model/${table}`),
  ];
  const ids = ({ findings }: DriftReport) => findings.map(({ id }) => id);

  test('is right in whatever it found', async () => {
    const found = ids(await legacy('rust'));
    expect(claimed.filter((id) => !found.includes(id))).toEqual([]);
    expect(claimed).toHaveLength(38);
  });

  test('calls three models correct that cannot read a row', async () => {
    const { findings } = await legacy('rust');
    const errors = (table: string) =>
      findings
        .filter((finding) => finding.table === table)
        .map(({ rule, kind, column, severity }) => `${severity} ${rule} ${kind} ${column}`);
    const clock = ['error type-mismatch timezone created_at', 'error type-mismatch timezone updated_at'];
    expect(Object.fromEntries(analysis.matching.map((table) => [table, errors(table)]))).toEqual({
      tasker_task_transitions: [...clock, 'error nullability-mismatch may-be-null metadata'],
      tasker_workflow_step_transitions: [...clock, 'error nullability-mismatch may-be-null metadata'],
      tasker_task_namespaces: clock,
    });
  });

  test('missed time zones, nulls and a width: all that it did not claim', async () => {
    const { findings } = await legacy('rust');
    const missed = findings.filter(({ id }) => !claimed.includes(id));
    const counts: Record<string, number> = {};
    for (const { rule, kind } of missed) counts[`${rule} ${kind}`] = (counts[`${rule} ${kind}`] ?? 0) + 1;
    expect(counts).toEqual({
      'type-mismatch timezone': 16,
      'type-mismatch width': 1,
      'nullability-mismatch may-be-null': 7,
    });
  });
});

test('what the config declares confirms renames and explains computed fields', async () => {
  const loaded = await loadConfig('examples/tasker/rowsmith.config.ts', repositoryPath('.'));
  const config = { ...loaded?.config, source: { catalog: repositoryPath('generated/catalog.json') } };
  const { findings } = await drift({ config, models: [models.rust] });
  const kinds = (rule: string) =>
    findings.filter((finding) => finding.rule === rule).map(({ field, kind }) => `${field} ${kind}`);
  expect(kinds('renamed-field')).toEqual([
    'context confirmed',
    'output confirmed',
    'retry_count confirmed',
    'max_retries confirmed',
  ]);
  expect(kinds('extra-field').filter((text) => text.endsWith('declared'))).toHaveLength(
    findings.filter(({ table, rule }) => rule === 'extra-field' && table !== 'tasker_named_steps').length,
  );
});

test('the committed report is what the models give', async () => {
  const config = {
    source: { catalog: repositoryPath('generated/catalog.json') },
    drift: { rules: { 'fk-type-mismatch': 'warning', 'suspicious-default': 'warning' } },
  } as const;
  const report = await drift({ config, models: [models.rust] });
  expect(await formatDrift(report, 'markdown', { suggestions: true })).toBe(
    readFileSync(repositoryPath('examples/tasker/DRIFT.md'), 'utf8'),
  );
});
