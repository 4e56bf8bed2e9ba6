/** Parses JSON. Editors of Windows put a byte order mark before it, which JSON does not allow. */
export const parseJson = (text: string): unknown => JSON.parse(text.replace(/^\ufeff/, ''));

/**
 * Reads JSON with comments and trailing commas, as TypeScript, Biome and Deno accept it in their configs. Undefined if
 * it is not an object.
 */
export function readJsonObject(text: string): { readonly [key: string]: unknown } | undefined {
  try {
    const value: unknown = parseJson(withoutComments(text));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as { readonly [key: string]: unknown }) : undefined;
  } catch {
    return undefined;
  }
}

/** The text without comments and trailing commas. Strings are unchanged. */
export function withoutComments(text: string): string {
  const bare = text.replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string?: string) => string ?? '');
  return bare.replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])/g, (_, string?: string) => string ?? '');
}

/** The object under a key; an empty object if there is none. */
export function objectIn(value: object, key: string): { readonly [key: string]: unknown } {
  const found = (value as { readonly [key: string]: unknown })[key];
  return typeof found === 'object' && found !== null ? (found as { readonly [key: string]: unknown }) : {};
}
