import pluralize from 'pluralize';
import type { DeclaredModel } from '../declared.js';
import { drizzleProfile } from '../types/drizzle.js';
import { pascalCase } from '../words.js';
import type { Language } from './language.js';
import { camelCase, propertyName } from './typescript.js';

/** Drizzle's tables, which are declared in TypeScript. */
export const drizzle: Language = {
  name: 'drizzle',
  code: 'typescript',
  extensions: [],
  profileOf: () => drizzleProfile,
  anyCase: true,
  fieldName: (model, column) => (isCamel(model) ? camelCase(column) : column),
  field: (name, type, column) => `${propertyName(name)}: ${name === column ? type : withName(type, column)},`,
  shownField: ({ name, type }) => `${name}: ${type.text},`,
  opening: (model) => `export const ${model.name} = ${model.construct}(${JSON.stringify(tableOf(model))}, {`,
  shownOpening: (model) => `${model.name} = ${model.construct}(${JSON.stringify(tableOf(model))}, {`,
  closing: '});',
  indent: '  ',
  modelName: (words) => {
    const name = pascalCase(words);
    return pluralize(name.charAt(0).toLowerCase() + name.slice(1));
  },
  ofColumn: (type, column, { primaryKey }) => {
    const isKey = primaryKey?.columns.length === 1 && primaryKey.columns[0] === column.name;
    const key = isKey ? '.primaryKey()' : '';
    const byDefault =
      column.default === undefined ? '' : `.default(sql\`${column.default.replace(/[\\`$]/g, '\\$&')}\`)`;
    const identity = column.identity === 'always' ? 'generatedAlwaysAsIdentity' : 'generatedByDefaultAsIdentity';
    return { type: `${type}${key}${byDefault}${column.identity === undefined ? '' : `.${identity}()`}` };
  },
  keepName: (_, column) => `give its builder the column's name, ${JSON.stringify(column)}`,
};

function isCamel({ fields }: DeclaredModel): boolean {
  return !fields.some(({ name }) => name.includes('_'));
}

function tableOf({ tables, name }: DeclaredModel): string {
  return tables[0]?.table ?? name;
}

/** A builder with the column's name as its first argument: `integer()` → `integer('author_id')`. */
function withName(type: string, column: string): string {
  return type.replace(/^(\w+)\((.*?)\)/, (_, builder: string, options: string) => {
    const name = `'${column.replace(/['\\]/g, '\\$&')}'`;
    return `${builder}(${options === '' ? name : `${name}, ${options}`})`;
  });
}
