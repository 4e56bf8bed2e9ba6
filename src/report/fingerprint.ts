import { createHash } from 'node:crypto';

/**
 * The fingerprint of a finding: 16 hexadecimal digits, from what the finding is about. Never pass a message or a line:
 * they change while the finding stays the same.
 */
export function fingerprintOf(parts: readonly (string | null | undefined)[]): string {
  return createHash('sha256')
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest('hex')
    .slice(0, 16);
}
