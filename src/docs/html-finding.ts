import type { FindingEntry } from './page.js';

/** A finding of drift, as the templates place it. */
export function findingContext({ severity, rule, message, place, fix }: FindingEntry) {
  return { severity, rule, message, hasPlace: place !== undefined, place: place ?? '', hasFix: fix !== undefined, fix: fix ?? '' };
}
