import type { DeclaredModel } from '../declared.js';
import { prismaProfile } from '../types/prisma.js';
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
  keepName: (_, column) => `write @map(${JSON.stringify(column)}) after its type`,
};

/** Name of a new field: camelCase where the model's other fields are; a letter comes first. */
function fieldName({ fields }: DeclaredModel, column: string): string {
  const isCamel =
    fields.some(({ name }) => /\p{Ll}\p{Lu}/u.test(name)) && !fields.some(({ name }) => name.includes('_'));
  const name = (isCamel ? camelCase(column) : column).replace(/\W+/g, '_');
  return /^[A-Za-z]/.test(name) ? name : `x${name}`;
}
