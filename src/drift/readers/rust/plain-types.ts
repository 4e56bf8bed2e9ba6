/** A field of a struct with a turbofish in its type: `names: Vec::<String>`. */
const turbofish = /^(\s*(?:pub(?:\([^)]*\))?\s+)?(?:r#)?\w+\s*:[^=;(){}]*?)::(?=<)/gm;
/** A trait object whose lifetime comes before its trait: `dyn 't + Fn(i32) -> i32`. */
const lifetimeFirst = /(?<=\bdyn\s+)'\w+\s*\+/g;

/**
 * A text with types that the grammar does not know, although they are valid Rust, in forms that it does. Every
 * character stays at its place.
 */
export function withPlainTypes(text: string): string {
  let plain = text.replace(lifetimeFirst, (found) => ' '.repeat(found.length));
  for (let before = ''; before !== plain; ) {
    before = plain;
    plain = plain.replace(turbofish, '$1  ');
  }
  return plain;
}
