import type { BrandModel, CompositeModel, EnumModel, Schema } from '../../model/model.js';
import { type HelperName, helperNames, helpersIn, type TsType } from '../../model/ts-type.js';
import type { ModuleNames } from '../module-specifier.js';
import { docComment, propertyKey, spellType, stringLiteral, type TypeNames } from '../typescript.js';
import { routineTypes } from './functions.js';
import { Imports } from './imports.js';
import { queryTypes } from './queries.js';

/** The context of `types.ts.hbs`: the schema's own types, and the helper types that some column needs. */
export function typesContext(schema: Schema, { moduleSpecifier, extension }: ModuleNames) {
  const own = [...schema.enums, ...schema.composites, ...schema.brands].map(({ name }) => name);
  const imports = new Imports(new Set([...helperNames, ...own]), [], extension);
  const imported = imports.typeNames('./types.js', (module) => moduleSpecifier(module, ''));
  // This module declares what others import.
  const names: TypeNames = { ...imported, declared: (name) => name };
  const composites = schema.composites.map((composite) => compositeContext(composite, names));
  const used = new Set([...typesOf(schema)].flatMap(helpersIn));
  const uses = (name: HelperName) => used.has(name);
  return {
    remarks: schema.timestampZone ? [zoneRemarks[schema.timestampZone]] : [],
    enums: schema.enums.map(enumContext),
    interval: uses('Interval'),
    point: uses('Point') || uses('Circle'),
    circle: uses('Circle'),
    range: uses('Range'),
    nestedArray: uses('NestedArray'),
    utcTimestamp: uses('UtcTimestamp'),
    declaresBooleans: schema.declaresBooleans,
    composites,
    brands: schema.brands.map((brand) => brandContext(brand, names)),
    noCheck: imports.noCheck,
    imports: imports.lines(),
    hasImports: imports.lines().length > 0,
  };
}

/** Every type that the output mentions, once, because columns share them. */
function typesOf({ relations, composites, brands, routines, queryFiles }: Schema): Set<TsType> {
  const attributes = composites.flatMap((composite) => composite.attributes);
  const types = new Set([...attributes.map(({ type }) => type), ...brands.map(({ base }) => base)]);
  for (const type of routines.flatMap(routineTypes)) types.add(type);
  for (const type of queryFiles.flatMap(queryTypes)) types.add(type);
  for (const { stored, computed } of relations) {
    for (const { select, insert, update } of stored) {
      types.add(select);
      if (insert) types.add(insert.type);
      if (update) types.add(update);
    }
    for (const { type } of computed) types.add(type);
  }
  return types;
}

const zoneRemarks = {
  local: '// A timestamp without time zone is read as a Date in the time zone of the process.',
  UTC: '// A timestamp without time zone is read as a Date in UTC.',
};

function enumContext({ name, valuesName, labels, type, comment }: EnumModel) {
  const doc = docComment(comment ?? `The enum \`${type.schema}.${type.name}\`, in the database's order.`);
  return { name, valuesName, labels: labels.map(stringLiteral), doc };
}

function brandContext({ name, base, of }: BrandModel, names: TypeNames) {
  return { name, base: spellType(base, names), doc: docComment(`An id of \`${of}\`.`), tag: stringLiteral(of) };
}

function compositeContext({ name, type, attributes, comment }: CompositeModel, names: TypeNames) {
  return {
    name,
    doc: docComment(
      comment ?? `The composite type \`${type.schema}.${type.name}\`. Any of its attributes may be null.`,
    ),
    attributes: attributes.map((attribute) => ({
      key: propertyKey(attribute.name),
      type: spellType(attribute.type, names),
      doc: [],
    })),
  };
}
