import type { DeclaredModel } from '../declared.js';
import { typescriptProfile } from '../types/typescript-profile.js';
import type { Language } from './language.js';

export const typescript: Language = {
  name: 'typescript',
  extensions: ['.ts', '.mts', '.cts', '.tsx'],
  loadReader: async () => (await import('../readers/typescript.js')).loadTypeScriptReader(),
  profileOf: () => typescriptProfile,
  anyCase: true,
  fieldName,
  field: (name, type) =>
    `${/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name)}: ${type};`,
  shownField: ({ name, type }) => `${name}: ${type.text};`,
  opening: ({ name }) => `export interface ${name} {`,
  shownOpening: ({ name, construct }) => `${construct === 'class' ? 'class' : 'interface'} ${name} {`,
  indent: '  ',
  keepName: (_, column) => `map it to the column ${column} where the rows are read`,
};

/** Name of a new field: camelCase where the model's other fields are. */
function fieldName({ fields }: Pick<DeclaredModel, 'fields'>, column: string): string {
  const isCamel =
    fields.some(({ name }) => /\p{Ll}\p{Lu}/u.test(name)) && !fields.some(({ name }) => name.includes('_'));
  return isCamel ? column.replace(/_+(\p{L}|\p{N})/gu, (_, letter: string) => letter.toUpperCase()) : column;
}
