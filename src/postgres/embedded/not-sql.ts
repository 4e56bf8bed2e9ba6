import { RowsmithError } from '../../errors.js';

/** How to obtain SQL for a schema that is kept in another format: the end of a sentence, after a colon. */
export const makesSql = {
  rails: 'set config.active_record.schema_format = :sql; bin/rails db:schema:dump then writes db/structure.sql',
  prisma: (path: string) =>
    `npx prisma migrate diff --from-empty --to-schema ${path} --script > schema.sql converts it to SQL (before Prisma 7: --to-schema-datamodel)`,
  drizzle: 'npx drizzle-kit export > schema.sql converts it to SQL',
  mikro: 'npx mikro-orm schema:create --dump > schema.sql converts it to SQL',
} as const;

/** Kinds of files that contain a schema but not as SQL, by their names. */
const kinds: readonly { readonly name: RegExp; readonly is: string; readonly hint: (path: string) => string }[] = [
  { name: /\.prisma$/i, is: "it is Prisma's schema", hint: makesSql.prisma },
  { name: /(^|[\\/])schema\.rb$/i, is: "it is Rails' schema", hint: () => makesSql.rails },
  {
    name: /\.([cm]?[jt]sx?|py|rb|go|java|kt|rs|php)$/i,
    is: 'it is a program',
    hint: () =>
      `of Drizzle's schema ${makesSql.drizzle}; what migrations do can be read from a database that they have migrated`,
  },
  {
    name: /\.(xml|ya?ml)$/i,
    is: "it may be Liquibase's changelog",
    hint: () => 'liquibase update-sql > schema.sql converts it to SQL',
  },
];

/** Refuses a file that is named as a source if its name shows that it is not SQL. */
export function refuseOtherThanSql(path: string): void {
  const found = kinds.find(({ name }) => name.test(path));
  if (found) throw new RowsmithError('sql-not-supported', `${path} is not SQL: ${found.is}.`, `${found.hint(path)}.`);
}
