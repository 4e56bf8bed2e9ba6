import type { Node } from 'web-tree-sitter';
import { conditionOf, truthOf } from './conditions.js';
import type { Attribute } from './syntax.js';

/**
 * Attributes of an item: one, or for `cfg_attr` those that it may add. Each has a name and entries `key`, `key = value`
 * or `key(…)`.
 */
export function readAttribute(item: Node): readonly Attribute[] {
  const attribute = item.firstNamedChild;
  if (attribute?.type !== 'attribute') return [];
  const name = lastOfPath(attribute.firstNamedChild?.text ?? '');
  const value = attribute.childForFieldName('value');
  // Diesel 1 writes `#[sql_type = "Text"]` for `#[diesel(sql_type = Text)]`.
  const owner = name === 'sql_type' ? 'diesel' : name;
  if (value) return [{ name: owner, entries: [{ key: name, value: unquote(value.text) }] }];
  const inside = attribute.childForFieldName('arguments')?.text ?? '';
  if (name === 'cfg_attr' && truthOf(conditionOf(inside.slice(1, -1))) === false) return [];
  const tokens = tokensOf(inside);
  if (name === 'derive') return [{ name, entries: entriesOf(tokens), text: item.text.replace(/\s+/g, ' ') }];
  return name === 'cfg_attr' ? conditional(tokens) : [{ name, entries: entriesOf(tokens) }];
}

/** The text of a key's value; undefined where the key is absent or has none. */
export function attributeValue(attributes: readonly Attribute[], name: string, key: string): string | undefined {
  return attributes
    .filter((attribute) => attribute.name === name)
    .flatMap(({ entries }) => entries)
    .find((entry) => entry.key === key && entry.value !== undefined)?.value;
}

export function hasAttribute(attributes: readonly Attribute[], name: string, key: string): boolean {
  return attributes.some(
    (attribute) => attribute.name === name && attribute.entries.some((entry) => entry.key === key),
  );
}

/** The traits of every `derive`, without their paths. */
export function derives(attributes: readonly Attribute[]): readonly string[] {
  return attributes.filter(({ name }) => name === 'derive').flatMap(({ entries }) => entries.map(({ key }) => key));
}

/** Tokens of an attribute's arguments, without the outer parentheses: names and paths, strings, punctuation. */
function tokensOf(text: string): readonly string[] {
  return (
    text
      .slice(1, -1)
      .match(/(?:r#*)?"(?:[^"\\]|\\.)*"#*|(?:r#)?[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)*|[(){}[\]=,]|[^\s\w]|\d\w*/g) ??
    []
  );
}

/** Deepest entries inside entries that are read; nobody writes deeper ones: `cfg(all(not(any(…))))`. */
const deepest = 16;

/**
 * Entries of an attribute: `rename = "x"`, `table_name = tasks`, `skip`. A nested value, `rename(deserialize = "x")`,
 * counts as the value of the key.
 */
function entriesOf(tokens: readonly string[], depth = 0): Attribute['entries'] {
  return splitAtCommas(tokens).flatMap((part) => {
    const [first, second] = part;
    if (first === undefined) return [];
    const key = lastOfPath(unquote(first));
    if (second === '=') return [{ key, value: unquote(part.slice(2).join('')) }];
    if (second !== '(' || depth === deepest) return [{ key }];
    const nested = entriesOf(part.slice(2, -1), depth + 1);
    const value = (
      nested.find((entry) => entry.key === 'deserialize') ?? nested.find((entry) => entry.value !== undefined)
    )?.value;
    return [{ key, ...(value === undefined ? {} : { value }) }, ...(value === undefined ? nested : [])];
  });
}

/** Attributes after the condition of a `cfg_attr`: `cfg_attr(feature = "db", derive(FromRow), sqlx(rename = "x"))`. */
function conditional(tokens: readonly string[]): readonly Attribute[] {
  return splitAtCommas(tokens)
    .slice(1)
    .flatMap(([name, open, ...inner]) =>
      name === undefined
        ? []
        : [{ name: lastOfPath(name), entries: open === '(' ? entriesOf(inner.slice(0, -1)) : [] }],
    );
}

function splitAtCommas(tokens: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if ('([{'.includes(token)) depth++;
    if (')]}'.includes(token)) depth--;
    if (token === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

function lastOfPath(path: string): string {
  return path.split('::').at(-1)?.trim().replace(/^r#/, '') ?? path;
}

/** Content of a string literal; any other text stays as it is. */
function unquote(text: string): string {
  const inside = text.replace(/^r?#*"|"#*$/g, '');
  return text.startsWith('"') ? inside.replace(/\\(["\\])/g, '$1') : inside;
}
