import type { Declared, SourceText } from '../declared.js';
import type { Reader } from '../languages/language.js';
import { prismaModels } from './prisma/models.js';
import { readPrisma } from './prisma/syntax.js';

/**
 * Loads the reader of Prisma's schemas. Their language is small, and Prisma's own parser is a program of 8 MB in
 * WebAssembly, so it is read here.
 */
export async function loadPrismaReader(): Promise<Reader> {
  return { read };
}

function read(files: readonly SourceText[], parsed: () => void): Declared {
  const documents = files.map((file) => {
    const document = readPrisma(file);
    parsed();
    return document;
  });
  return {
    ...prismaModels(documents.flatMap(({ blocks }) => blocks)),
    literals: [],
    unread: [
      ...documents.flatMap(({ unread }) => unread),
      ...otherDatabases(documents.flatMap(({ blocks }) => blocks)),
    ],
  };
}

/** Data sources of other databases, whose models no schema of PostgreSQL can be compared with. */
function otherDatabases(blocks: ReturnType<typeof readPrisma>['blocks']) {
  return blocks.flatMap(({ kind, name, file, line, settings }) => {
    const provider = kind === 'datasource' ? settings.get('provider')?.replaceAll('"', '') : undefined;
    if (provider === undefined || /^(?:postgres|postgresql|cockroachdb)$|^env\(/.test(provider)) return [];
    return [{ name, file, line, reason: `its provider is ${provider}, not postgresql`, broken: true }];
  });
}
