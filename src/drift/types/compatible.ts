import type { DeclaredType } from '../declared-type.js';
import { customType } from './declared-sql.js';
import type { ColumnType } from './pg.js';
import { entryOf, type Profile } from './profile.js';

export type TypeKind = 'category' | 'width' | 'timezone';

export type Verdict =
  | { readonly fits: 'yes' }
  | { readonly fits: 'no'; readonly kind: TypeKind }
  /** One of the two types is unknown. */
  | { readonly fits: 'unknown'; readonly side: 'code' | 'database' };

/** Judges whether the library can read a column into a field of the declared type. */
export function judgeType(column: ColumnType, declared: DeclaredType, profile: Profile): Verdict {
  if (declared.category === 'any') return { fits: 'yes' };
  if (!acceptedNames(column, profile)) return { fits: 'unknown', side: 'database' };
  const isCustom = declared.name === customType && acceptedNames(column, profile)?.includes(customType);
  if (declared.category === 'unknown' && !isCustom) return { fits: 'unknown', side: 'code' };
  const names = [declared.name, ...(declared.alternatives ?? [])];
  // A driver that parses JSON gives a text only where the document is one.
  const isText = declared.dimensions === 0 && names.every((name) => name === 'string');
  if (profile.readsAnyJson && column.category === 'json' && column.dimensions === 0)
    return isText && !profile.accepts[column.name]?.every((name) => name === 'string')
      ? { fits: 'no', kind: 'category' }
      : { fits: 'yes' };
  if (isUnparsedArray(column, profile) && declared.dimensions === 0 && names.includes('string')) return { fits: 'yes' };
  if (!declared.orList && column.dimensions > 0 !== declared.dimensions > 0) return { fits: 'no', kind: 'category' };
  if (names.some((name) => acceptedNames(column, profile)?.includes(name))) return { fits: 'yes' };
  return { fits: 'no', kind: kindOf(column, declared) };
}

function acceptedNames(
  { name, dimensions }: ColumnType,
  { accepts, arrays = {} }: Profile,
): readonly string[] | undefined {
  return (dimensions > 0 ? entryOf(arrays, name) : undefined) ?? entryOf(accepts, name);
}

function isUnparsedArray({ name, dimensions }: ColumnType, { parsedArrays }: Profile): boolean {
  return dimensions > 0 && parsedArrays !== undefined && !parsedArrays.has(name);
}

function kindOf(column: ColumnType, declared: DeclaredType): TypeKind {
  if (column.category !== declared.category) return 'category';
  if (column.timezone !== undefined && declared.timezone !== undefined && column.timezone !== declared.timezone)
    return 'timezone';
  return column.width === undefined || declared.width === undefined ? 'category' : 'width';
}

/** The type to declare for a column: the one that the library reads it into, nullable where the column is. */
export function recommendedType(column: ColumnType, nullable: boolean, profile: Profile): string | undefined {
  const [name] = acceptedNames(column, profile) ?? [];
  if (name === undefined || name === customType) return undefined;
  const type = entryOf(profile.spellings, name) ?? name;
  const whole = column.dimensions > 0 ? arrayName(column, type, profile) : type;
  return nullable ? profile.nullable(whole) : (profile.required?.(whole) ?? whole);
}

function arrayName(column: ColumnType, element: string, profile: Profile): string {
  return isUnparsedArray(column, profile) ? 'string' : profile.array(element);
}

/** Whether a column and a field may be a rename: both hold the same sort of value, of any width. */
export function sameSort(column: ColumnType, declared: DeclaredType, profile: Profile): boolean {
  const verdict = judgeType(column, declared, profile);
  if (verdict.fits === 'yes') return declared.category !== 'any';
  return verdict.fits === 'no' && (verdict.kind !== 'category' || numbers(column, declared));
}

/** Whether the library reads the column's numbers as long as they fit the field's integer. */
export function readsWhatFits(column: ColumnType, declared: DeclaredType, { readsWider }: Profile): boolean {
  return (
    readsWider === true && declared.category === 'integer' && column.category !== 'float' && numbers(column, declared)
  );
}

/** Whether both are numbers. `number` for a bigint is the wrong type, but may still be the same field. */
function numbers(column: ColumnType, declared: DeclaredType): boolean {
  const isNumber = ({ category }: { readonly category: string }) => ['integer', 'float', 'decimal'].includes(category);
  return isNumber(column) && isNumber(declared) && column.dimensions === declared.dimensions;
}
