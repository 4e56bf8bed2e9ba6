/**
 * A program that runs in its own time zone: it writes transitions with generated code, and prints what it then reads.
 * `DATABASE_URL` is the database, and the argument is the folder of the generated code.
 */
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';

const [folder = ''] = process.argv.slice(2);
// biome-ignore lint/suspicious/noExplicitAny: the code is generated for each driver
const load = (file: string): Promise<any> => import(`${folder}/${file}.ts`);

const parsers = process.env['PARSERS'] ? (await load('parsers')).parsers() : {};
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 1, ...parsers });
const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
await sql.raw(`set time zone '${process.env['SESSION_ZONE']}'`).execute(db);
for (const name of ['shipment', 'refund']) {
  const model = await load(`models/${name}`);
  const capital = name.replace(/^./, (letter) => letter.toUpperCase());
  await sql`insert into ${sql.id(`${name}s`)} default values`.execute(db);
  await model[`transition${capital}`](db, 1, name === 'refund' ? 'paid' : 'packed');
  const [row] = await model[`read${capital}s`](db);
  // A text without a time zone is a time in this process's zone, as `pg` sends every `Date`.
  console.log(JSON.stringify([name, new Date(row.stateChangedAt).getTime(), row.stateChangedAt instanceof Date]));
}
await db.destroy();
