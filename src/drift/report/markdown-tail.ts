import { code, prose, table } from '../../report/markdown.js';
import type { DriftReport } from '../drift-report.js';
import type { Finding } from '../finding.js';

/** Last sections of the page: counts, what to do first, and what the comparison cannot know. */
export function markdownTail({ findings, summary }: DriftReport): readonly string[] {
  const { severities, rules, ignored, baselined, unusedIgnores, expiredIgnores, goneFromBaseline } = summary;
  const left = [
    ...(ignored > 0 ? [`${ignored} findings are ignored.`] : []),
    ...(baselined > 0 ? [`${baselined} findings are in the baseline.`] : []),
  ];
  const stale = [
    ...unusedIgnores.map((text) => `- unused ignore: ${prose(text)}`),
    ...expiredIgnores.map((text) => `- expired ignore: ${prose(text)}`),
    ...goneFromBaseline.map((id) => `- fixed, still in the baseline: ${code(id)}`),
  ];
  const advice = recommendations(findings);
  return [
    '## Summary',
    table(
      ['Rule', 'Findings'],
      [
        ...Object.entries(rules).map(([rule, count]) => [code(rule), `${count}`]),
        ['all', `${severities.error + severities.warning + severities.info}`],
      ],
    ),
    ...(left.length > 0 ? [left.join(' ')] : []),
    ...(stale.length > 0 ? [stale.join('\n')] : []),
    ...(advice.length > 0
      ? ['## Recommendations', advice.map((text, index) => `${index + 1}. ${text}`).join('\n')]
      : []),
    '## Limits',
    [...unchecked(summary), ...limits].map((text) => `- ${text}`).join('\n'),
  ];
}

/** Recommendations, the most urgent first, each with its findings. */
function recommendations(findings: readonly Finding[]): readonly string[] {
  const of = (rule: Finding['rule'], ...kinds: string[]) =>
    findings.filter((finding) => finding.rule === rule && (kinds.length === 0 || kinds.includes(finding.kind ?? '')));
  const advice = (list: readonly Finding[], text: (count: string, names: string) => string): readonly string[] =>
    list.length === 0 ? [] : [text(`${list.length}`, named(list))];
  return [
    ...advice(
      of('unread', 'broken'),
      (count) => `Make ${count} unreadable files readable: their contents are not in this report.`,
    ),
    ...advice(
      of('extra-field', 'written'),
      (_, names) => `Stop writing fields that are not columns, or add the columns: ${names}.`,
    ),
    ...advice(
      of('type-mismatch', 'category', 'width'),
      (_, names) => `Correct types that cannot hold their columns: ${names}.`,
    ),
    ...advice(
      of('type-mismatch', 'timezone'),
      (count) =>
        `Decide what the ${count} timestamps without time zone mean: read them as they are stored, or migrate the columns to timestamptz.`,
    ),
    ...advice(
      of('nullability-mismatch', 'may-be-null'),
      (_, names) => `Make fields optional whose columns may be null: ${names}.`,
    ),
    ...advice(
      findings.filter(({ rule, severity }) => rule === 'missing-field' && severity === 'error'),
      (_, names) => `Add the columns that no row can be inserted without: ${names}.`,
    ),
    ...advice(
      of('renamed-field', 'confirmed', 'likely'),
      (_, names) => `Align names, or give the column's name in an attribute: ${names}.`,
    ),
    ...advice(
      of('extra-field', 'derived', 'declared'),
      (_, names) => `Keep computed fields apart from stored ones: ${names}.`,
    ),
    ...advice(
      of('extra-field', 'unknown'),
      (_, names) => `Find out where these fields come from, or remove them: ${names}.`,
    ),
    ...advice(of('missing-model'), (_, names) => `Write models for ${names}, or ignore them with a reason.`),
    ...advice(of('suspicious-default'), (_, names) => `Correct the defaults of ${names}.`),
    ...advice(of('fk-type-mismatch'), (_, names) => `Give foreign keys the type of the key they refer to: ${names}.`),
  ];
}

function named(findings: readonly Finding[]): string {
  const names = [
    ...new Set(
      findings.map(({ table: relation, model, column, field }) =>
        code([model ?? relation, field ?? column].filter((part) => part !== null).join('.')),
      ),
    ),
  ];
  return names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');
}

/** The statements that the source could not judge, by their models. */
function unchecked({ uncheckedStatements }: DriftReport['summary']): readonly string[] {
  if (uncheckedStatements.length === 0) return [];
  const places = uncheckedStatements.map(({ model, file, line }) => `${code(model)} at ${code(`${file}:${line}`)}`);
  const more = places.length > 8 ? ` and ${places.length - 8} more` : '';
  return [
    `A catalog file parses no SQL, so the statements that fill models were not checked: ${places.slice(0, 8).join(', ')}${more}. Give a database or SQL files.`,
  ];
}

const limits = [
  'Models are read as text: macros are not expanded, and types that no file declares are not compared.',
  'Renames are suggested where names show them. About half of real renames cannot be known from names; confirm those in the config.',
  'A nullable column may never hold a null in practice, and a default says nothing about rows that exist.',
  'What code does with a field after reading it is not examined.',
];
