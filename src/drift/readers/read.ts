import type { Declared, SourceText } from '../declared.js';
import { languages } from '../languages/languages.js';

export const readableExtensions: readonly string[] = languages.flatMap(({ extensions }) => extensions);

/** Callbacks of reading: `parsed` is called after each file, `busy` runs the work that keeps the process busy. */
export interface Reading {
  readonly parsed: () => void;
  readonly busy: (work: () => Declared) => Declared;
}

const plainly: Reading = { parsed: () => {}, busy: (work) => work() };

/** Reads the models of files, which may be of several languages. `imported` are files that these import. */
export async function readModels(
  files: readonly SourceText[],
  { parsed, busy }: Reading = plainly,
  imported: readonly SourceText[] = [],
): Promise<Declared> {
  const parts: Declared[] = [];
  for (const { extensions, loadReader } of languages) {
    const isOwn = ({ file }: SourceText) => extensions.some((extension) => file.endsWith(extension));
    const own = files.filter(isOwn);
    if (own.length === 0 || !loadReader) continue;
    const reader = await loadReader();
    parts.push(busy(() => reader.read(own, parsed, imported.filter(isOwn))));
  }
  return {
    enums: parts.flatMap(({ enums = [] }) => enums),
    parsers: parts.flatMap(({ parsers = [] }) => parsers),
    strangers: parts.flatMap(({ strangers = [] }) => strangers),
    clients: parts.flatMap(({ clients = [] }) => clients),
    made: parts.flatMap(({ made = [] }) => made),
    given: parts.flatMap(({ given = [] }) => given),
    models: parts.flatMap(({ models }) => models),
    unread: parts.flatMap(({ unread }) => unread),
    literals: parts.flatMap(({ literals }) => literals),
  };
}
