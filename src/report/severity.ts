/** How much a finding matters, worst first. */
export const severities = ['error', 'warning', 'info'] as const;

export type Severity = (typeof severities)[number];

/** The lowest severity that makes a command exit with 1. */
export type FailOn = Severity | 'never';

export const failOnLevels: readonly FailOn[] = [...severities, 'never'];

/** Comparison for sorting, the worst severity first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b);
}

/** Whether one of the findings is at or above the threshold. */
export function fails(findings: readonly { readonly severity: Severity }[], failOn: FailOn): boolean {
  return failOn !== 'never' && findings.some(({ severity }) => compareSeverity(severity, failOn) <= 0);
}

/** The number of findings of each severity, 0 if there are none. */
export function countBySeverity(
  findings: readonly { readonly severity: Severity }[],
): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}
