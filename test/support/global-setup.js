/**
 * Starts one server per PostgreSQL version for the whole run. Jest loads this file without a transform, hence JavaScript.
 * They are in another zone than UTC, as a laptop's are: nothing that is generated or read may depend on it.
 * A server given in ROWSMITH_TEST_POSTGRES_<version> (a superuser's URL) is used as it is.
 */
import { createJiti } from 'jiti';

export default async function setup() {
  const jiti = createJiti(import.meta.url);
  const { startPostgres } = await jiti.import('../../scripts/postgres.ts');
  const { POSTGRES_VERSIONS } = await jiti.import('./postgres.ts');
  const missing = POSTGRES_VERSIONS.filter((version) => process.env[`ROWSMITH_TEST_POSTGRES_${version}`] === undefined);
  const servers = await Promise.all(missing.map((version) => startPostgres(version, { settings: { timezone: 'Asia/Kathmandu' } })));
  for (const server of servers) process.env[`ROWSMITH_TEST_POSTGRES_${server.version}`] = server.url;
  globalThis.rowsmithTestServers = servers;
}
