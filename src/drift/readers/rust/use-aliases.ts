import type { Node } from 'web-tree-sitter';
import { importsIn, importsOf } from './crates.js';
import type { Attribute, RustItems, TypeSyntax } from './syntax.js';

/** The imports of a file. */
interface Imports {
  /** What they call otherwise, by the name in the file: `use chrono::NaiveDateTime as Moment`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The modules of the imported paths, by the name in the file. */
  readonly modules: ReadonlyMap<string, readonly string[]>;
}

/** The structs and types of a file with the names that types and tables have where they are declared. */
export function withoutAliases<Items extends Pick<RustItems, 'structs' | 'types'>>(items: Items, root: Node): Items {
  const imports = { aliases: aliasesIn(root), modules: importsOf(importsIn(root)) };
  return {
    ...items,
    structs: items.structs.map((struct) => ({
      ...struct,
      attributes: struct.attributes.map((attribute) => ofTable(attribute, imports)),
      fields: struct.fields.map((field) => ({ ...field, type: original(field.type, imports) })),
    })),
    types: items.types.map((item) => (item.target ? { ...item, target: original(item.target, imports) } : item)),
  };
}

function aliasesIn(root: Node): Imports['aliases'] {
  const pairs = root.descendantsOfType('use_as_clause').flatMap((clause) => {
    const [path, alias] = ['path', 'alias'].map((field) => clause?.childForFieldName(field)?.text);
    return alias === undefined || path === undefined || alias === '_' ? [] : [[alias, path] as const];
  });
  return new Map(pairs);
}

/** `#[diesel(table_name = u)]` after `use crate::schema::users as u`: `crate::schema::users`. */
function ofTable(attribute: Attribute, { aliases, modules }: Imports): Attribute {
  if (attribute.name !== 'diesel' && attribute.name !== 'table_name') return attribute;
  const entries = attribute.entries.map((entry) => {
    const { key, value = '' } = entry;
    if (key !== 'table_name') return entry;
    const name = aliases.get(value)?.split('::').at(-1)?.trim() ?? value;
    return { ...entry, value: [...(modules.get(value) ?? []), name].join('::') };
  });
  return { ...attribute, entries };
}

function original(type: TypeSyntax, imports: Imports): TypeSyntax {
  const parameters = type.arguments.map((argument) => original(argument, imports));
  // After a path, `time::Date`, the name is not the import's.
  const [path] = /\w+(?=\s*::)/.exec(type.text.replace(/<.*$/s, '')) ?? [];
  const crate = path ?? imports.modules.get(type.name)?.[0];
  const whole = { ...type, arguments: parameters, ...(crate === undefined ? {} : { crate }) };
  const name = (imports.aliases.get(type.text) ?? imports.aliases.get(type.name))?.split('::').at(-1)?.trim();
  if (name === undefined || path !== undefined) return whole;
  return { ...whole, text: parameters.length === 0 ? name : type.text, name };
}
