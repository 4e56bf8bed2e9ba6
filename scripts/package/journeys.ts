/**
 * Journeys of new users, with the package as `npm pack` creates it: from an empty folder, or from a project with
 * kysely-codegen, to a query on a model that compiles strictly and runs.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { readSql } from '../../test/support/repository.js';
import type { DisposablePostgres } from '../postgres.js';
import { run, scratch } from './scratch.js';

/** The folder and database of a journey. */
interface Place {
  readonly folder: string;
  /** The URL of a database that contains the example, with rows. */
  readonly url: string;
  /** Runs a command in the folder and returns its output. Throws if the command fails. */
  readonly shell: (command: string, environment?: Readonly<Record<string, string>>) => string;
}

/** The example's SQL, in a form that does not need psql. */
const schema = ['schema', 'functions'].map((name) => readSql(`examples/tasker/${name}.sql`)).join('\n');

interface Journey {
  readonly name: string;
  /** The commands that a user types, in order. */
  readonly commands: readonly string[];
  /** Creates the files that existed before, and returns environment variables. */
  readonly arrange: (place: Place) => Readonly<Record<string, string>>;
  /** Throws if the journey did not reach its goal. */
  readonly arrive: (place: Place) => void;
}

/** Runs the commands of a journey and returns how many seconds each took. Throws if they do not reach its goal. */
export async function travel(
  { name, commands, arrange, arrive }: Journey,
  archive: string,
  server: DisposablePostgres,
): Promise<string> {
  const folder = join(scratch, name.replaceAll(' ', '-'));
  mkdirSync(folder);
  const url = await server.createDatabase();
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  await database.query(`${schema}\n${readSql('examples/tasker/rows.sql')}`).finally(() => database.end());
  const shell = (command: string, more = {}) => run('sh', ['-c', command], folder, more);
  const arranged = arrange({ folder, url, shell });
  const times = commands.map((command) => {
    const started = performance.now();
    shell(command.replace('rowsmith.tgz', archive), arranged);
    return ((performance.now() - started) / 1000).toFixed(1);
  });
  arrive({ folder, url, shell });
  return commands.map((command, index) => `  ${times[index]} s  ${command}`).join('\n');
}

const install = 'npm install rowsmith.tgz kysely pg typescript@5.9 @types/pg @types/node@20';
const compiler = 'npx tsc --strict --target es2022 --module nodenext --skipLibCheck --types node --outDir out';
const setUp = ['npx rowsmith init --yes', 'npm run generate'];

export const journeys: readonly Journey[] = [
  {
    name: 'SQL file',
    commands: [install, ...setUp],
    arrange: ({ folder }) => {
      writeFileSync(join(folder, 'schema.sql'), schema);
      return {};
    },
    arrive: ({ folder, shell }) => {
      writeFileSync(join(folder, 'query.ts'), query('console.log(failed.compile().parameters);'));
      shell(`${compiler} query.ts`);
      expect(shell('node out/query.js'), "[ 'error' ]\n");
    },
  },
  {
    name: 'live database',
    commands: [install, ...setUp],
    arrange: ({ url }) => ({ DATABASE_URL: url }),
    arrive: ({ folder, url, shell }) => {
      writeFileSync(join(folder, 'query.ts'), query(rows));
      shell(`${compiler} query.ts`);
      expect(shell('node out/query.js', { DATABASE_URL: url }), found);
    },
  },
  {
    name: 'kysely-codegen project',
    commands: ['npm install -D rowsmith.tgz', ...setUp],
    arrange: (place) => {
      const { folder, url, shell } = place;
      mkdirSync(join(folder, 'src'));
      const manifest = { private: true, type: 'module', scripts: { types: 'kysely-codegen' } };
      writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
      writeFileSync(
        join(folder, '.kysely-codegenrc.json'),
        JSON.stringify({ dialect: 'postgres', outFile: 'src/db.ts', singularize: true }),
      );
      shell(
        'npm install kysely@0.28 pg kysely-codegen@0.20 typescript@5.9 @types/pg @types/node@20 --ignore-scripts --no-audit --no-fund',
      );
      shell('npm run types', { DATABASE_URL: url });
      writeFileSync(join(folder, 'src/report.ts'), oldProgram);
      worksAsBefore(place);
      return { DATABASE_URL: url };
    },
    arrive: (place) => {
      const { folder, url, shell } = place;
      worksAsBefore(place);
      expect(
        readFileSync(join(folder, 'src/generated/db.ts'), 'utf8'),
        readFileSync(join(folder, 'src/db.ts'), 'utf8'),
      );
      writeFileSync(join(folder, 'src/query.ts'), query(rows));
      shell(`${compiler} src/query.ts`);
      expect(shell('node out/query.js', { DATABASE_URL: url }), found);
    },
  },
];

const rows = 'console.log(JSON.stringify(await failed.execute()));';
const found = '[{"taskId":"3","state":"error"}]\n';

/** A program with a query on a model. The compiler refuses it if it names a field that the model lacks. */
function query(use: string): string {
  return `import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './generated/db.js';
import { tasks } from './generated/models/task.js';

async function main(): Promise<void> {
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: process.env['DATABASE_URL'] }) }) });
  const failed = db.selectFrom(tasks()).where('task.state', '=', 'error').select(['task.taskId', 'task.state']);
  // @ts-expect-error the model has no such field
  db.selectFrom(tasks()).select('task.nothing');
  ${use}
  await db.destroy();
}

void main();
`;
}

const oldProgram = `import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './db.js';

const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: process.env['DATABASE_URL'] }) }) });
const { initiator } = await db.selectFrom('tasker_tasks').select('initiator').where('task_id', '=', '3').executeTakeFirstOrThrow();
console.log(initiator?.includes('@'));
await db.destroy();
`;

/** Checks that the program that existed before still compiles and prints the same. */
function worksAsBefore({ url, shell }: Place): void {
  shell(`${compiler} src/report.ts`);
  expect(shell('node out/report.js', { DATABASE_URL: url }), 'true\n');
}

function expect(given: string, wanted: string): void {
  if (given !== wanted) throw new Error(`Expected ${wanted}got ${given}`);
}
