import { hash } from 'node:crypto';

/** 16 hexadecimal digits for a text; line endings, as git may have changed them, make no difference. */
export function digest(text: string): string {
  return hash('sha256', text.includes('\r') ? text.replaceAll('\r\n', '\n') : text).slice(0, 16);
}
