import { hash } from 'node:crypto';

/** 16 hexadecimal digits for a text, or its bytes in UTF-8; line endings, as git may have changed them, make no difference. */
export function digest(text: string | Buffer): string {
  return hash('sha256', text.includes('\r') ? text.toString().replaceAll('\r\n', '\n') : text).slice(0, 16);
}
