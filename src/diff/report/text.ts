import { printableLine } from '../../printable.js';
import { severities } from '../../report/severity.js';
import { palette } from '../../report/terminal.js';
import { type DiffReport, details, groupTitles, ignoreNotes, summaryLine } from './input.js';

/** The report for a terminal: a line for each change, and below it why it matters and what it touches. */
export function textReport(report: DiffReport, colour: boolean): string {
  const paint = palette(colour);
  const groups = severities.flatMap((severity) => {
    const group = report.findings.filter((finding) => finding.severity === severity);
    const lines = group.flatMap((finding) => [
      `  ${paint.severity(severity, printableLine(finding.message))} ${paint.dim(`[${finding.rule}]`)}`,
      ...details(finding).map((detail) => `      ${paint.dim(printableLine(detail))}`),
    ]);
    return group.length > 0 ? [paint.strong(groupTitles[severity]), ...lines, ''] : [];
  });
  return [...groups, summaryLine(report), ...ignoreNotes(report).map(printableLine)]
    .map((line) => `${line}\n`)
    .join('');
}
