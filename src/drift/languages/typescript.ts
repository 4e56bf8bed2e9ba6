import type { DeclaredModel } from '../declared.js';
import { withParsers } from '../types/parsers.js';
import { typeormProfile, typescriptProfile } from '../types/typescript-profile.js';
import { pascalCase } from '../words.js';
import type { Language } from './language.js';

export const typescript: Language = {
  name: 'typescript',
  code: 'typescript',
  extensions: ['.ts', '.mts', '.cts', '.tsx'],
  loadReader: async () => (await import('../readers/typescript.js')).loadTypeScriptReader(),
  profileOf: ({ profile }, { parsers }) =>
    withParsers(profile === 'typeorm' ? typeormProfile : typescriptProfile, parsers),
  anyCase: true,
  fieldName,
  field: (name, type) => `${propertyName(name)}: ${type};`,
  shownField: ({ name, type }) => `${name}: ${type.text};`,
  opening: ({ name }) => `export interface ${name} {`,
  shownOpening: ({ name, construct }) => `${construct === 'class' ? 'class' : 'interface'} ${name} {`,
  indent: '  ',
  modelName: (words) => pascalCase(words).replace(/^\P{ID_Start}/u, 'Table$&'),
  keepName: (_, column) => `map it to the column ${column} where the rows are read`,
};

/** Name of a new field: camelCase where the model's other fields are. */
function fieldName({ fields }: Pick<DeclaredModel, 'fields'>, column: string): string {
  const isCamel =
    fields.some(({ name }) => /\p{Ll}\p{Lu}/u.test(name)) && !fields.some(({ name }) => name.includes('_'));
  return isCamel ? camelCase(column) : column;
}

/** A name in camelCase: `task_id` → `taskId`. */
export function camelCase(name: string): string {
  return name.replace(/_+(\p{L}|\p{N})/gu, (_, letter: string) => letter.toUpperCase());
}

/** A name as a key of an object, in quotes where it needs them. */
export function propertyName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}
