import { printableJson } from '../../printable.js';
import type { ReportFormat } from '../../report/formats.js';
import { githubAnnotations } from '../../report/github.js';
import { sarifLog } from '../../report/sarif.js';
import type { DriftReport } from '../drift-report.js';
import type { Finding } from '../finding.js';
import { ruleIds, rules } from '../rules.js';
import { markdownReport } from './markdown.js';
import { textReport } from './text.js';

export interface FormatOptions {
  /** For a terminal; `text` only. */
  readonly colour?: boolean;
  /** Write the corrected models out; `text` and `markdown`. */
  readonly suggestions?: boolean;
}

/** A report as text that ends in a line break. Two calls with one report differ in nothing. */
export function formatDrift(report: DriftReport, format: ReportFormat, { colour = false, suggestions = false }: FormatOptions = {}): string {
  switch (format) {
    case 'text':
      return textReport(report, colour, suggestions);
    case 'markdown':
      return markdownReport(report, suggestions);
    case 'json':
      return printableJson({ findings: report.findings, summary: report.summary });
    case 'github':
      return githubAnnotations(groupedByModel(report.findings));
    case 'sarif':
      return sarifLog(ruleIds.map((id) => ({ id, description: rules[id].description, severity: rules[id].severity })), report.findings);
  }
}

/** One annotation for each model and severity: a level shows ten, and ten fields of one model would hide all others. */
function groupedByModel(findings: readonly Finding[]) {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.severity, finding.file, finding.model, finding.model === null ? finding.rule : '']);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { severity, file, model, table } = first;
    const subject = [model, table].filter((name) => name !== null).join(' and ');
    const title = model === null ? (group.length === 1 ? first.rule : `${first.rule}: ${group.length}`) : `${subject}: ${group.length} ${group.length === 1 ? 'finding' : 'findings'}`;
    return [{ severity, file, line: first.line, title, message: group.map((finding) => `${finding.rule}: ${finding.message}`).join('\n') }];
  });
}

