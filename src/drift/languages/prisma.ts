import type { DeclaredModel } from '../declared.js';
import { prismaProfile } from '../types/prisma.js';
import { pascalCase } from '../words.js';
import type { Language } from './language.js';
import { camelCase } from './typescript.js';

/** Prisma's schema language. */
export const prisma: Language = {
  name: 'prisma',
  code: 'prisma',
  extensions: ['.prisma'],
  loadReader: async () => (await import('../readers/prisma.js')).loadPrismaReader(),
  profileOf: () => prismaProfile,
  anyCase: false,
  fieldName,
  field: (name, type, column) => `${name} ${type}${name === column ? '' : ` @map(${JSON.stringify(column)})`}`,
  shownField: ({ name, type }) => `${name} ${type.text}`,
  opening: ({ construct, name }) => `${construct} ${name} {`,
  shownOpening: ({ construct, name }) => `${construct} ${name} {`,
  indent: '  ',
  modelName,
  below: ({ model, relation: { name, primaryKey, schema, columns } }) => {
    const fields = (primaryKey?.columns ?? []).map((column) => fieldName(model, column));
    return [
      ...(fields.length > 1 ? [`  @@id([${fields.join(', ')}])`] : []),
      // Prisma takes no table whose rows nothing tells apart.
      ...(fields.length === 0 && columns.length > 0 ? ['  @@ignore'] : []),
      ...(model.name === name ? [] : [`  @@map(${JSON.stringify(name)})`]),
      ...(schema === 'public' ? [] : [`  @@schema(${JSON.stringify(schema)})`]),
    ];
  },
  ofColumn: (type, column, { primaryKey }) => {
    const isKey = primaryKey?.columns.length === 1 && primaryKey.columns[0] === column.name;
    const counts = column.identity !== undefined || column.default?.startsWith('nextval(') === true;
    const given = counts ? ' @default(autoincrement())' : defaultOf(column.default);
    return { type: `${type}${isKey ? ' @id' : ''}${given}` };
  },
  keepName: (_, column) => `write @map(${JSON.stringify(column)}) after its type`,
};

/** Name of a new model: the table's own where another model has its table's, as without `@@map`. */
function modelName(words: readonly string[], table: string, { name, tables: [named] }: DeclaredModel): string {
  return named?.table === name && /^[A-Za-z]\w*$/.test(table) ? table : pascalCase(words);
}

/** The default of a column as Prisma writes one that only the database evaluates. */
function defaultOf(expression: string | undefined): string {
  if (expression === undefined) return '';
  return expression === 'now()' || expression === 'CURRENT_TIMESTAMP'
    ? ' @default(now())'
    : ` @default(dbgenerated(${JSON.stringify(expression)}))`;
}

/** Name of a new field: camelCase where the model's other fields are; a letter comes first. */
function fieldName({ fields }: DeclaredModel, column: string): string {
  const isCamel =
    fields.some(({ name }) => /\p{Ll}\p{Lu}/u.test(name)) && !fields.some(({ name }) => name.includes('_'));
  const name = (isCamel ? camelCase(column) : column).replace(/\W+/g, '_');
  return /^[A-Za-z]/.test(name) ? name : `x${name}`;
}
