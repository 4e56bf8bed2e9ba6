import { createHash } from 'node:crypto';

/** 16 hexadecimal digits for what a finding is about. Never give it a message or a line: those change and the finding stays. */
export function fingerprintOf(parts: readonly (string | null | undefined)[]): string {
  return createHash('sha256')
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest('hex')
    .slice(0, 16);
}
