import type { DeclaredModel, LanguageName } from '../declared.js';
import { dieselTable } from './diesel-table.js';
import { drizzle } from './drizzle.js';
import type { Language } from './language.js';
import { prisma } from './prisma.js';
import { rust } from './rust.js';
import { typescript } from './typescript.js';

const byName: Readonly<Record<LanguageName, Language>> = {
  rust,
  'diesel-table': dieselTable,
  typescript,
  drizzle,
  prisma,
};

/** Every language that models may be written in. */
export const languages: readonly Language[] = Object.values(byName);

export function languageOf({ language }: Pick<DeclaredModel, 'language'>): Language {
  return byName[language];
}
