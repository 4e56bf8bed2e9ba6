/** 16 hexadecimal digits for a text, or its bytes in UTF-8; line endings, as git may have changed them, make no difference. */
export function digest(text: string | Buffer): string {
  // Node takes milliseconds to load its cryptography, and not every run needs it.
  return process.getBuiltinModule('node:crypto').hash('sha256', text.includes('\r') ? text.toString().replaceAll('\r\n', '\n') : text).slice(0, 16);
}
