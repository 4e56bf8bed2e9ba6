import type { Declared, SourceText } from '../declared.js';
import type { Reader } from './reader.js';
import { readItems } from './rust/items.js';
import { buildModels } from './rust/models.js';
import { createParser } from './rust/parser.js';

/** Rust: structs with named fields, their attributes and doc comments. */
export const rustReader: Reader = { language: 'rust', extensions: ['.rs'], read };

async function read(files: readonly SourceText[], parsed: () => void): Promise<Declared> {
  const parser = await createParser();
  try {
    const items = files.map((file) => {
      const read = readItems(parser, file);
      parsed();
      return read;
    });
    const structs = items.flatMap((item) => item.structs);
    const makers = new Set(items.flatMap(({ structMacros }) => structMacros));
    return {
      models: buildModels(structs, items.flatMap(({ types }) => types)),
      unread: items.flatMap(({ unread, macroCalls }) => [
        ...unread,
        ...macroCalls
          .filter(({ macro, structs: inside }) => inside.length > 0 || makers.has(macro))
          .flatMap(({ macro, structs: inside, argument, file, line }) =>
            (inside.length > 0 ? inside : [argument ?? macro]).map((name) => ({ name, file, line, reason: `made by the macro ${macro}!`, broken: false })),
          ),
      ]),
      literals: items.flatMap(({ literals }) => literals),
    };
  } finally {
    parser.delete();
  }
}
