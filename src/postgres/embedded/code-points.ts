/** Compares texts by their UTF-8 bytes, which is the order of code points. JavaScript's `<` compares UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
