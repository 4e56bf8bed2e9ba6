import type { IgnoreConfig } from '../config/report.js';
import { applyBaseline, type Baseline } from '../report/baseline.js';
import { applyIgnores, describeIgnore } from '../report/ignores.js';
import { countBySeverity, type Severity } from '../report/severity.js';
import type { Comparison } from './compare.js';
import type { SourceText } from './declared.js';
import type { Finding } from './finding.js';
import { applyInlineIgnores, findInlineIgnores } from './inline-ignores.js';
import type { MappedModel } from './mapped-model.js';
import { ruleIds } from './rules.js';

/** What a report shows: the findings that are left, and what was left out. */
export interface DriftReport extends Comparison {
  readonly summary: DriftSummary;
  /** Findings that are not ignored: the content of a baseline of this run. */
  readonly unignored: readonly Finding[];
}

export interface DriftSummary {
  readonly tables: number;
  readonly models: Readonly<Record<MappedModel['status'], number>>;
  readonly severities: Readonly<Record<Severity, number>>;
  /** Number of findings of each rule that has any. */
  readonly rules: Readonly<Record<string, number>>;
  readonly ignored: number;
  readonly baselined: number;
  /** Pieces of the models that could not be read: the answer is incomplete. */
  readonly unreadable: number;
  /** Statements that models are filled by, and that the source could not judge. */
  readonly uncheckedStatements: readonly UncheckedStatement[];
  readonly unusedIgnores: readonly string[];
  readonly expiredIgnores: readonly string[];
  /** Ids in the baseline whose findings are gone. */
  readonly goneFromBaseline: readonly string[];
}

export interface UncheckedStatement {
  readonly file: string;
  readonly line: number;
  /** The model that the code reads its rows into. */
  readonly model: string;
}

export interface LeaveOut {
  readonly ignores: readonly IgnoreConfig[];
  readonly files: readonly SourceText[];
  readonly baseline?: Baseline;
  /** `2026-01-31`. */
  readonly today: string;
}

/**
 * Makes the report of a comparison, without the findings that comments, config and baseline leave out. What could not
 * be read always stays.
 */
export function createReport(
  comparison: Comparison,
  tables: number,
  { ignores, files, baseline, today }: LeaveOut,
): DriftReport {
  const isBroken = ({ rule, kind }: Finding) => rule === 'unread' && kind === 'broken';
  const broken = comparison.findings.filter(isBroken);
  const inline = applyInlineIgnores(
    comparison.findings.filter((finding) => !isBroken(finding)),
    findInlineIgnores(files),
  );
  const configured = applyIgnores(inline.left, ignores, today);
  const known = applyBaseline(configured.left, baseline ?? { version: 1, findings: [] });
  const left = new Set([...broken, ...known.left]);
  const findings = comparison.findings.filter((finding) => left.has(finding));
  return {
    ...comparison,
    findings,
    unignored: configured.left,
    summary: {
      tables,
      models: countModels(comparison.models),
      severities: countBySeverity(findings),
      rules: Object.fromEntries(
        ruleIds
          .map((rule) => [rule, findings.filter((finding) => finding.rule === rule).length] as const)
          .filter(([, count]) => count > 0),
      ),
      ignored: inline.ignored.length + configured.ignored.length,
      baselined: known.known.length,
      unreadable: broken.length,
      uncheckedStatements: comparison.unchecked.map(({ file, line, into = '' }) => ({ file, line, model: into })),
      unusedIgnores: [
        ...configured.unused.map(describeIgnore),
        ...inline.unused.map(({ rule, file, line }) => `drift-ignore ${rule} at ${file}:${line}`),
      ],
      expiredIgnores: configured.expired.map(describeIgnore),
      goneFromBaseline: known.gone.map(({ id }) => id),
    },
  };
}

function countModels(models: readonly MappedModel[]): DriftSummary['models'] {
  const counts = { compared: 0, projection: 0, insert: 0, update: 0, composition: 0, other: 0, unmapped: 0 };
  for (const { status } of models) counts[status]++;
  return counts;
}
