import { describe, expect, test } from '@jest/globals';
import type { Catalog } from '../../src/catalog/catalog.js';
import { formatDiff } from '../../src/diff/report/format.js';
import { type Config, type DiffResult, diff } from '../../src/index.js';
import type { ReportFormat } from '../../src/report/formats.js';
import { catalogOf, relation } from '../drift/support.js';
import { expectFile } from '../support/expected.js';

/** Whole reports of changes of every weight, some ignored. */
const before: Catalog = {
  ...catalogOf(
    relation('tasks', { id: 'int8!', reason: 'text', gone: 'int4', 'a|b`c': 'int2' }),
    { ...relation('notes', { id: 'int8!', body: 'text' }), schema: 'billing' },
    relation('old', { id: 'int8' }),
  ),
  enums: [{ schema: 'public', name: 'mood', labels: ['calm'] }],
};
const after: Catalog = {
  ...catalogOf(relation('tasks', { id: 'int8!', reason: 'text!', 'a|b`c': 'int4' }), {
    ...relation('notes', { id: 'int8!', body: "text = 'x'", written: 'date' }),
    schema: 'billing',
  }),
  enums: [{ schema: 'public', name: 'mood', labels: ['calm', 'glad'] }],
};
const ignores: NonNullable<NonNullable<Config['diff']>['ignores']> = [
  { rule: 'relation-*', table: 'old', reason: 'it was *planned*' },
  { table: 'nowhere', reason: 'a typo' },
  { table: 'tasks', reason: 'for a while', expires: '2026-11-22' },
];

const changed = (): Promise<DiffResult> =>
  diff({ config: { diff: { ignores } }, from: { catalog: before }, to: { catalog: after }, today: '2026-11-23' });

/** As `--usage` weighs findings. */
async function weighed(): Promise<DiffResult> {
  const result = await changed();
  return {
    ...result,
    findings: result.findings.map((finding) =>
      finding.column === 'reason'
        ? { ...finding, used: true, file: 'src/app.ts', line: 7 }
        : { ...finding, used: false, severity: 'info' },
    ),
  };
}

describe('changes of every weight', () => {
  test.each<[ReportFormat, string]>([
    ['text', 'report.txt'],
    ['markdown', 'report.md'],
    ['github', 'report.github'],
    ['json', 'report.json'],
    ['sarif', 'report.sarif'],
  ])('as %s', async (format, name) => {
    expectFile(`test/diff/reports/${name}`, formatDiff(await changed(), format));
  });

  test('as text in colour', async () => {
    expectFile('test/diff/reports/colour.txt', formatDiff(await changed(), 'text', { colour: true }));
  });

  test.each<[ReportFormat, string]>([
    ['text', 'used.txt'],
    ['markdown', 'used.md'],
    ['github', 'used.github'],
  ])('weighed by usage, as %s', async (format, name) => {
    expectFile(`test/diff/reports/${name}`, formatDiff(await weighed(), format));
  });
});

describe('no changes', () => {
  const none = { findings: [], ignored: [], unusedIgnores: [], expiredIgnores: [] };

  test.each<[ReportFormat, string]>([
    ['text', 'The schema did not change.\n'],
    ['markdown', '# Schema changes\n\nThe schema did not change.\n'],
    ['github', ''],
  ])('as %s', (format, want) => {
    expect(formatDiff(none, format)).toBe(want);
  });

  test('but for ignored ones', async () => {
    const { ignored } = await changed();
    expect(formatDiff({ ...none, ignored }, 'text')).toBe('The schema did not change, except for 1 ignored.\n');
  });
});
