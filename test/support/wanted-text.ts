import type { CheckResult } from '../../src/index.js';

/** The text that a file should have but does not have; undefined if it does not differ. */
export function wantedText(changes: CheckResult['changes'], path: string): string | undefined {
  return changes.flatMap((change) => (change.path === path && change.kind !== 'orphaned' ? [change.text] : []))[0];
}
