import { pluginName } from '../../model/camel-case-plugin.js';
import type { RelationModel } from '../../model/model.js';
import type { StoredField } from '../../model/stored-field.js';
import { propertyKey } from '../typescript.js';
import { spellField } from './field-spelling.js';

/** The names of tables and columns in `DB`. */
export interface TableNaming {
  readonly isCamelCase: boolean;
  readonly table: (relation: Pick<RelationModel, 'key' | 'relation'>) => string;
  readonly column: (field: StoredField) => string;
}

/** The database's names, or Kysely's CamelCasePlugin's names for them. */
export function tableNaming(camelCase: boolean | undefined): TableNaming {
  if (!camelCase)
    return {
      isCamelCase: false,
      table: ({ key }) => propertyKey(key),
      column: (field) => spellField(field).columnKey,
    };
  return {
    isCamelCase: true,
    table: ({ key, relation: { schema, name } }) =>
      propertyKey(key === name ? pluginName(name) : `${pluginName(schema)}.${pluginName(name)}`),
    column: ({ column }) => propertyKey(pluginName(column)),
  };
}

/** The name of a database column in a program. */
export const columnName = (column: string, isCamelCase: boolean): string => (isCamelCase ? pluginName(column) : column);
