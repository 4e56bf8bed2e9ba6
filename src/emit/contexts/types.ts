import type { CompositeModel, EnumModel, Schema } from '../../model/model.js';
import { sharedNames, type SharedTypeName } from '../../model/ts-type.js';
import { docComment, propertyKey, spellType, stringLiteral } from '../typescript.js';

/** The context of `types.ts.hbs`: enums, and the helper types that some column needs. */
export function typesContext(schema: Schema) {
  const used = new Set(
    schema.relations.flatMap(({ stored, computed }) => [
      ...stored.flatMap(({ select, insert, update }) => [select, insert?.type, update].flatMap((type) => (type ? sharedNames(type) : []))),
      ...computed.flatMap(({ type }) => sharedNames(type)),
    ]),
  );
  for (const { attributes } of schema.composites) for (const { type } of attributes) for (const name of sharedNames(type)) used.add(name);
  const uses = (name: SharedTypeName) => used.has(name);
  return {
    enums: schema.enums.map(enumContext),
    interval: uses('Interval'),
    point: uses('Point') || uses('Circle'),
    circle: uses('Circle'),
    range: uses('Range'),
    composites: schema.composites.map(compositeContext),
  };
}

function enumContext({ name, valuesName, labels, type, comment }: EnumModel) {
  return { name, valuesName, labels: labels.map(stringLiteral), doc: docComment(comment ?? `The enum \`${type.schema}.${type.name}\`, in the database's order.`) };
}

function compositeContext({ name, type, attributes, comment }: CompositeModel) {
  return {
    name,
    doc: docComment(comment ?? `The composite type \`${type.schema}.${type.name}\`. Any of its attributes may be null.`),
    attributes: attributes.map((attribute) => ({ key: propertyKey(attribute.name), type: spellType(attribute.type), doc: [] })),
  };
}
