import type { Schema } from '../../model/model.js';
import type { TsType } from '../../model/ts-type.js';
import type { ModuleSpecifier } from '../module-specifier.js';
import { docComment, propertyKey, spellType } from '../typescript.js';
import { Imports } from './imports.js';
import { tableContext } from './table.js';

/**
 * The context of `db.ts.hbs`: every table's interface, and the `DB` of them. A model's file declares its own table as well, so
 * that neither has to import the other: who needs one is spared the rest.
 */
export function dbContext(schema: Schema, moduleSpecifier: ModuleSpecifier) {
  const imports = new Imports(new Set(['DB', 'Tables', ...schema.relations.map(({ tableName }) => tableName)]), ['kysely', './types.js']);
  const spell = (type: TsType) =>
    spellType(type, { shared: (name) => imports.type('./types.js', name), imported: (module, name) => imports.type(moduleSpecifier(module, ''), name) });
  const tables = schema.relations.map((relation) => tableContext(relation, imports, spell));
  const keys = schema.relations.map(({ key, tableName, relation }) => ({ key: propertyKey(key), type: tableName, doc: docComment(relation.comment) }));
  return { tables, keys, imports: imports.lines() };
}
