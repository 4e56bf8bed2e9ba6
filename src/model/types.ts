import type { Catalog, TypeRef } from '../catalog/catalog.js';
import { typeKey } from '../catalog/select.js';
import { intersectLiterals, literalsOfCheck } from './check-literals.js';
import type { DriverProfile, DriverType } from './driver/driver-type.js';
import { array, builtin, literal, shared, union, type TsType } from './ts-type.js';

/** What a column of a type reads as and accepts, without the column's own null. */
export interface ValueType {
  readonly read: TsType;
  readonly write: TsType;
  /** The type is a domain that refuses null. */
  readonly notNull: boolean;
  /** A single JSON value: it must be written as JSON text. */
  readonly json: boolean;
}

export type TypeMapper = (type: TypeRef) => ValueType;

/** Maps types by the driver profile; `enumNames` are the names under which `types.ts` declares the enums. */
export function typeMapper(catalog: Catalog, driver: DriverProfile, enumNames: ReadonlyMap<string, string>): TypeMapper {
  const domains = new Map(catalog.domains.map((domain) => [typeKey(domain), domain]));

  const scalar = (type: TypeRef): DriverType & { readonly notNull: boolean; readonly json: boolean } => {
    const key = typeKey(type);
    const enumName = enumNames.get(key);
    if (enumName !== undefined) return { ...declared(shared(enumName), shared(enumName)), notNull: false, json: false };
    const domain = domains.get(key);
    if (!domain) {
      const row = type.schema === undefined && Object.hasOwn(driver.types, type.name) ? driver.types[type.name] : undefined;
      return { ...(row ?? driver.other), notNull: false, json: type.schema === undefined && (type.name === 'json' || type.name === 'jsonb') };
    }
    const base = map(domain.base);
    const literals = intersectLiterals(domain.checks.map((check) => literalsOfCheck(check, 'VALUE', domain.base)));
    const narrowed = literals ? { read: union(...literals.map(literal)), write: union(...literals.map(literal)) } : base;
    return { ...declared(narrowed.read, narrowed.write), notNull: domain.notNull || base.notNull, json: base.json };
  };

  /** A type of the schema's own: the driver knows no oid of it, so it parses its arrays only if it learnt to. */
  const declared = (read: TsType, write: TsType): DriverType => ({ read, write, element: driver.parsesDeclaredArrays ? read : null });

  const map: TypeMapper = (type) => {
    const { read, write, element, notNull, json } = scalar(type);
    const dimensions = type.dimensions ?? 0;
    if (dimensions === 0) return { read, write, notNull, json };
    const written = array(write, dimensions);
    return element === null
      ? { read: builtin('string'), write: union(written, builtin('string')), notNull: false, json: false }
      : { read: array(element, dimensions), write: written, notNull: false, json: false };
  };
  return map;
}
