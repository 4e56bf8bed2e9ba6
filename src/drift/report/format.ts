import { printableJson } from '../../printable.js';
import type { ReportFormat } from '../../report/formats.js';
import { githubAnnotations } from '../../report/github.js';
import { sarifLog } from '../../report/sarif.js';
import { shownName } from '../../report/shown-name.js';
import type { DriftReport } from '../drift-report.js';
import type { Finding } from '../finding.js';
import { groupBy } from '../group.js';
import type { MappedModel } from '../mapped-model.js';
import { ruleIds, rules } from '../rules.js';
import { TimeLimit } from '../time-limit.js';
import { markdownReport } from './markdown.js';
import { textReport } from './text.js';

export interface FormatOptions {
  /** Whether to use colours; for `text` on a terminal. */
  readonly colour?: boolean;
  /** Whether to add the corrected models and the missing ones, or the missing ones alone; for `text` and `markdown`. */
  readonly suggestions?: boolean | 'missing';
  /** Whether to write out what is alike, instead of one line for it; for `text`. */
  readonly verbose?: boolean;
  /** Seconds that the whole run may take, and its start by `performance.now()`. */
  readonly within?: { readonly seconds: number; readonly since: number };
}

/** A report as text that ends in a line break. The same report always gives the same text. */
export function formatDrift(
  report: DriftReport,
  format: ReportFormat,
  { within, ...options }: FormatOptions = {},
): string {
  if (!within) return written(report, format, options);
  return new TimeLimit(within.seconds, within.since).busy('writing the report', () => written(report, format, options));
}

function written(
  report: DriftReport,
  format: ReportFormat,
  { colour = false, suggestions = false, verbose = false }: FormatOptions,
): string {
  switch (format) {
    case 'text':
      return textReport(report, { colour, suggestions, verbose });
    case 'markdown':
      return markdownReport(report, suggestions);
    case 'json':
      return printableJson({
        findings: report.findings,
        models: report.models.map(jsonModel),
        summary: report.summary,
      });
    case 'github':
      return githubAnnotations(groupedByModel(report.findings));
    case 'sarif':
      return sarifLog(
        ruleIds.map((id) => ({ id, description: rules[id].description, severity: rules[id].severity })),
        report.findings,
      );
  }
}

/** A model in JSON: what became of it, and why. */
function jsonModel({ model: { name, language, file, line }, status, relation, reason }: MappedModel) {
  return { name, language, file, line, status, table: relation ? shownName(relation) : null, reason };
}

/**
 * One annotation for each model and severity. GitHub shows ten of a level, and ten fields of one model would hide all
 * others.
 */
function groupedByModel(findings: readonly Finding[]) {
  const groups = groupBy(findings, ({ severity, file, model, rule }) =>
    JSON.stringify([severity, file, model, model === null ? rule : '']),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { severity, file, line } = first;
    return [
      {
        severity,
        file,
        line,
        title: titleOf(first, group.length),
        message: group.map(({ rule, message }) => `${rule}: ${message}`).join('\n'),
      },
    ];
  });
}

function titleOf({ rule, model, table }: Finding, count: number): string {
  if (model === null) return count === 1 ? rule : `${rule}: ${count}`;
  const subject = [model, table].filter((name) => name !== null).join(' and ');
  return `${subject}: ${count} ${count === 1 ? 'finding' : 'findings'}`;
}
