import { code, prose, table } from '../../report/markdown.js';
import { severities } from '../../report/severity.js';
import type { DiffFinding } from '../finding.js';
import { type DiffReport, groupTitles, ignoreNotes, summaryLine } from './input.js';

/** The report as a comment on a pull request, with a table for each severity. */
export function markdownReport(report: DiffReport): string {
  const withUsage = report.findings.some(({ used }) => used !== undefined);
  const groups = severities.flatMap((severity) => {
    const group = report.findings.filter((finding) => finding.severity === severity);
    if (group.length === 0) return [];
    const header = ['Change', 'Rule', 'Why', 'Generated names', ...(withUsage ? ['Used at'] : [])];
    return [
      `## ${groupTitles[severity]}`,
      table(
        header,
        group.map((finding) => [...row(finding), ...(withUsage ? [usedAt(finding)] : [])]),
      ),
    ];
  });
  const notes = ignoreNotes(report).map((note) => `- ${prose(note)}`);
  return `${['# Schema changes', prose(summaryLine(report)), ...groups, ...(notes.length > 0 ? [notes.join('\n')] : [])].join('\n\n')}\n`;
}

function row({ message, rule, why, names }: DiffFinding): string[] {
  return [prose(message), code(rule), prose(why), names.map(code).join(', ')];
}

function usedAt({ used, file, line }: DiffFinding): string {
  return used && file !== null ? code(`${file}:${line}`) : 'not used';
}
