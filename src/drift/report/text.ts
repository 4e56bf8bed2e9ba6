import { printable, printableLine } from '../../printable.js';
import { type Palette, palette } from '../../report/terminal.js';
import type { DriftReport, DriftSummary } from '../drift-report.js';
import type { Finding } from '../finding.js';
import { groupBy } from '../group.js';
import { findingsOfModels, suggestModel } from '../suggest.js';

/** The report for a terminal, table by table. Lines begin with the place, so that editors can jump to it. */
export function textReport(report: DriftReport, colour: boolean, suggestions: boolean): string {
  const paint = palette(colour);
  const lines = [
    ...[...groupBy(report.findings, titleOf)].flatMap(([title, findings]) => [
      paint.strong(printableLine(title)),
      ...findings.flatMap((finding) => lineOf(finding, paint)),
      '',
    ]),
  ];
  if (suggestions) {
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
  lines.push(...summaryLines(report.summary, paint));
  return `${lines.join('\n')}\n`;
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
    ...unusedIgnores.map((text) => printableLine(`unused ignore: ${text}`)),
    ...expiredIgnores.map((text) => printableLine(`expired ignore: ${text}`)),
    ...(goneFromBaseline.length > 0
      ? [`mended, still in the baseline: ${goneFromBaseline.length}; write it anew with --write-baseline.`]
      : []),
  ];
}
