import type { EnumModel, Schema } from '../../model/model.js';
import { sharedNames, type SharedTypeName } from '../../model/ts-type.js';
import { docComment, stringLiteral } from '../typescript.js';

/** The context of `types.ts.hbs`: enums, and the helper types that some column needs. */
export function typesContext(schema: Schema) {
  const used = new Set(
    schema.relations.flatMap(({ stored, computed }) => [
      ...stored.flatMap(({ select, insert, update }) => [select, insert?.type, update].flatMap((type) => (type ? sharedNames(type) : []))),
      ...computed.flatMap(({ type }) => sharedNames(type)),
    ]),
  );
  const uses = (name: SharedTypeName) => used.has(name);
  return {
    enums: schema.enums.map(enumContext),
    interval: uses('Interval'),
    point: uses('Point') || uses('Circle'),
    circle: uses('Circle'),
  };
}

function enumContext({ name, valuesName, labels, type, comment }: EnumModel) {
  return { name, valuesName, labels: labels.map(stringLiteral), doc: docComment(comment ?? `The enum \`${type.schema}.${type.name}\`, in the database's order.`) };
}
