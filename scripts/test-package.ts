/**
 * Tries the package as users get it: `npm pack`, installed into empty projects. Checks its exports, the versions of
 * Node and Kysely that it supports, programs that are bundled with it, what a new user does from `npm install` to a
 * query, licences, its size compared with others, and the monorepo example with the caches of task runners. Takes
 * minutes and needs the registry. Run it with `npm run test:package`; words select checks.
 *
 *     npm run test:package -- turbo
 *     npm run test:package -- bundlers
 *     npm run test:package -- journey
 */
import { join } from 'node:path';
import { fillDatabase } from './bench/fill.js';
import { tracesSources, worksBundled } from './package/bundled.js';
import { consumer, kyselyVersions, nodes, nodeVersions, worksOn, worksWith } from './package/consumer.js';
import { licenceProblems, weigh } from './package/installed.js';
import { journeys, travel } from './package/journeys.js';
import { cachedByNx, cachedByTurbo, monorepo } from './package/monorepo.js';
import { runtimeChecks, withTools } from './package/runtimes.js';
import { pack, project, run } from './package/scratch.js';
import { type DisposablePostgres, startPostgres } from './postgres.js';

const archive = pack();
const once = <Value>(make: () => Value) => {
  let made: Value | undefined;
  return () => (made ??= make());
};
const tools = once(() => project('tools', ['publint@0.3.25', '@arethetypeswrong/cli@0.18.5']));
const user = once(() => consumer(archive));
const nodePrograms = once(nodes);
let server: DisposablePostgres | undefined;
const postgres = async () => (server ??= await startPostgres('18'));
const repository = once(() => monorepo(archive));
const tooled = once(() => withTools(archive));

const checks: readonly (readonly [name: string, check: () => void | Promise<void>])[] = [
  ['publint', () => void run(join(tools(), 'node_modules/.bin/publint'), ['run', '--strict', archive], tools())],
  // CommonJS callers use `import()`.
  [
    'arethetypeswrong',
    () => void run(join(tools(), 'node_modules/.bin/attw'), [archive, '--profile', 'esm-only'], tools()),
  ],
  ...nodeVersions.map(
    (version) => [`Node ${version}`, () => worksOn(nodePrograms().get(version) ?? '', user())] as const,
  ),
  ...kyselyVersions.map((version) => [`Kysely ${version}`, () => worksWith(version, user())] as const),
  ...runtimeChecks(tooled, () => nodePrograms().get('24') ?? ''),
  ['bundled', bundled],
  ['stack traces', () => tracesSources(user())],
  ...journeys.map(
    (journey) =>
      [`journey: ${journey.name}`, async () => console.log(await travel(journey, archive, await postgres()))] as const,
  ),
  ['licences', refuseLicences],
  ['size', compareSizes],
  ['turbo', () => cachedByTurbo(repository())],
  ['nx', () => cachedByNx(repository())],
];

const alone = once(() => project('alone', [archive]));

function refuseLicences(): void {
  const problems = licenceProblems(alone());
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

async function bundled(): Promise<void> {
  const url = await (await postgres()).createDatabase();
  await fillDatabase(url, ['create table things (id integer)']);
  worksBundled(archive, url);
}

/**
 * Compares installed sizes. All are installed with Kysely, their peer; kysely-codegen also with `pg`, which it needs
 * but does not depend on.
 */
function compareSizes(): void {
  const whole = weigh(alone());
  const withoutSql = weigh(project('alone-without-pglite', [archive, '--omit=optional']));
  const [codegen, kanel] = [
    weigh(project('beside-codegen', ['kysely-codegen', 'pg'])),
    weigh(project('beside-kanel', ['kanel'])),
  ];
  const found = {
    rowsmith: whole,
    'without the embedded Postgres': withoutSql,
    'kysely-codegen with pg': codegen,
    kanel,
  };
  for (const [name, { packages, megabytes }] of Object.entries(found))
    console.log(`  ${name}: ${packages} packages, ${megabytes} MB`);
  if (whole.packages >= codegen.packages) throw new Error('rowsmith has more packages than kysely-codegen.');
}

const wanted = process.argv.slice(2);
let failed = 0;
for (const [name, check] of checks.filter(
  ([name]) => wanted.length === 0 || wanted.some((word) => name.toLowerCase().includes(word.toLowerCase())),
)) {
  const started = Date.now();
  try {
    await check();
    console.log(`ok      ${name} (${Math.round((Date.now() - started) / 1000)} s)`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}\n${error instanceof Error ? error.message : String(error)}`);
  }
}
await server?.stop();
console.log(failed === 0 ? 'The package works.' : `The package does not work: ${failed} of its checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;
