import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Catalog } from '../../../src/catalog/catalog.js';
import { buildSchema } from '../../../src/model/build.js';
import type { DisposablePostgres } from '../../postgres.js';
import { schemaStatements } from '../schema.js';
import { type Family, families, queries, tablesOf } from './queries.js';
import { run } from './run.js';

/** Names of the programs that are compiled. They have the same queries and differ in where `db` comes from. */
export const programNames = ['kysely-codegen', 'whole DB', 'named slice', 'slices around models', 'one model'] as const;
export type ProgramName = (typeof programNames)[number];

export interface Project {
  readonly tables: number;
  readonly folder: string;
  /** The file of each program, below the folder. */
  readonly programs: Readonly<Record<ProgramName, string>>;
  /** For some programs, a file that ends in a query, and the place where an editor asks for its columns. */
  readonly completion: Partial<Record<ProgramName, Completion>>;
}

export interface Completion {
  readonly text: string;
  readonly offset: number;
}

/** Makes a schema in a live database, the output of both generators for it, and the programs. */
export async function createProject(
  server: Pick<DisposablePostgres, 'createDatabase'>,
  tables: number,
  folder: string,
): Promise<Project> {
  mkdirSync(folder, { recursive: true });
  const url = await server.createDatabase();
  const client = new pg.Client(url);
  await client.connect();
  for (const statements of schemaStatements({ tables })) await client.query(statements);
  await client.end();
  run(['dist/cli/main.js', 'generate', '--source', url, '--out', join(folder, 'generated')]);
  const catalog = readCatalog(folder);
  const all = families(catalog);
  writeFileSync(
    join(folder, 'rowsmith.config.json'),
    JSON.stringify({ source: { catalog: 'generated/catalog.json' }, slices: { used: tablesOf(all) } }),
  );
  run(['dist/cli/main.js', 'generate', '--config', join(folder, 'rowsmith.config.json')]);
  run([
    'node_modules/kysely-codegen/dist/cli/bin.js',
    '--dialect',
    'postgres',
    '--url',
    url,
    '--out-file',
    join(folder, 'kysely-codegen.ts'),
  ]);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return { tables, folder, ...writePrograms(folder, catalog, all) };
}

/** The catalog of the output in a folder. */
export const readCatalog = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'generated/catalog.json'), 'utf8')) as Catalog;

function writePrograms(
  folder: string,
  catalog: Catalog,
  all: readonly Family[],
): Pick<Project, 'programs' | 'completion'> {
  const models = new Map(buildSchema(catalog, {}).relations.map((model) => [model.key, model]));
  const [
    {
      child,
      parents: [parent],
    },
  ] = all as [Family];
  const view = (table: string) => models.get(table)?.alias ?? '';
  const around = all.map(
    ({ child: table }) =>
      `import { ${view(table)}Db } from './generated/relations/${models.get(table)?.file}.js';\nconst ${view(table)} = ${view(table)}Db(everything);`,
  );
  const everything = `import type { DB } from './generated/db.js';\ndeclare const everything: Kysely<DB>;`;
  const heads = {
    'kysely-codegen': `import type { DB } from './kysely-codegen.js';\ndeclare const db: Kysely<DB>;`,
    'whole DB': `import type { DB } from './generated/db.js';\ndeclare const db: Kysely<DB>;`,
    'named slice': `import { usedDb } from './generated/slices/used.js';\n${everything}\nconst db = usedDb(everything);`,
    'slices around models': [everything, ...around].join('\n'),
  };
  const model = models.get(child);
  const one = `import { read${model?.plural.replace(/^./, (first) => first.toUpperCase())} as read } from './generated/models/${model?.file}.js';\ndeclare const everything: Kysely<any>;\nexport const rows = read(everything, ['id', 'label'], (query) => query.limit(10));`;
  const of = (name: keyof typeof heads) => queries(all, name === 'slices around models' ? view : () => 'db');
  const texts = {
    ...Object.fromEntries(
      Object.entries(heads).map(([name, head]) => [name, `${head}\n\n${of(name as keyof typeof heads)}`]),
    ),
    'one model': one,
  } as Record<ProgramName, string>;
  const asked = `db.selectFrom('${child} as c').innerJoin('${parent} as p', 'p.id', 'c.parent_0_id').select('`;
  const completion = Object.fromEntries(
    (['kysely-codegen', 'whole DB', 'named slice'] as const).map((name) => [
      name,
      askAfter(`${heads[name]}\n\n${asked}`),
    ]),
  );
  return {
    programs: Object.fromEntries(programNames.map((name) => [name, writeProgram(folder, name, texts[name])])) as Record<
      ProgramName,
      string
    >,
    completion,
  };
}

const imported = (text: string) => `import type { Kysely } from 'kysely';\n${text}`;

function askAfter(text: string): Completion {
  const before = imported(text);
  return { text: `${before}');\n`, offset: before.length };
}

/** Writes a program, and a project of its own for it; gives its file. */
export function writeProgram(folder: string, name: string, text: string): string {
  const file = `${name.replaceAll(' ', '-')}.program.ts`;
  writeFileSync(join(folder, file), imported(text));
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022'],
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  writeFileSync(join(folder, `${file}.json`), JSON.stringify({ compilerOptions, files: [file] }));
  return file;
}
