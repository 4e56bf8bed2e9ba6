import type { DeclaredType } from '../../declared.js';
import { entryOf } from '../../types/profile.js';
import { rustTypes } from '../../types/rust.js';
import type { RustStruct, RustTypeItem, TypeSyntax } from './syntax.js';

/** Declarations of the given files, by name. */
export interface RustNames {
  readonly types: ReadonlyMap<string, RustTypeItem>;
  readonly structs: ReadonlyMap<string, RustStruct>;
}

export interface ResolvedType {
  readonly type: DeclaredType;
  /** The struct of the given files that the type contains. */
  readonly model?: string;
}

/** Types that hold one value and are read like it: `Box<i32>` like `i32`. */
const transparent = new Set(['Box', 'Arc', 'Rc', 'Cow', 'Cell', 'RefCell', 'Mutex', 'RwLock', 'Secret', 'Text']);
const lists = new Set(['Vec', '[]', 'VecDeque', 'SmallVec', 'PgArray']);
/** Most aliases of aliases that are followed; an alias of itself would never end. */
const longestChain = 16;

/**
 * Resolves a written type to what it holds. Aliases and newtypes of the given files are replaced by what they stand
 * for.
 */
export function resolveType(written: TypeSyntax, names: RustNames): ResolvedType {
  let syntax = written;
  let nullable = false;
  let dimensions = 0;
  for (let steps = 0; steps < longestChain; steps++) {
    const [argument] = syntax.arguments;
    const item = names.types.get(syntax.name);
    if (argument && lists.has(syntax.name) && argument.name === 'u8') return finish('Vec<u8>');
    if (argument && syntax.name === 'Option') nullable ||= dimensions === 0;
    else if (argument && lists.has(syntax.name)) dimensions++;
    else if (!argument || !transparent.has(syntax.name)) {
      if (item?.kind === 'enum') return finish(item.repr === undefined ? 'enum' : item.repr, 'enum');
      if (!item?.target) return finish(canonicalName(syntax));
      syntax = item.target;
      continue;
    }
    syntax = argument;
  }
  return finish(syntax.text);

  function finish(name: string, known: string = name): ResolvedType {
    const model = names.structs.has(syntax.name) ? { model: syntax.name } : {};
    const facts = entryOf(rustTypes, known) ?? { category: 'unknown' };
    return { type: { ...facts, text: written.text, name, nullable, dimensions }, ...model };
  }
}

/** Name of a type in profiles, with its parameter where that changes what the column holds: `DateTime<Utc>`. */
function canonicalName({ text, name, arguments: [argument] }: TypeSyntax): string {
  if (name === 'DateTime') return `DateTime<${argument?.name ?? 'Utc'}>`;
  if (name === 'Json' || name === 'JsonB' || name === 'Jsonb') return 'Json<T>';
  if (name === 'PgRange') return 'PgRange<T>';
  return Object.hasOwn(rustTypes, name) ? name : text;
}
