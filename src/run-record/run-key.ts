/** Names a run by where it runs and how it is called: 53 bits, which tell the few calls of a project apart and give nothing of them away. */
export function runKey(folder: string, args: readonly string[]): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (const character of JSON.stringify([folder, args])) {
    const code = character.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  const mixed = (a: number, b: number) => Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  return (2097151 & mixed(low, high)).toString(16).padStart(6, '0') + (mixed(high, low) >>> 0).toString(16).padStart(8, '0');
}
