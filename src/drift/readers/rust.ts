import type { Parser } from 'web-tree-sitter';
import type { Declared, SourceText, Unread } from '../declared.js';
import type { SqlLiteral } from '../declared-statement.js';
import type { Reader } from '../languages/language.js';
import { anyDriven } from './rust/any-driver.js';
import { crateFolder, crateName } from './rust/crates.js';
import { neverQueried } from './rust/diesel-tables.js';
import { type ItemAt, itemsByPath, placeOfStruct } from './rust/item-paths.js';
import { readItems } from './rust/items.js';
import { buildModels } from './rust/models.js';
import { otherDatabases } from './rust/other-databases.js';
import { loadParser } from './rust/parser.js';
import { filesOfProgram } from './rust/program-files.js';
import { namedTwice, neverInserted, neverLoaded, neverRead } from './rust/read-names.js';
import type { RustItems, RustLiteral, RustStruct } from './rust/syntax.js';

/** Loads the reader of Rust. It reads structs with named fields, their attributes and doc comments. */
export async function loadRustReader(): Promise<Reader> {
  const create = await loadParser();
  return { read: (files, parsed) => read(create(), files, parsed) };
}

function read(parser: Parser, given: readonly SourceText[], parsed: () => void): Declared {
  const { files, unread } = filesOfProgram(given);
  for (let left = given.length - files.length; left > 0; left--) parsed();
  try {
    const items = files.map((file) => {
      const read = readItems(parser, file);
      parsed();
      return read;
    });
    const foreign = otherDatabases(files);
    const crates = new Set(files.map(({ file }) => crateName(file)));
    const structs = items.flatMap((one) => one.structs);
    const imports = items.flatMap((one) => one.imports);
    const structAt = structsByPath(structs, imports);
    const literals = items
      .flatMap((one) => one.literals)
      .filter(({ file }) => !foreign.has(file))
      .map((literal) => fromCrate(literal, crates, structAt));
    const tables = items.flatMap((one) => one.tables);
    const implementations = items.flatMap((one) => one.implementations);
    const twice = namedTwice(files);
    const used = new Set(items.flatMap((one) => one.used));
    const makers = new Set(items.flatMap(({ structMacros }) => structMacros));
    const models = buildModels({
      structs,
      types: items.flatMap(({ types }) => types),
      tables,
      imports,
      unqueried: neverQueried(tables, files),
      implementations,
      macroCalls: items.flatMap(({ macroCalls }) => macroCalls),
      insertedBeside: items.flatMap((one) => one.insertedBeside),
      foreign,
      filled: new Set(literals.flatMap(({ into, converts }) => (converts ? [] : (into ?? [])))),
      uninserted: neverInserted(structs, used, files),
      unread: new Set([
        ...neverRead({
          files,
          structs: structs.filter(({ isTuple }) => !isTuple),
          literals,
          twice,
          implementations,
          writtenOut: items.flatMap((one) => one.writtenOut),
        }),
        ...neverLoaded(structs, used, files),
      ]),
    });
    const any = anyDriven(files);
    return {
      models: models.map((model) =>
        model.profile === 'sqlx' && any.has(crateFolder(model.file)) ? { ...model, profile: 'sqlx-any' } : model,
      ),
      unread: [...unread, ...items.flatMap((one) => [...one.unread, ...madeByMacros(one.macroCalls, makers)])],
      literals,
      enums: items.flatMap(({ enums }) => enums.filter(({ type, file }) => used.has(type) && !foreign.has(file))),
      made: items.flatMap(({ made }) => made),
    };
  } finally {
    parser.delete();
  }
}

/** The structs that macros make, whose fields are not written out; `makers` are macros whose bodies have structs. */
function madeByMacros(calls: RustItems['macroCalls'], makers: ReadonlySet<string>): readonly Unread[] {
  return calls
    .filter(({ macro, structs }) => structs.length > 0 || makers.has(macro))
    .flatMap(({ macro, structs, argument, file, line }) =>
      (structs.length > 0 ? structs : [argument ?? macro]).map((name) => ({
        name,
        file,
        line,
        reason: `made by the macro ${macro}!`,
        broken: false,
      })),
    );
}

/** Adds a statement's crate and that of its struct: the one that the struct's path begins with, else the same crate. */
function fromCrate(
  { typePath, ...literal }: RustLiteral,
  crates: ReadonlySet<string>,
  structAt: ItemAt<RustStruct>,
): SqlLiteral {
  const { into, file, package: first = '' } = literal;
  const placed = { ...literal, home: crateFolder(file) };
  if (into === undefined) return placed;
  const struct = typePath === undefined ? undefined : structAt(typePath, { file, modules: [] });
  return {
    ...placed,
    package: crates.has(first) ? first : crateName(file),
    ...(struct === undefined ? {} : { declaredIn: struct.file }),
  };
}

/** Finds the structs of modules, those of functions left out. */
function structsByPath(structs: readonly RustStruct[], imports: RustItems['imports']): ItemAt<RustStruct> {
  const named = structs.filter(({ scope, isTuple }) => !scope && !isTuple);
  return itemsByPath(
    named.map((struct) => ({ ...placeOfStruct(struct), name: struct.name, item: struct })),
    imports,
  );
}
