import { printableJson } from '../../printable.js';
import type { ReportFormat } from '../../report/formats.js';
import { githubAnnotations } from '../../report/github.js';
import { sarifLog } from '../../report/sarif.js';
import { countBySeverity } from '../../report/severity.js';
import { diffRules } from '../rules.js';
import { type DiffReport, details } from './input.js';
import { markdownReport } from './markdown.js';
import { textReport } from './text.js';

const renderers: { readonly [F in ReportFormat]: (report: DiffReport, colour: boolean) => string } = {
  text: textReport,
  markdown: markdownReport,
  json: jsonReport,
  github: ({ findings }) =>
    githubAnnotations(
      findings.map((finding) => ({
        ...finding,
        title: finding.rule,
        message: [finding.message, ...details(finding)].join('\n'),
      })),
    ),
  sarif: ({ findings }) => sarifLog(diffRules, findings),
};

/** A diff as a report of the given format. `colour` is for `text` on a terminal. */
export function formatDiff(
  report: DiffReport,
  format: ReportFormat,
  { colour = false }: { readonly colour?: boolean } = {},
): string {
  return renderers[format](report, colour);
}

function jsonReport({ findings, ignored, unusedIgnores, expiredIgnores }: DiffReport): string {
  const summary = {
    ...countBySeverity(findings),
    breaking: findings.filter(({ breaks }) => breaks.length > 0).length,
    ignored: ignored.length,
    unusedIgnores,
    expiredIgnores,
  };
  return printableJson({ findings, summary });
}
