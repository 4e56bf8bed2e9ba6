import { join, posix } from 'node:path';
import { type Project, readIfThere } from '../project.js';
import { isInProject } from './paths.js';
import { type ReadSetup, type Take, takeOver } from './setup.js';
import { overrideTypes } from './types.js';

const tool = 'prisma-kysely';

/** Reads the generator's block in Prisma's schema, https://www.npmjs.com/package/prisma-kysely. */
export const readPrismaKysely: ReadSetup = async (project) => {
  for (const from of schemaFiles(project)) {
    const text = (await readIfThere(join(project.folder, from))) ?? '';
    const block = blocksOf(text, 'generator').find(({ provider = '' }) => provider.includes(tool));
    if (!block) continue;
    const [datasource = {}] = blocksOf(text, 'datasource');
    const variable = /^env\("([A-Za-z_]\w*)"\)$/.exec(datasource['url'] ?? '')?.[1];
    const { output: given, ...options } = block;
    const folder = given === undefined ? undefined : posix.join(posix.dirname(from), given);
    const inProject = folder !== undefined && isInProject(folder);
    const over = takeOver(options, byOption, silent);
    return {
      tool,
      from,
      ...over,
      ...(variable === undefined ? {} : { variable }),
      ...(inProject
        ? {
            out: posix.join(folder, 'generated'),
            replaces: posix.join(folder, block['fileName'] ?? 'types.ts'),
            taken: ['output', ...over.taken],
          }
        : {}),
    };
  }
  return undefined;
};

/** The files where Prisma looks for its schema: https://www.prisma.io/docs/orm/prisma-schema/overview/location. */
function schemaFiles({ manifest }: Project): readonly string[] {
  const key = manifest?.value['prisma'];
  const named =
    typeof key === 'object' && key !== null && 'schema' in key && typeof key.schema === 'string' ? [key.schema] : [];
  return [...named, 'prisma/schema.prisma', 'schema.prisma', 'prisma/schema/schema.prisma'];
}

type Block = { readonly [key: string]: string };

/** The blocks of a kind, their values without quotes; `env("…")` stays as it is. */
function blocksOf(text: string, kind: string): Block[] {
  const withoutComments = text.replace(/^\s*\/\/.*$/gm, '');
  const blocks = [...withoutComments.matchAll(new RegExp(`^\\s*${kind}\\s+\\w+\\s*\\{([^}]*)\\}`, 'gm'))];
  return blocks.map(([, body = '']) => {
    const entries = [...body.matchAll(/^\s*(\w+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\n]*?)\s*$/gm)];
    return Object.fromEntries(entries.map(([, key = '', value = '']) => [key, /^"(.*)"$/s.exec(value)?.[1] ?? value]));
  });
}

/** The PostgreSQL type of each scalar of Prisma: https://www.prisma.io/docs/orm/overview/databases/postgresql. */
const columnTypes: { readonly [scalar: string]: string } = {
  string: 'text',
  boolean: 'bool',
  int: 'int4',
  bigInt: 'int8',
  float: 'float8',
  decimal: 'numeric',
  dateTime: 'timestamp',
  json: 'jsonb',
  bytes: 'bytea',
};

const byOption: { readonly [option: string]: Take } = {
  camelCase: (value) =>
    value === 'true' ? { left: ['camelCase (models are in camelCase; DB has the names that the database has)'] } : {},
  filterBySchema: (value) => ({
    include: String(value)
      .split(',')
      .map((schema) => `${schema.trim()}.*`),
  }),
  ...Object.fromEntries(
    Object.entries(columnTypes).map(([scalar, type]): [string, Take] => [
      `${scalar}TypeOverride`,
      (value) => overrideTypes([{ type, as: String(value) }], `${scalar}TypeOverride`),
    ]),
  ),
};

/** Options about the text of its file. */
const silent = [
  'provider',
  'fileName',
  'enumFileName',
  'importExtension',
  'exportWrappedTypes',
  'banner',
  'defaultSchema',
];
