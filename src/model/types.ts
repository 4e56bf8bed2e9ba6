import type { Catalog, DomainType, TypeRef } from '../catalog/catalog.js';
import { intersectLiterals, type Literal, literalsOfCheck, refusesNull } from '../catalog/check-literals.js';
import { optional } from '../catalog/collections.js';
import { nameKey } from '../catalog/name-key.js';
import { proofs, type TypeUse } from './check-proofs.js';
import type { DriverProfile, DriverType } from './driver/driver-profile.js';
import { builtinRanges, isBuiltin, isKnownExtensionType } from './driver/postgres-types.js';
import { sentElements, sentText } from './driver/sent-values.js';
import { array, builtin, listOf, literal, nullable, range, sameType, type TsType, union } from './ts-type.js';

/**
 * What a column of a type reads as and accepts, apart from the column's own null. `numeric` under `pg`:
 * `{ read: string, write: string | number, notNull: false, json: false }`.
 */
export interface ValueType {
  readonly read: TsType;
  readonly write: TsType;
  /** The type is a domain that refuses null. */
  readonly notNull: boolean;
  /** The type is a domain with a default: https://www.postgresql.org/docs/current/sql-createdomain.html. */
  readonly hasDefault?: boolean;
  /** A single JSON value: it must be written as JSON text. */
  readonly json: boolean;
  /** The innermost base type of a domain; absent if the type is not a domain. */
  readonly base?: TypeRef;
}

/** Maps a Postgres type to its TypeScript types; `use` is what CHECK constraints prove where it is used. */
export type TypeMapper = (type: TypeRef, use?: TypeUse) => ValueType;

export interface TypeOptions {
  readonly driver: DriverProfile;
  /** Elements of arrays may be null, as Postgres allows; false asserts that the database has no null elements. */
  readonly nullElements: boolean;
  /** Dates and timestamps may be infinite, as Postgres allows; false asserts that the database has no infinite ones. */
  readonly infinity: boolean;
}

/** The names under which `types.ts` declares the schema's own types, by `nameKey`. */
export interface DeclaredNames {
  readonly enums: ReadonlyMap<string, string>;
  readonly composites: ReadonlyMap<string, string>;
}

/** A type that is not an array, with the elements of arrays of it. */
type Scalar = DriverType & Pick<ValueType, 'notNull' | 'hasDefault' | 'json' | 'base'>;

/** Maps types by the driver profile. */
export function typeMapper(catalog: Catalog, options: TypeOptions, names: DeclaredNames): TypeMapper {
  const { driver } = options;
  const domains = new Map(catalog.domains.map((domain) => [nameKey(domain), domain]));
  const ranges = rangesByKey(catalog);
  const baseTypes = new Map(catalog.baseTypes.map((type) => [nameKey(type), type]));

  const scalar = (type: TypeRef): Scalar => {
    const key = nameKey(type);
    const enumName = names.enums.get(key);
    if (enumName !== undefined) return plain(declaredType(driver, { kind: 'enum', name: enumName }));
    const domain = domains.get(key);
    if (domain) return domainType(domain);
    const object = driver.objects ? objectType(key) : undefined;
    if (object) return plain({ read: object, write: builtin('string'), element: object });
    return { ...plain(driverType(type)), json: isJson(type) };
  };

  const plain = (type: DriverType): Scalar => {
    const known = (options.infinity ? undefined : type.finite) ?? type;
    return { ...known, notNull: false, json: false };
  };

  /** The profile's row for a built-in or extension type; for any other type, which is a table's row, text. */
  const driverType = (type: TypeRef): DriverType => {
    if (type.schema === undefined) return isBuiltin(type.name) ? driver.types[type.name] : driver.other;
    const base = baseTypes.get(nameKey(type));
    if (!base) return rowText(driver);
    const name = `${base.extension}.${base.name}`;
    return isKnownExtensionType(name) ? driver.extensionTypes[name] : driver.other;
  };

  /** The composite or range type of a key, if the driver reads it as an object. */
  const objectType = (key: string): TsType | undefined => {
    const composite = names.composites.get(key);
    if (composite !== undefined) return { kind: 'composite', name: composite };
    const found = ranges.get(key);
    if (!found) return undefined;
    const value = range(scalar(found.subtype).read);
    return found.multirange ? listOf(value) : value;
  };

  const domainType = (domain: DomainType): Scalar => {
    const base = map(domain.base, proofs(domain.checks, 'VALUE', domain.nondeterministic ? undefined : domain.base));
    const innermost = base.base ?? domain.base;
    const literals = domain.nondeterministic
      ? undefined
      : intersectLiterals(domain.checks.map((check) => literalsOfCheck(check, 'VALUE', innermost)));
    const { read, write } = narrowed(base, literals);
    return {
      ...declaredType(driver, read, driver.domainWrites === 'text' ? sentText(write, driver) : write),
      base: innermost,
      // Arrays of arrays cannot be written as such: Postgres would read them as one array of two dimensions.
      ...(domain.base.dimensions === undefined ? {} : { arrayWrite: 'text' as const }),
      notNull: domain.notNull || base.notNull || domain.checks.some((check) => refusesNull(check, 'VALUE')),
      hasDefault: domain.default !== undefined,
      json: base.json && driver.domainWrites === 'base',
    };
  };

  const mapUse = (type: TypeRef, use: TypeUse): ValueType => {
    const found = scalar(type);
    if (type.dimensions === undefined || type.dimensions === 0) {
      const { read, write, notNull, json, hasDefault, base } = use.finite ? { ...found, ...found.finite } : found;
      return { read, write, notNull, json, ...optional({ hasDefault, base }) };
    }
    const elements = sentElements(use.elements ? narrowedElements(found, use.elements) : found, driver);
    const mayHoldNull = options.nullElements && !use.elementsNotNull;
    return arrayType(elements, type.dimensions, mayHoldNull ? nullElements(driver) : noNull);
  };

  // The catalog has one object for each type, so the mapping without proofs is computed once.
  const known = new WeakMap<TypeRef, ValueType>();
  const map: TypeMapper = (type, use = {}) => {
    if (use.elementsNotNull || use.finite || use.elements) return mapUse(type, use);
    const mapped = known.get(type) ?? mapUse(type, {});
    known.set(type, mapped);
    return mapped;
  };
  return map;
}

const isJson = ({ schema, name }: TypeRef) => schema === undefined && (name === 'json' || name === 'jsonb');

/** The type of an element that may be null. */
interface NullElements {
  readonly read: (element: TsType) => TsType;
  readonly write: (element: TsType) => TsType;
}

const noNull: NullElements = { read: (element) => element, write: (element) => element };

function nullElements(driver: DriverProfile): NullElements {
  return { read: driver.nullElements === 'text' ? orNullText : nullable, write: nullable };
}

/** An element, or the text NULL if the element is a text of limited values. */
function orNullText(element: TsType): TsType {
  return isText(element) && !sameType(element, builtin('string')) ? union(element, literal('NULL')) : element;
}

function arrayType(
  { write, element, arrayWrite }: Scalar,
  dimensions: NonNullable<TypeRef['dimensions']>,
  orNull: NullElements,
): ValueType {
  const written = arrayWrite === 'text' ? builtin('string') : array(orNull.write(write), dimensions);
  if (element === null) {
    return { read: builtin('string'), write: union(written, builtin('string')), notNull: false, json: false };
  }
  return { read: array(orNull.read(element), dimensions), write: written, notNull: false, json: false };
}

/**
 * Narrows a type to the values that a CHECK allows. They count only if the driver reads the type as such values: under
 * a profile that reads int8 as bigint, `'1'` proves nothing. Values that a domain's own CHECK excludes stay excluded.
 */
export function narrowed<Type extends Pick<ValueType, 'read' | 'write'>>(
  type: Type,
  literals: readonly Literal[] | undefined,
): Type {
  const members = type.read.kind === 'union' ? type.read.members : [type.read];
  const isWide = (value: Literal) =>
    members.some((member) => sameType(member, builtin(typeof value === 'string' ? 'string' : 'number')));
  const isMember = (value: Literal) => members.some((member) => member.kind === 'literal' && member.value === value);
  const left = literals?.filter((value) => isWide(value) || isMember(value)) ?? [];
  if (left.length === 0) return type;
  const values = union(...left.map(literal));
  return { ...type, read: values, write: values };
}

/** Narrows the elements of arrays of a type: arrays that the driver leaves as text stay text. */
function narrowedElements(type: Scalar, literals: readonly Literal[]): Scalar {
  const { element, ...scalar } = narrowed(type, literals);
  if (element === null) return { ...scalar, element };
  return { ...scalar, element: narrowed({ read: element, write: element }, literals).read };
}

/**
 * The rows of a table: text. The generated parsers read only declared composite types, so arrays of rows are text as
 * well.
 */
function rowText({ declaredArrays, other }: DriverProfile): DriverType {
  return declaredArrays === 'elements' ? other : { ...other, element: null };
}

/**
 * A type that the schema declares. The driver does not know its oid, so it parses its arrays only if it looked them up.
 */
function declaredType(driver: DriverProfile, read: TsType, write: TsType = read): DriverType {
  return { read, write, element: declaredElement(driver, read) };
}

/** An element of an array of a declared type: text is text under every driver. */
function declaredElement({ declaredArrays }: DriverProfile, read: TsType): TsType | null {
  if (declaredArrays === 'text') return null;
  return declaredArrays === 'parsed' || isText(read) ? read : builtin('string');
}

/** Whether every value of a type is a string. */
function isText(type: TsType): boolean {
  if (type.kind === 'union') return type.members.every(isText);
  if (type.kind === 'literal') return typeof type.value === 'string';
  return type.kind === 'enum' || sameType(type, builtin('string'));
}

interface FoundRange {
  /** The type of its bounds. */
  readonly subtype: TypeRef;
  /** The type is a multirange: a list of such ranges. */
  readonly multirange: boolean;
}

/** The range and multirange types, built-in and of the schema, by `nameKey`. */
function rangesByKey(catalog: Catalog): Map<string, FoundRange> {
  const builtinOnes = Object.entries(builtinRanges).map(([name, { subtype, multirange }]) => ({
    name,
    subtype: { name: subtype, sql: subtype },
    multirange,
  }));
  const found = new Map<string, FoundRange>();
  for (const { subtype, multirange, ...range } of [...builtinOnes, ...catalog.ranges]) {
    found.set(nameKey(range), { subtype, multirange: false });
    if (multirange !== undefined) found.set(nameKey({ ...range, name: multirange }), { subtype, multirange: true });
  }
  return found;
}
