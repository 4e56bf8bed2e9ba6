import type { RelationModel } from '../../model/model.js';
import { docComment, objectKey, propertyKey, stringLiteral } from '../typescript.js';
import type { Imports } from './imports.js';

/** Fields that TypeScript functions compute, and JSON fields that a schema checks: what `readX` does in process. */
export function codeContext(
  { name, code, stored }: RelationModel,
  imports: Imports,
  specifier: (module: string) => string,
) {
  const fields = code.map((field) => {
    const local = imports.value(specifier(field.function.module), field.function.name);
    const source = `codeField<${name}>()([${field.needs.map(stringLiteral).join(', ')}], ${local})`;
    return {
      key: `readonly ${propertyKey(field.name)}`,
      type: `ReturnType<typeof ${local}>`,
      doc: docComment(
        [
          ...(field.comment === undefined ? [] : [field.comment]),
          `Computed in process from ${field.needs.join(', ')}.`,
        ].join('\n'),
      ),
      objectKey: objectKey(field.name),
      source,
    };
  });
  const schemas = stored.flatMap(({ name: field, validated }) =>
    validated
      ? [{ key: objectKey(field), value: imports.value(specifier(validated.by.module), validated.by.name) }]
      : [],
  );
  imports.type('../runtime/relation.js', 'QueryStart');
  imports.value('../runtime/read.js', 'readModel');
  for (const type of ['ReadArguments', 'Refine']) imports.type('../runtime/read.js', type);
  if (fields.length > 0) imports.value('../runtime/read.js', 'codeField');
  const codeName = `${name}Code`;
  return {
    hasCode: fields.length > 0,
    code: fields,
    schemas,
    hasSchemas: schemas.length > 0,
    codeName,
    readable: fields.length > 0 ? `(${name} & ${codeName})` : name,
  };
}
