/** The order of UTF-8 bytes, which is that of code points; JavaScript compares UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
