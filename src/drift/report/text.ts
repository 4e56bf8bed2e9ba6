import { printable, printableLine } from '../../printable.js';
import { compareSeverity } from '../../report/severity.js';
import { type Palette, palette } from '../../report/terminal.js';
import type { DriftReport, DriftSummary } from '../drift-report.js';
import type { Finding } from '../finding.js';
import { groupBy } from '../group.js';
import { missingModelTexts } from '../missing-models.js';
import { findingsOfModels, suggestModel } from '../suggest.js';

/** The report for a terminal, table by table. Lines begin with the place, so that editors can jump to it. */
export function textReport(report: DriftReport, { colour, suggestions, verbose }: TextOptions): string {
  const paint = palette(colour);
  const alike = verbose ? [] : alikeFindings(report.findings);
  const left = report.findings.filter((finding) => !alike.includes(finding));
  const shown = verbose ? left : onceForHeirs(left);
  const groups = [...groupBy(shown, titleOf)].sort(([, a], [, b]) => worst(a) - worst(b));
  const reasons = new Map(report.pairings.map(({ table, model, mapped }) => [keyOf(table, model.name), mapped.reason]));
  const lines = groups.flatMap(([title, findings]) => [
    paint.strong(printableLine(title)) + reasonOf(findings, reasons, paint),
    ...[...findings]
      .sort((a, b) => compareSeverity(a.severity, b.severity))
      .flatMap((finding) => lineOf(finding, paint)),
    '',
  ]);
  if (alike.length > 0) lines.push(alikeLine(alike, paint), '');
  if (suggestions === true) {
    const findingsOf = findingsOfModels(report.findings);
    for (const pairing of report.pairings) {
      const suggestion = suggestModel(pairing, findingsOf(pairing));
      if (suggestion !== undefined)
        lines.push(
          paint.strong(printableLine(`${pairing.model.name} as ${pairing.table} needs it`)),
          printable(suggestion),
          '',
        );
    }
  }
  if (suggestions !== false)
    for (const { name, table, text } of missingModelTexts(report))
      lines.push(paint.strong(printableLine(`${name}, a model for ${table}, which has none`)), printable(text), '');
  lines.push(...summaryLines(report.summary, paint));
  return `${lines.join('\n')}\n`;
}

interface TextOptions {
  readonly colour: boolean;
  readonly suggestions: boolean | 'missing';
  readonly verbose: boolean;
}

/** Fewest findings that are alike and get one line together. */
const fewest = 4;

/** Types that are compared with nothing, and of which nothing says that they should be: they are alike. */
function alikeFindings(findings: readonly Finding[]): readonly Finding[] {
  const alike = findings.filter(({ rule, severity }) => rule === 'unmapped-model' && severity === 'info');
  return alike.length < fewest ? [] : alike;
}

function alikeLine({ length }: readonly Finding[], paint: Palette): string {
  return `${paint.severity('info', 'info')} ${length} types were not compared: --verbose lists them. ${paint.dim('[unmapped-model]')}`;
}

/** Says once what is wrong with a field that models of many tables inherit: it is mended in one place. */
function onceForHeirs(findings: readonly Finding[]): readonly Finding[] {
  const keyOfField = ({ rule, severity, kind, column, field, file, line, id }: Finding) =>
    JSON.stringify(field === null ? [id] : [rule, severity, kind, column, field, file, line]);
  const groups = groupBy(findings, keyOfField);
  return findings.flatMap((finding) => {
    const all = groups.get(keyOfField(finding)) ?? [];
    const tables = new Set(all.map(({ table }) => table)).size;
    if (tables < fewest) return [finding];
    if (finding !== all[0]) return [];
    const others = `So it is in ${tables - 1} other tables: --verbose lists them.`;
    return [{ ...finding, message: `${finding.message} ${others}` }];
  });
}

function worst(findings: readonly Finding[]): number {
  return Math.min(...findings.map(({ severity }) => ['error', 'warning', 'info'].indexOf(severity)));
}

function keyOf(table: string, model: string): string {
  return JSON.stringify([table, model]);
}

/** Why a model is compared with its table, beside both. */
function reasonOf(findings: readonly Finding[], reasons: ReadonlyMap<string, string>, paint: Palette): string {
  const [first] = findings;
  const reason = first?.table && first.model ? reasons.get(keyOf(first.table, first.model)) : undefined;
  return reason === undefined ? '' : paint.dim(printableLine(` (${reason})`));
}

function titleOf({ table, model }: Finding): string {
  if (table === null) return 'Models without a table';
  return model === null ? table : `${table} and ${model}`;
}

function lineOf({ severity, rule, message, file, line, fix }: Finding, paint: Palette): readonly string[] {
  const place = file === null ? '' : `${file}:${line ?? 1}: `;
  return [
    printableLine(`  ${place}`) +
      paint.severity(severity, severity) +
      printableLine(` ${message} `) +
      paint.dim(`[${rule}]`),
    ...(fix === undefined ? [] : [paint.dim(printableLine(`    ${fix}`))]),
  ];
}

/** What the source could not judge. */
function uncheckedLine({ uncheckedStatements: [first, ...others] }: DriftSummary): readonly string[] {
  if (!first) return [];
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return [
    printableLine(
      `not checked: the statements that fill models (${first.model} at ${first.file}:${first.line}${more}), since a catalog file parses no SQL. Give a database or SQL files.`,
    ),
  ];
}

function summaryLines(summary: DriftSummary, paint: Palette): readonly string[] {
  const { severities, models, tables, ignored, baselined, unusedIgnores, expiredIgnores, goneFromBaseline } = summary;
  const counts = (['error', 'warning', 'info'] as const).map((severity) =>
    paint.severity(
      severity,
      `${severities[severity]} ${severity}${severities[severity] === 1 || severity === 'info' ? '' : 's'}`,
    ),
  );
  const left = [
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
  ];
  return [
    `${[...counts, ...left].join(', ')}. Models compared: ${models.compared + models.projection}. Tables and views: ${tables}.`,
    ...uncheckedLine(summary),
    ...unusedIgnores.map((text) => printableLine(`unused ignore: ${text}`)),
    ...expiredIgnores.map((text) => printableLine(`expired ignore: ${text}`)),
    ...(goneFromBaseline.length > 0
      ? [`fixed, still in the baseline: ${goneFromBaseline.length}; update it with --write-baseline.`]
      : []),
  ];
}
