import { createHash } from 'node:crypto';

/**
 * Fingerprint of a finding, 16 hexadecimal digits of what it is about. Never pass a message or a line: those change
 * while the finding stays the same.
 */
export function fingerprintOf(parts: readonly (string | null | undefined)[]): string {
  return createHash('sha256')
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest('hex')
    .slice(0, 16);
}
