import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ruleIds } from '../../src/drift/rules.js';
import { type DriftReport, drift, formatDrift } from '../../src/index.js';
import { fingerprintOf } from '../../src/report/fingerprint.js';
import { githubAnnotations } from '../../src/report/github.js';
import { code, fenced, prose, table } from '../../src/report/markdown.js';
import { sarifLog } from '../../src/report/sarif.js';
import { palette } from '../../src/report/terminal.js';
import { repositoryPath } from '../support/repository.js';

const schema = JSON.parse(readFileSync(repositoryPath('src/drift/report/drift.schema.json'), 'utf8')) as {
  $defs: { finding: { properties: { rule: { enum: string[] } } } };
};

const everything = Object.fromEntries(
  ruleIds.filter((rule) => rule !== 'query-invalid').map((rule) => [rule, 'error']),
) as Record<string, 'error'>;
const legacy = (rules = everything): Promise<DriftReport> =>
  drift({
    config: { source: { catalog: repositoryPath('generated/catalog.json') }, drift: { rules } },
    models: ['examples/tasker/legacy/rust/*.rs', 'examples/tasker/legacy/typescript'],
  });

describe('json', () => {
  test('is what the published schema says', async () => {
    const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);
    validate(JSON.parse(await formatDrift(await legacy(), 'json')));
    expect(validate.errors ?? []).toEqual([]);
    expect(schema.$defs.finding.properties.rule.enum).toEqual(ruleIds);
  });

  test('holds nothing that cannot be JSON, and no path of this machine', async () => {
    const text = await formatDrift(await legacy(), 'json');
    expect(JSON.stringify(JSON.parse(text), undefined, 2)).toBe(text.trimEnd());
    expect(text).not.toContain(repositoryPath(''));
  });
});

test('github: at most ten a level, one for each model', async () => {
  const lines = (await formatDrift(await legacy(), 'github')).trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(30);
  for (const level of ['error', 'warning', 'notice'])
    expect(lines.filter((line) => line.startsWith(`::${level} `)).length).toBeLessThanOrEqual(10);
});

test('github: what a message holds ends no command', () => {
  const one = {
    severity: 'info',
    file: 'a,b:c.rs',
    line: 3,
    title: '50%: x',
    message: 'two\r\nlines ::error::',
  } as const;
  expect(githubAnnotations([one])).toBe('::notice file=a%2Cb%3Ac.rs,line=3,title=50%25%3A x::two%0Alines ::error::\n');
});

test('github: the tenth says how many are left out', () => {
  const many = Array.from(
    { length: 12 },
    (_, line) => ({ severity: 'error', file: 'a.rs', line, title: 't', message: 'm' }) as const,
  );
  const lines = githubAnnotations(many).trimEnd().split('\n');
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toBe('::error title=3 more::3 more are not shown here; the log of this step has them all.');
});

test('sarif: stable rule ids, fingerprints, places', async () => {
  const report = await legacy();
  const log = JSON.parse(await formatDrift(report, 'sarif')) as {
    runs: [
      {
        tool: { driver: { rules: { id: string }[] } };
        results: { ruleId: string; ruleIndex: number; partialFingerprints: object; locations?: object[] }[];
      },
    ];
  };
  const [{ tool, results }] = log.runs;
  expect(results).toHaveLength(report.findings.length);
  for (const [index, { ruleId, ruleIndex, partialFingerprints }] of results.entries()) {
    expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(partialFingerprints).toEqual({ 'rowsmith/v1': report.findings[index]?.fingerprint });
  }
  expect(JSON.parse(sarifLog([], []))).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] });
});

test('fingerprints are of what is found, and no two findings share one', async () => {
  const { findings } = await legacy();
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
  expect(fingerprintOf(['a', null, 'b'])).toBe(fingerprintOf(['a', undefined, 'b']));
  expect(fingerprintOf(['a', 'b'])).not.toBe(fingerprintOf(['a', null, 'b']));
});

test('text: colour only where asked for', async () => {
  const report = await legacy();
  expect(await formatDrift(report, 'text', { colour: true })).toContain('\u001b[31merror\u001b[39m');
  expect(await formatDrift(report, 'text')).not.toContain('\u001b');
});

describe('names that would break a page or a terminal', () => {
  test.each([
    ['code', code('a`b``c'), '``` a`b``c ```'],
    ['prose', prose('DateTime<Utc> *x* [y] snake_case _z_'), 'DateTime\\<Utc\\> \\*x\\* \\[y\\] snake_case \\_z\\_'],
    ['a fence', fenced('sql', '```\nx'), '````sql\n```\nx\n````'],
    ['a cell', table(['a'], [['x | y']]), '| a |\n| --- |\n| x \\| y |'],
    [
      'prose that begins a block',
      ['# x', '1. x', '- x', ' + x', '~~~', '&lt;'].map(prose).join(' '),
      '\\# x 1\\. x \\- x \\+ x \\~\\~\\~ \\&lt;',
    ],
    ['no colour', palette(false).severity('error', 'x'), 'x'],
  ])('%s', (_, given, want) => {
    expect(given).toBe(want);
  });
});
