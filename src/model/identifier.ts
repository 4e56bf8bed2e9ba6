/**
 * Characters that not every compiler and Node version accepts in an identifier, because their Unicode tables differ in
 * age: those outside of the basic plane, and those that Unicode 16 and 17 added to it.
 */
const newer = '\\u088f\\u0c5c\\u0cdc\\u1acf-\\u1aff\\u1c89\\u1c8a\\ua7cb-\\ua7f1\\u{10000}-\\u{10ffff}';
const start = new RegExp(`^(?![${newer}])[\\p{ID_Start}$_]`, 'u');
const foreign = new RegExp(`(?=[${newer}])[^]|[^\\p{ID_Continue}$]`, 'gu');

/** An ordinary ASCII identifier, recognized without Unicode tables. */
const plain = /^[A-Za-z_$][\w$]*$/;

/** Whether a name can be written in the output without quotes. */
export function isIdentifier(name: string): boolean {
  return plain.test(name) || (start.test(name) && name === withoutForeign(name));
}

export function startsIdentifier(name: string): boolean {
  return start.test(name);
}

/** A name without the characters that an identifier cannot contain. */
export function withoutForeign(name: string): string {
  return name.replaceAll(foreign, '');
}
