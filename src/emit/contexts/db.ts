import type { Schema } from '../../model/model.js';
import { docComment, propertyKey } from '../typescript.js';

/** The context of `db.ts.hbs`: the `DB` interface, and where its tables are declared. */
export function dbContext(schema: Schema) {
  return {
    tables: schema.relations.map((relation) => ({
      key: propertyKey(relation.key),
      type: relation.tableName,
      module: `./models/${relation.file}.js`,
      doc: docComment(relation.relation.comment),
    })),
  };
}
