/**
 * What a new user does, with the package as `npm pack` makes it and npm's cache empty: from an empty folder, or from a project of
 * kysely-codegen's, to a query on a model that compiles strictly, and runs. Prints what each command took and judges none of it.
 * Needs the registry: `npm run journeys`; words choose among the journeys.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from './postgres.js';
import { readSql } from '../test/support/repository.js';
import { journeys, schema, type Journey } from './journeys/routes.js';
import { pack, run, scratch } from './package/scratch.js';

const archive = pack();
const server = await startPostgres('18');

async function travel({ name, commands, arrange, arrive }: Journey): Promise<string[]> {
  const folder = join(scratch, name.replaceAll(' ', '-'));
  mkdirSync(folder);
  const url = await server.createDatabase();
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  await database.query(`${schema}\n${readSql('examples/tasker/rows.sql')}`).finally(() => database.end());
  const environment = { npm_config_cache: join(scratch, `${name} cache`), npm_config_audit: 'false', npm_config_fund: 'false' };
  const shell = (command: string, more = {}) => run('sh', ['-c', command], folder, more);
  const arranged = arrange({ folder, url, shell });
  const times = commands.map((command) => {
    const started = performance.now();
    shell(command.replace('rowsmith.tgz', archive), { ...environment, ...arranged });
    return (performance.now() - started) / 1000;
  });
  arrive({ folder, url, shell });
  const rows = commands.map((command, index) => `| ${index === 0 ? name : ''} | \`${command}\` | ${times[index]?.toFixed(1)} |`);
  return [...rows, `| | together | ${times.reduce((sum, time) => sum + time, 0).toFixed(1)} |`];
}

const wanted = process.argv.slice(2);
try {
  console.log('| Journey | Command | Seconds |\n|---|---|---|');
  for (const journey of journeys.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))) {
    console.log((await travel(journey)).join('\n'));
  }
} finally {
  await server.stop();
}
