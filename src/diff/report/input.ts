import type { IgnoreConfig } from '../../config/report.js';
import { describeIgnore } from '../../report/ignores.js';
import { countBySeverity, type Severity } from '../../report/severity.js';
import type { DiffFinding } from '../finding.js';

/** What a report is made from. */
export interface DiffReport {
  readonly findings: readonly DiffFinding[];
  readonly ignored: readonly DiffFinding[];
  readonly unusedIgnores: readonly IgnoreConfig[];
  readonly expiredIgnores: readonly IgnoreConfig[];
}

export const groupTitles: { readonly [S in Severity]: string } = {
  error: 'Breaking',
  warning: 'Dangerous',
  info: 'Safe',
};

/** The report in one line: `2 breaking, 1 dangerous, 4 safe; 1 ignored`. */
export function summaryLine({ findings, ignored }: DiffReport): string {
  if (findings.length === 0)
    return `The schema did not change${ignored.length > 0 ? `, except for ${ignored.length} ignored` : ''}.`;
  const { error, warning, info } = countBySeverity(findings);
  return `${error} breaking, ${warning} dangerous, ${info} safe${ignored.length > 0 ? `; ${ignored.length} ignored` : ''}`;
}

/** Notes on ignores that are expired or match nothing. */
export function ignoreNotes({ unusedIgnores, expiredIgnores }: DiffReport): string[] {
  return [
    ...unusedIgnores.map((ignore) => `unused ignore, remove it: ${describeIgnore(ignore)}`),
    ...expiredIgnores.map((ignore) => `expired ignore, which hides nothing anymore: ${describeIgnore(ignore)}`),
  ];
}

/** Lines below a change: why it matters, the generated names, and whether the given code uses them. */
export function details({ why, names, used, file, line }: DiffFinding): string[] {
  return [
    why,
    ...(names.length > 0 ? [`touches ${names.join(', ')}`] : []),
    ...(used === true && file !== null ? [`used at ${file}:${line}`] : []),
    ...(used === false ? ['the given code does not use it'] : []),
  ];
}
