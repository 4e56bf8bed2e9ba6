import { hash } from 'node:crypto';

/**
 * The digest of a text, or of its bytes in UTF-8: 16 hexadecimal digits. Line endings make no difference, because git
 * may have changed them.
 */
export function digest(text: string | Buffer): string {
  return hash('sha256', text.includes('\r') ? text.toString().replaceAll('\r\n', '\n') : text).slice(0, 16);
}
