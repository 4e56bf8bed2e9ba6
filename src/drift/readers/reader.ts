import type { Declared, Language, SourceText } from '../declared.js';

/** Reads one language. Files come together, because a type alias or a newtype may lie in another file than its user. */
export interface Reader {
  readonly language: Language;
  readonly extensions: readonly string[];
  read(files: readonly SourceText[]): Promise<Declared>;
}

/** The language of each extension; a reader's module, and the parser behind it, is loaded only for files that need it. */
const loaders: readonly { readonly extensions: readonly string[]; readonly load: () => Promise<Reader> }[] = [
  { extensions: ['.rs'], load: async () => (await import('./rust.js')).rustReader },
  { extensions: ['.ts', '.mts', '.cts', '.tsx'], load: async () => (await import('./typescript.js')).typescriptReader },
];

export const readableExtensions: readonly string[] = loaders.flatMap(({ extensions }) => extensions);

/** Reads files of any mix of languages. */
export async function readModels(files: readonly SourceText[]): Promise<Declared> {
  const parts: Declared[] = [];
  for (const { extensions, load } of loaders) {
    const own = files.filter(({ file }) => extensions.some((extension) => file.endsWith(extension)));
    if (own.length > 0) parts.push(await (await load()).read(own));
  }
  return {
    models: parts.flatMap(({ models }) => models),
    unread: parts.flatMap(({ unread }) => unread),
    literals: parts.flatMap(({ literals }) => literals),
  };
}

const statement = /^\s*(--[^\n]*\s+)*(select|insert\s+into|update|delete\s+from|with)\s/i;

/** Whether a string of the code is SQL: it begins with a statement's word, and goes on like one. */
export function looksLikeSql(text: string): boolean {
  return statement.test(text) && /\b(from|set|values|into|returning)\b/i.test(text);
}
