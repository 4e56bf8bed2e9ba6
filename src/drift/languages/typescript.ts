import type { DeclaredModel } from '../declared.js';
import type { ProfileName } from '../declared-type.js';
import { withParsers } from '../types/parsers.js';
import type { Profile } from '../types/profile.js';
import {
  drizzleQueryProfile,
  prismaQueryProfile,
  sequelizeProfile,
  typeormProfile,
  typescriptProfile,
} from '../types/typescript-profile.js';
import { pascalCase } from '../words.js';
import type { ImportedPath, Language } from './language.js';
import { columnDecorator, entityDecorator } from './typeorm.js';

const profiles: Partial<Record<ProfileName, Profile>> = {
  typeorm: typeormProfile,
  sequelize: sequelizeProfile,
  'prisma-query': prismaQueryProfile,
  'drizzle-query': drizzleQueryProfile,
};

export const typescript: Language = {
  name: 'typescript',
  code: 'typescript',
  extensions: ['.ts', '.mts', '.cts', '.tsx'],
  imports,
  loadReader: async () => (await import('../readers/typescript.js')).loadTypeScriptReader(),
  parsers: {
    extensions: ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs'],
    text: /\b[sg]etTypeParser\b|\bparseInt8\b|\bpostgres\.BigInt\b|\bfrom:\s*\[/,
  },
  profileOf: ({ profile }, { parsers }) =>
    profile === 'prisma-query' ? prismaQueryProfile : withParsers(profiles[profile] ?? typescriptProfile, parsers),
  anyCase: true,
  fieldName,
  // TypeORM fills a class that no constructor fills.
  field: (name, type, _, model) => `${propertyName(name)}${model?.profile === 'typeorm' ? '!' : ''}: ${type};`,
  shownField: ({ name, type }) => `${name}: ${type.text};`,
  opening: ({ name, profile }) => `export ${profile === 'typeorm' ? 'class' : 'interface'} ${name} {`,
  above: ({ model, relation }) => (model.profile === 'typeorm' ? [entityDecorator(relation)] : []),
  ofColumn: (type, column, relation, model) => {
    if (model.profile !== 'typeorm') return { type };
    const name = fieldName(model, column.name);
    return { type, above: [columnDecorator(column, relation, name)] };
  },
  shownOpening: ({ name, construct }) => `${construct === 'class' ? 'class' : 'interface'} ${name} {`,
  indent: '  ',
  modelName: (words) => pascalCase(words).replace(/^\P{ID_Start}/u, 'Table$&'),
  keepName: (_, column) => `map it to the column ${column} where the rows are read`,
};

/** Imports by relative paths, and by an alias that is no package's name: `@/db`, `#db`, `~/db`, `src/db`. */
function imports(text: string): readonly ImportedPath[] {
  const specifiers = [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]((?:\.|[@~#$]+\/|[~#$]\w|src\/)[^'"\n]*)['"]/g)];
  return specifiers.map(([, specifier = '']) => {
    const path = specifier.replace(/\.[cm]?[jt]sx?$/, '');
    const isRelative = path.startsWith('.');
    return { path: isRelative ? path : path.replace(/^(?:[@~#$]+\/?|src\/)/, ''), isRelative, candidates };
  });
}

const candidates = ['.ts', '.tsx', '.mts', '.cts', '.d.ts', '/index.ts', '/index.tsx'];

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
