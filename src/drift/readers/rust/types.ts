import type { DeclaredType, TypeFacts } from '../../declared-type.js';
import { rustTypeOf } from '../../types/diesel-table.js';
import { entryOf } from '../../types/profile.js';
import { rustTypes } from '../../types/rust.js';
import { attributeValue, derives } from './attributes.js';
import type { Attribute, RustStruct, RustTypeItem, TypeSyntax } from './syntax.js';

/** Declarations of the given files, by name. */
export interface RustNames {
  readonly types: ReadonlyMap<string, RustTypeItem>;
  readonly structs: ReadonlyMap<string, RustStruct>;
  /** Types that code of their own reads from a column, so that what they hold says nothing: `impl FromSql for Tags`. */
  readonly readByHand?: ReadonlySet<string>;
  /** Whether the types are those of an entity of SeaORM, whose prelude names some of its own. */
  readonly hasPrelude?: boolean;
}

export interface ResolvedType {
  readonly type: DeclaredType;
  /** The struct of the given files that the type contains. */
  readonly model?: string;
}

/** Names of SeaORM's prelude for types of chrono, time and serde. */
const prelude: Readonly<Record<string, string>> = {
  DateTimeUtc: 'DateTime<Utc>',
  DateTimeLocal: 'DateTime<Local>',
  DateTimeWithTimeZone: 'DateTime<FixedOffset>',
  ChronoDate: 'NaiveDate',
  ChronoTime: 'NaiveTime',
  ChronoDateTime: 'NaiveDateTime',
  ChronoDateTimeUtc: 'DateTime<Utc>',
  ChronoDateTimeLocal: 'DateTime<Local>',
  ChronoDateTimeWithTimeZone: 'DateTime<FixedOffset>',
  TimeDate: 'Date',
  TimeTime: 'Time',
  TimeDateTime: 'PrimitiveDateTime',
  TimeDateTimeWithTimeZone: 'OffsetDateTime',
  JsonBinary: 'Json<T>',
  IntegerVector: 'Vec<i32>',
};

/** Types that hold one value and are read like it: `Box<i32>` like `i32`. */
const transparent = new Set(['Box', 'Arc', 'Rc', 'Cow', 'Cell', 'RefCell', 'Mutex', 'RwLock', 'Secret', 'Text']);
/** Crates whose types no type of the given files hides: `serde_json::Value` beside an `enum Value`. */
const publicCrates = new Set([
  'std',
  'serde_json',
  'chrono',
  'time',
  'uuid',
  'sqlx',
  'rust_decimal',
  'bigdecimal',
  'ipnetwork',
]);
/** What a path within the project begins with. */
const ownPaths = new Set(['crate', 'self', 'super']);
const lists = new Set(['Vec', '[]', 'VecDeque', 'SmallVec', 'PgArray']);
/** Most aliases of aliases that are followed; an alias of itself would never end. */
const longestChain = 16;

/**
 * Resolves a written type to what it holds. Aliases and newtypes of the given files are replaced by what they stand
 * for. A newtype that is read by hand is unknown, and so is one of a map or a set, which no column holds as such.
 */
export function resolveType(written: TypeSyntax, names: RustNames): ResolvedType {
  let syntax = written;
  let nullable = false;
  let dimensions = 0;
  let isWrapped = false;
  for (let steps = 0; steps < longestChain; steps++) {
    const [argument] = syntax.arguments;
    const item = declarationOf(syntax, names.types);
    const stored = storedAs(attributesOf(syntax, names), names);
    if (stored !== undefined) return finish(stored);
    if (argument && syntax.name === 'Vec' && isDocument(attributesOf(argument, names))) return finish(json);
    if (argument && lists.has(syntax.name) && argument.name === 'u8') return finish('Vec<u8>');
    if (argument && syntax.name === 'Option') nullable ||= dimensions === 0;
    else if (argument && lists.has(syntax.name)) dimensions++;
    else if (!argument || !transparent.has(syntax.name)) {
      if (item?.kind === 'enum') return finish(item.repr === undefined ? 'enum' : item.repr, 'enum');
      if (!item?.target) return finish(canonicalName(syntax, names.hasPrelude === true));
      if (item.kind === 'newtype' && names.readByHand?.has(item.name)) return finish(syntax.text);
      isWrapped ||= item.kind === 'newtype';
      syntax = item.target;
      continue;
    }
    syntax = argument;
  }
  return finish(syntax.text);

  function finish(name: string, known: string = name): ResolvedType {
    const isModel = names.structs.has(syntax.name) && !publicCrates.has(syntax.crate ?? '');
    const model = isModel ? { model: syntax.name } : {};
    // `use crate::date::Date` is the project's own, whatever the crate `time` calls its.
    const held = isModel && ownPaths.has(syntax.crate ?? '') ? undefined : entryOf(rustTypes, known);
    const facts: TypeFacts =
      held === undefined || (isWrapped && held.category === 'composite') ? { category: 'unknown' } : held;
    return { type: { ...facts, text: written.text, name, nullable, dimensions }, ...model };
  }
}

/** The declaration that a type names, unless it is of a crate that is known. */
function declarationOf<Item>({ name, crate = '' }: TypeSyntax, items: ReadonlyMap<string, Item>): Item | undefined {
  return publicCrates.has(crate) ? undefined : items.get(name);
}

function attributesOf(syntax: TypeSyntax, { types, structs }: RustNames): readonly Attribute[] {
  return (declarationOf(syntax, types) ?? declarationOf(syntax, structs))?.attributes ?? [];
}

/** The name of a type that a JSON document is read into. */
const json = 'Json<T>';

/** Whether SeaORM reads a type from a JSON document; then it reads a `Vec` of it from a document with a list. */
function isDocument(attributes: readonly Attribute[]): boolean {
  return derives(attributes).includes('FromJsonQueryResult');
}

/** Name of the type that a declared type is stored as, where its attributes say that: `#[diesel(sql_type = Text)]`. */
function storedAs(attributes: readonly Attribute[], { types }: RustNames): string | undefined {
  const sql = attributeValue(attributes, 'diesel', 'sql_type');
  if (sql !== undefined) return rustTypeOf(types.get(sql)?.target?.text ?? sql);
  if (isDocument(attributes)) return json;
  if (!derives(attributes).includes('DeriveActiveEnum')) return undefined;
  const isEnum = /^Enum\b/.test(attributeValue(attributes, 'sea_orm', 'db_type') ?? '');
  return isEnum ? 'enum' : attributeValue(attributes, 'sea_orm', 'rs_type');
}

/** Name of a type in profiles, with its parameter where that changes what the column holds: `DateTime<Utc>`. */
function canonicalName({ text, name, arguments: [argument] }: TypeSyntax, hasPrelude: boolean): string {
  // SeaORM's prelude has a `DateTime` of its own, which takes no zone.
  if (name === 'DateTime' && !argument && hasPrelude) return 'NaiveDateTime';
  if (Object.hasOwn(prelude, name)) return prelude[name] ?? name;
  if (name === 'DateTime') return `DateTime<${argument?.name ?? 'Utc'}>`;
  if (name === 'Json' || name === 'JsonB' || name === 'Jsonb') return json;
  if (name === 'PgRange') return 'PgRange<T>';
  return Object.hasOwn(rustTypes, name) ? name : text;
}
