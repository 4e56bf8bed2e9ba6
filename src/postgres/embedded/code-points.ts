/** Compares texts by their UTF-8 bytes, that is, by code points. JavaScript's `<` compares UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
