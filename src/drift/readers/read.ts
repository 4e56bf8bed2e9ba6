import type { Declared, SourceText } from '../declared.js';
import type { Reader } from './reader.js';

/** The language of each extension; a reader's module, and the parser behind it, is loaded only for files that need it. */
const loaders: readonly { readonly extensions: readonly string[]; readonly load: () => Promise<Reader> }[] = [
  { extensions: ['.rs'], load: async () => (await import('./rust.js')).rustReader },
  { extensions: ['.ts', '.mts', '.cts', '.tsx'], load: async () => (await import('./typescript.js')).typescriptReader },
];

export const readableExtensions: readonly string[] = loaders.flatMap(({ extensions }) => extensions);

/** Reads files of any mix of languages. `parsed` hears of each. */
export async function readModels(files: readonly SourceText[], parsed: () => void = () => {}): Promise<Declared> {
  const parts: Declared[] = [];
  for (const { extensions, load } of loaders) {
    const own = files.filter(({ file }) => extensions.some((extension) => file.endsWith(extension)));
    if (own.length > 0) parts.push(await (await load()).read(own, parsed));
  }
  return {
    models: parts.flatMap(({ models }) => models),
    unread: parts.flatMap(({ unread }) => unread),
    literals: parts.flatMap(({ literals }) => literals),
  };
}
