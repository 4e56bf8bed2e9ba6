import type { Parser } from 'web-tree-sitter';
import type { Declared, SourceText } from '../declared.js';
import type { Reader } from '../languages/language.js';
import { readItems } from './rust/items.js';
import { buildModels } from './rust/models.js';
import { loadParser } from './rust/parser.js';

/** Loads the reader of Rust. It reads structs with named fields, their attributes and doc comments. */
export async function loadRustReader(): Promise<Reader> {
  const create = await loadParser();
  return { read: (files, parsed) => read(create(), files, parsed) };
}

function read(parser: Parser, files: readonly SourceText[], parsed: () => void): Declared {
  try {
    const items = files.map((file) => {
      const read = readItems(parser, file);
      parsed();
      return read;
    });
    const makers = new Set(items.flatMap(({ structMacros }) => structMacros));
    return {
      models: buildModels({
        structs: items.flatMap(({ structs }) => structs),
        types: items.flatMap(({ types }) => types),
        tables: items.flatMap(({ tables }) => tables),
        implementations: items.flatMap(({ implementations }) => implementations),
        macroCalls: items.flatMap(({ macroCalls }) => macroCalls),
      }),
      unread: items.flatMap(({ unread, macroCalls }) => [
        ...unread,
        ...macroCalls
          .filter(({ macro, structs: inside }) => inside.length > 0 || makers.has(macro))
          .flatMap(({ macro, structs: inside, argument, file, line }) =>
            (inside.length > 0 ? inside : [argument ?? macro]).map((name) => ({
              name,
              file,
              line,
              reason: `made by the macro ${macro}!`,
              broken: false,
            })),
          ),
      ]),
      literals: items.flatMap(({ literals }) => literals),
      made: items.flatMap(({ made }) => made),
    };
  } finally {
    parser.delete();
  }
}
