/** The parts of a list in code, split at commas outside of parentheses and braces: `a, b(c, d)` → `a`, `b(c, d)`. */
export function partsOf(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const [token] of text.matchAll(/"[^"]*"|[\s\S]/g)) {
    if (token === '(' || token === '{') depth++;
    if (token === ')' || token === '}') depth--;
    if (token === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts.filter((part) => part.trim() !== '');
}
