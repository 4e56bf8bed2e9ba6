import type { Catalog, TypeRef } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { typeKey } from '../catalog/type-key.js';
import { intersectLiterals, literalsOfCheck, type Literal } from './check-literals.js';
import { proofs, type TypeUse } from './check-proofs.js';
import { builtinRanges } from './driver/builtin-types.js';
import type { DriverProfile, DriverType } from './driver/driver-type.js';
import { array, builtin, isHelper, listOf, literal, nullable, range, sameType, shared, union, type TsType } from './ts-type.js';

/** What a column of a type reads as and accepts, without the column's own null. */
export interface ValueType {
  readonly read: TsType;
  readonly write: TsType;
  /** The type is a domain that refuses null. */
  readonly notNull: boolean;
  /** The type is a domain with a default: https://www.postgresql.org/docs/current/sql-createdomain.html. */
  readonly hasDefault?: boolean;
  /** A single JSON value: it must be written as JSON text. */
  readonly json: boolean;
  /** The type itself, or what a domain is over in the end. */
  readonly base?: TypeRef;
}

export type TypeMapper = (type: TypeRef, use?: TypeUse) => ValueType;

export interface TypeOptions {
  readonly driver: DriverProfile;
  /** Elements of arrays may be null, as Postgres allows; false says that the database has none. */
  readonly nullElements: boolean;
  /** Dates and timestamps may be infinite, as Postgres allows; false says that the database has none such. */
  readonly infinity: boolean;
}

/** The names under which `types.ts` declares the schema's own types, by `typeKey`. */
export interface TypeNames {
  readonly enums: ReadonlyMap<string, string>;
  readonly composites: ReadonlyMap<string, string>;
}

type Scalar = DriverType & Pick<ValueType, 'notNull' | 'hasDefault' | 'json' | 'base'>;

/** Maps types by the driver profile. */
export function typeMapper(catalog: Catalog, options: TypeOptions, names: TypeNames): TypeMapper {
  const { driver } = options;
  const domains = new Map(catalog.domains.map((domain) => [typeKey(domain), domain]));
  const ranges = rangesByKey(catalog);
  const baseTypes = new Set(catalog.baseTypes.map(typeKey));
  const isRow = (type: TypeRef) => type.schema !== undefined && !baseTypes.has(typeKey(type));
  const plain = (type: DriverType): Scalar => ({ ...((options.infinity ? undefined : type.finite) ?? type), notNull: false, json: false });
  const finite = (type: Scalar): Scalar => ({ ...type, ...type.finite });

  const scalar = (type: TypeRef): Scalar => {
    const key = typeKey(type);
    const enumName = names.enums.get(key);
    if (enumName !== undefined) return plain(declared(shared(enumName), shared(enumName)));
    if (domains.has(key)) return domain(type);
    if (driver.objects) {
      const object = objectType(key);
      if (object) return plain({ read: object, write: builtin('string'), element: object });
    }
    const row = type.schema === undefined && Object.hasOwn(driver.types, type.name) ? driver.types[type.name] : undefined;
    return { ...plain(row ?? (isRow(type) ? rowText(driver) : driver.other)), json: type.schema === undefined && (type.name === 'json' || type.name === 'jsonb') };
  };

  const objectType = (key: string): TsType | undefined => {
    const composite = names.composites.get(key);
    if (composite !== undefined) return shared(composite);
    const found = ranges.get(key);
    if (!found) return undefined;
    const value = range(scalar(found.subtype).read);
    return found.multirange ? listOf(value) : value;
  };

  const domain = (type: TypeRef): Scalar => {
    const found = domains.get(typeKey(type));
    if (!found) throw new Error(`There is no domain ${type.name}.`);
    const base = map(found.base, proofs(found.checks, 'VALUE'));
    const innermost = base.base ?? found.base;
    const literals = found.nondeterministic ? undefined : intersectLiterals(found.checks.map((check) => literalsOfCheck(check, 'VALUE', innermost)));
    const { read, write } = narrowed(base, literals);
    return {
      ...declared(read, driver.domainWrites === 'text' ? asText(write) : write),
      base: innermost,
      // Arrays of arrays cannot be written as such: Postgres would take them for one array of two dimensions.
      ...(found.base.dimensions === undefined ? {} : { arrayWrite: 'text' as const }),
      notNull: found.notNull || base.notNull,
      hasDefault: found.default !== undefined,
      json: base.json && driver.domainWrites === 'base',
    };
  };

  /** A type of the schema's own: the driver knows no oid of it, so it parses its arrays only if it learnt to. */
  const declared = (read: TsType, write: TsType): DriverType => ({ read, write, element: declaredElement(driver, read) });

  const mapUse: TypeMapper = (type, use = {}) => {
    const dimensions = type.dimensions ?? 0;
    const { read, write, element, arrayWrite, notNull, hasDefault, json, base } = use.finite && dimensions === 0 ? finite(scalar(type)) : scalar(type);
    if (dimensions === 0) return { read, write, notNull, json, ...optional({ hasDefault, base }) };
    const orNull = options.nullElements && !use.elementsNotNull ? nullable : (value: TsType) => value;
    const written = arrayWrite === 'text' ? builtin('string') : array(orNull(write), dimensions);
    return element === null
      ? { read: builtin('string'), write: union(written, builtin('string')), notNull: false, json: false }
      : { read: array(orNull(element), dimensions), write: written, notNull: false, json: false };
  };
  // The catalog has one object for each type: what it means without proofs is worked out once.
  const known = new WeakMap<TypeRef, ValueType>();
  const map: TypeMapper = (type, use) => {
    if (use?.elementsNotNull || use?.finite) return mapUse(type, use);
    const mapped = known.get(type) ?? mapUse(type);
    known.set(type, mapped);
    return mapped;
  };
  return map;
}

/**
 * A type of which a CHECK leaves only some values. The values are those of a type that the driver reads as such: under a
 * profile that gives int8 as bigint, `'1'` says nothing. What a domain's own CHECK excludes stays excluded.
 */
export function narrowed<Type extends Pick<ValueType, 'read' | 'write'>>(type: Type, literals: readonly Literal[] | undefined): Type {
  const members = type.read.kind === 'union' ? type.read.members : [type.read];
  const isWide = (value: Literal) => members.some((member) => sameType(member, builtin(typeof value === 'string' ? 'string' : 'number')));
  const isMember = (value: Literal) => members.some((member) => member.kind === 'literal' && member.value === value);
  const left = literals?.filter((value) => isWide(value) || isMember(value)) ?? [];
  if (left.length === 0) return type;
  const values = union(...left.map(literal));
  return { ...type, read: values, write: values };
}

/** The rows of a table: text. The generated parsers read composite types that are declared alone, so arrays of rows are text as well. */
function rowText({ declaredArrays, other }: DriverProfile): DriverType {
  return declaredArrays === 'elements' ? other : { ...other, element: null };
}

/** An element of an array of a declared type: text stays what it is, whoever reads it. */
function declaredElement(driver: DriverProfile, read: TsType): TsType | null {
  if (driver.declaredArrays === 'text') return null;
  const isText = (type: TsType): boolean =>
    (type.kind === 'union' && type.members.every(isText)) ||
    sameType(type, builtin('string')) ||
    (type.kind === 'literal' && typeof type.value === 'string') ||
    (type.kind === 'shared' && !isHelper(type.name));
  return driver.declaredArrays === 'parsed' || isText(read) ? read : builtin('string');
}

/** What of a type is the same as `String(value)` for Postgres; and text, for what is not. */
function asText(type: TsType): TsType {
  if (sameType(type, shared('JsonInput'))) return union(shared('JsonText'), builtin('number'), builtin('boolean'));
  const members = type.kind === 'union' ? type.members : [type];
  const isOwnText = (member: TsType) =>
    member.kind === 'literal' ||
    (member.kind === 'builtin' && ['string', 'number', 'boolean', 'bigint'].includes(member.name)) ||
    (member.kind === 'shared' && !isHelper(member.name));
  const kept = members.filter(isOwnText);
  return kept.length === members.length ? type : union(...kept, builtin('string'));
}

interface FoundRange {
  readonly subtype: TypeRef;
  readonly multirange: boolean;
}

function rangesByKey(catalog: Catalog): Map<string, FoundRange> {
  const found = new Map<string, FoundRange>();
  const add = (schema: { readonly schema?: string }, name: string, subtype: TypeRef, multirange: string | undefined) => {
    found.set(typeKey({ ...schema, name }), { subtype, multirange: false });
    if (multirange !== undefined) found.set(typeKey({ ...schema, name: multirange }), { subtype, multirange: true });
  };
  for (const [name, { subtype, multirange }] of Object.entries(builtinRanges)) add({}, name, { name: subtype, sql: subtype }, multirange);
  for (const { schema, name, subtype, multirange } of catalog.ranges) add({ schema }, name, subtype, multirange);
  return found;
}
