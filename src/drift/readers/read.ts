import type { Declared, SourceText } from '../declared.js';
import { languages } from '../languages/languages.js';

export const readableExtensions: readonly string[] = languages.flatMap(({ extensions }) => extensions);

/** Callbacks of reading: `parsed` is called after each file, `busy` runs the work that keeps the process busy. */
export interface Reading {
  readonly parsed: () => void;
  readonly busy: (work: () => Declared) => Declared;
}

const plainly: Reading = { parsed: () => {}, busy: (work) => work() };

/** Reads the models of files, which may be of several languages. */
export async function readModels(files: readonly SourceText[], { parsed, busy }: Reading = plainly): Promise<Declared> {
  const parts: Declared[] = [];
  for (const { extensions, loadReader } of languages) {
    const own = files.filter(({ file }) => extensions.some((extension) => file.endsWith(extension)));
    if (own.length === 0 || !loadReader) continue;
    const reader = await loadReader();
    parts.push(busy(() => reader.read(own, parsed)));
  }
  return {
    enums: parts.flatMap(({ enums = [] }) => enums),
    parsers: parts.flatMap(({ parsers = [] }) => parsers),
    strangers: parts.flatMap(({ strangers = [] }) => strangers),
    clients: parts.flatMap(({ clients = [] }) => clients),
    made: parts.flatMap(({ made = [] }) => made),
    models: parts.flatMap(({ models }) => models),
    unread: parts.flatMap(({ unread }) => unread),
    literals: parts.flatMap(({ literals }) => literals),
  };
}
