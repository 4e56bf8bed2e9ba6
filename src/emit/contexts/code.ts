import type { RelationModel } from '../../model/model.js';
import { docComment, objectKey, propertyKey, stringLiteral } from '../typescript.js';
import type { Imports } from './imports.js';

/** Fields that TypeScript functions compute, and JSON fields that a schema checks: what `readX` does in process. */
export function codeContext({ alias, name, code, stored }: RelationModel, imports: Imports, specifier: (module: string) => string) {
  const fields = code.map((field) => {
    const local = imports.value(specifier(field.function.module), field.function.name);
    const source = `codeField<${name}>()([${field.needs.map(stringLiteral).join(', ')}], ${local})`;
    return {
      key: `readonly ${propertyKey(field.name)}`,
      type: `ReturnType<typeof ${local}>`,
      doc: docComment([...(field.comment === undefined ? [] : [field.comment]), `Computed in process from ${field.needs.join(', ')}.`].join('\n')),
      objectKey: objectKey(field.name),
      source,
    };
  });
  const schemas = stored.flatMap(({ name: field, validatedBy }) =>
    validatedBy ? [{ key: objectKey(field), value: imports.value(specifier(validatedBy.module), validatedBy.name) }] : [],
  );
  const inProcess = fields.length > 0 || schemas.length > 0;
  if (inProcess) {
    for (const type of ['QueryCreator', 'SelectQueryBuilder']) imports.type('kysely', type);
    imports.value('../runtime/code.js', 'readFields');
  }
  if (fields.length > 0) imports.value('../runtime/code.js', 'codeField');
  return {
    inProcess,
    code: fields,
    schemas,
    inProcessName: `${alias}InProcess`,
    codeName: `${name}Code`,
  };
}
