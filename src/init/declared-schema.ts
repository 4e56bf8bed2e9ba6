import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Where a project declares its tables beside the migrations, for `drift.models`: Prisma's schema, the one that Drizzle's
 * config names, Diesel's `schema.rs` with the models around it. Empty where it declares none.
 */
export async function findDeclaredSchema(folder: string): Promise<readonly string[]> {
  const has = (path: string) => existsSync(join(folder, path));
  const drizzle = ['drizzle.config.ts', 'drizzle.config.js', 'drizzle.config.mjs'].find(has);
  return [
    ...(has('prisma/schema.prisma') ? ['prisma/**/*.prisma'] : []),
    ...(drizzle === undefined ? [] : schemaOf(await readFile(join(folder, drizzle), 'utf8').catch(() => ''))),
    ...(has('diesel.toml') && has('src') ? ['src/**/*.rs'] : []),
  ];
}

/** The schema that a config of Drizzle names: `schema: './src/db/schema.ts'`. One for another database is none. */
function schemaOf(config: string): readonly string[] {
  const dialect = /\bdialect\s*:\s*['"`](\w+)/.exec(config)?.[1];
  const schema = /\bschema\s*:\s*['"`]([^'"`]+)['"`]/.exec(config)?.[1];
  return schema === undefined || (dialect ?? 'postgresql') !== 'postgresql' ? [] : [schema.replace(/^\.\//, '')];
}
