import type { Node } from 'web-tree-sitter';
import type { Attribute, RustItems, TypeSyntax } from './syntax.js';

/** What the imports of a file call otherwise, by the name in the file: `use chrono::NaiveDateTime as Moment`. */
type Aliases = ReadonlyMap<string, string>;

/** The structs and types of a file with the names that types and tables have where they are declared. */
export function withoutAliases<Items extends Pick<RustItems, 'structs' | 'types'>>(items: Items, root: Node): Items {
  const aliases = aliasesIn(root);
  if (aliases.size === 0) return items;
  return {
    ...items,
    structs: items.structs.map((struct) => ({
      ...struct,
      attributes: struct.attributes.map((attribute) => ofTable(attribute, aliases)),
      fields: struct.fields.map((field) => ({ ...field, type: original(field.type, aliases) })),
    })),
    types: items.types.map((item) => (item.target ? { ...item, target: original(item.target, aliases) } : item)),
  };
}

function aliasesIn(root: Node): Aliases {
  const pairs = root.descendantsOfType('use_as_clause').flatMap((clause) => {
    const [path, alias] = ['path', 'alias'].map((field) => clause?.childForFieldName(field)?.text);
    return alias === undefined || path === undefined || alias === '_' ? [] : [[alias, path] as const];
  });
  return new Map(pairs);
}

/** `#[diesel(table_name = u)]` after `use crate::schema::users as u`. */
function ofTable(attribute: Attribute, aliases: Aliases): Attribute {
  if (attribute.name !== 'diesel' && attribute.name !== 'table_name') return attribute;
  const entries = attribute.entries.map((entry) => {
    const path = entry.key === 'table_name' ? aliases.get(entry.value ?? '') : undefined;
    return path === undefined ? entry : { ...entry, value: path };
  });
  return { ...attribute, entries };
}

function original(type: TypeSyntax, aliases: Aliases): TypeSyntax {
  const name = (aliases.get(type.text) ?? aliases.get(type.name))?.split('::').at(-1)?.trim();
  const parameters = type.arguments.map((argument) => original(argument, aliases));
  // After a path, `time::Date`, the name is not the import's.
  if (name === undefined || /::\s*\w+\s*(?:<|$)/.test(type.text)) return { ...type, arguments: parameters };
  return { text: parameters.length === 0 ? name : type.text, name, arguments: parameters };
}
