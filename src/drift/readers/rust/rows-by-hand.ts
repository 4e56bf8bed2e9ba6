import type { Node } from 'web-tree-sitter';
import { groupBy } from '../../group.js';
import { derives } from './attributes.js';
import { rowOf } from './expected-type.js';
import { implementedAround, implementedType } from './implementations.js';
import type { RustField, RustStruct } from './syntax.js';
import { readingTraits } from './traits.js';
import { readType } from './type-syntax.js';

/** The column that a field's value is taken from, in code that makes a struct of a row: `row.get::<i64, _>("id").into()`. */
type Taken = NonNullable<RustField['taken']>;

/**
 * Structs with what code of their own says that takes them out of a row: `impl FromRow<'_, PgRow> for Task`,
 * `impl From<Row> for Task`, or else `fn from_row(row: &PgRow) -> Task`. Where it takes a value by the name of a column,
 * `id: row.get("id")`, the struct is read as if it derived `FromRow` and named that column.
 */
export function withRowsByHand(structs: readonly RustStruct[], root: Node): RustStruct[] {
  const ofTraits = groupBy(
    root.descendantsOfType('impl_item').flatMap((node) => (node && isOfRow(node) ? [node] : [])),
    (node) => implementedType(node) ?? '',
  );
  const ofFunctions = groupBy(
    root.descendantsOfType('function_item').flatMap((node) => (node && takesRow(node) ? [node] : [])),
    (node) => madeBy(node) ?? '',
  );
  if (ofTraits.size + ofFunctions.size === 0) return [...structs];
  return structs.map((struct) => {
    const isRead = derives(struct.attributes).some((trait) => readingTraits.has(trait));
    const byFunction = isRead ? undefined : ofFunctions.get(struct.name);
    const [implementation, ...others] = ofTraits.get(struct.name) ?? byFunction ?? [];
    if (!implementation || others.length > 0) return struct;
    const taken = takenBy(implementation, struct.name);
    if ([...taken.values()].every(({ column }) => column === undefined)) return struct;
    const derive = { name: 'derive', entries: [{ key: 'FromRow' }] };
    const mayJoin = implementation.type === 'function_item' ? { mayJoin: true as const } : {};
    const fields = struct.fields.map((field) => ({ ...field, taken: { ...taken.get(field.name), ...mayJoin } }));
    return { ...struct, isRowKnown: true, attributes: [...struct.attributes, derive], fields };
  });
}

/** Whether an `impl` makes its type of a row: drivers without derives have rows converted. */
export function isOfRow(implementation: Node): boolean {
  const trait = implementation.childForFieldName('trait');
  if (!trait) return false;
  const { name, arguments: given } = readType(trait);
  return name === 'FromRow' || (/^(?:Try)?From$/.test(name) && /^(?:Pg)?Row$/.test(given[0]?.name ?? ''));
}

/** Whether a function is given a row: `row: &PgRow`, `row: tokio_postgres::Row`. */
function takesRow(item: Node): boolean {
  const parameters = item.childForFieldName('parameters')?.namedChildren ?? [];
  return parameters.some((parameter) => {
    const type = parameter?.type === 'parameter' ? parameter.childForFieldName('type') : undefined;
    return type ? /^(?:Pg)?Row$/.test(readType(type).name) : false;
  });
}

/** The type that a function gives: `Task` of `Result<Task, Error>`, and of `Self` in its `impl`. */
function madeBy(item: Node): string | undefined {
  const name = rowOf(item.childForFieldName('return_type'))?.name;
  return name === 'Self' ? implementedAround(item) : name;
}

/** The columns that the fields of a struct are taken from. A field that two places take from different ones has none. */
function takenBy(implementation: Node, struct: string): ReadonlyMap<string, Taken> {
  const variables = variablesIn(implementation.text);
  const found = new Map<string, Taken>();
  for (const made of implementation.descendantsOfType('struct_expression')) {
    if (!made || !['Self', struct].includes(made.childForFieldName('name')?.text ?? '')) continue;
    for (const part of made.childForFieldName('body')?.namedChildren ?? []) {
      const isShort = part?.type === 'shorthand_field_initializer';
      const name = isShort ? part.text : part?.childForFieldName('field')?.text;
      const value = isShort ? part.text : part?.childForFieldName('value')?.text;
      if (name === undefined || value === undefined) continue;
      const taken = variables.get(value) ?? columnTaken(value);
      const before = found.get(name);
      found.set(name, before && before.column !== taken.column ? {} : taken);
    }
  }
  return found;
}

const taking = /\.\s*(?:try_)?get\s*(?:::\s*<[^()]{0,200}?>)?\s*\(\s*"([^"]*)"\s*\)/g;
const takingAlone = /^\w+\s*\.\s*(?:try_)?get\s*(?:::\s*<[^()]{0,200}?>)?\s*\(\s*"[^"]*"\s*\)\s*\??$/;

function columnTaken(value: string): Taken {
  const columns = new Set([...value.matchAll(taking)].map(([, column = '']) => column));
  const [column] = columns;
  if (column === undefined || columns.size > 1) return {};
  return takingAlone.test(value) ? { column } : { column, isConverted: true };
}

/** Variables that hold a value of a row: `let id: i64 = row.get("id");`. What the code makes of it there, is not read. */
function variablesIn(code: string): ReadonlyMap<string, Taken> {
  return new Map(
    [...code.matchAll(/\blet\s+(?:mut\s+)?(\w+)\s*(?::[^=;]{1,500})?=([^;]{0,2000});/g)].map(
      ([, name = '', value = '']) => {
        const { column } = columnTaken(value);
        return [name, column === undefined ? {} : { column, isConverted: true }];
      },
    ),
  );
}
