/** A trait object whose lifetime comes before its trait: `dyn 't + Fn(i32) -> i32`. */
const lifetimeFirst = /(?<=\bdyn\s+)'\w+\s*\+/g;

/** An alias of traits, which only nightly Rust has: `trait Store = db::Store + Send;`. */
const traitAlias = /\btrait\s+\w+\s*(?:<[^;{}]*>)?\s*=[^;{}]*;/g;

/** A reference to a variable called `raw`, which the grammar takes for the beginning of `&raw const value`. */
const rawVariable = /(?<=&)raw(?=\s*[;,.)\]}?])/g;

/**
 * A text with types and names that the grammar does not know, although they are valid Rust, in forms that it does:
 * `Vec<String>` for `Vec::<String>`. Every character stays at its place.
 */
export function withPlainTypes(text: string): string {
  const blank = (found: string) => found.replace(/[^\n]/g, ' ');
  // A `pub` before the alias needs an item behind it.
  const plain = text
    .replace(lifetimeFirst, blank)
    .replace(rawVariable, 'r_w')
    .replace(traitAlias, (found) => `mod x;${blank(found).slice('mod x;'.length)}`);
  let result = '';
  let done = 0;
  for (let at = plain.indexOf('::<'); at >= 0; at = plain.indexOf('::<', at + 3)) {
    // After the parameters of an expression comes its call: `parse::<i32>()`, `Vec::<i32>::new()`.
    if (/^\s*(?:\(|::)/.test(plain.slice(endOfParameters(plain, at + 2)))) continue;
    result += `${plain.slice(done, at)}  `;
    done = at + 2;
  }
  return result + plain.slice(done);
}

/** The index behind the `>` of the parameters that begin at an index. */
function endOfParameters(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const isArrow = text[at] === '>' && text[at - 1] === '-';
    if (text[at] === '<') depth++;
    else if (text[at] === '>' && !isArrow && --depth === 0) return at + 1;
    else if (text[at] === ';') return at;
  }
  return text.length;
}
