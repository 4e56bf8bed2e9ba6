/**
 * Tries the package as others get it: `npm pack`, installed into empty projects. Checks what it exports, the versions of Node and
 * Kysely that it promises, licences, what it weighs beside others, and the example of a monorepo with the caches of task runners. Takes minutes, and needs
 * the registry: run it with `npm run test:package`; words choose among the checks.
 *
 *     npm run test:package -- turbo
 */
import { join } from 'node:path';
import { consumer, kyselyVersions, nodes, nodeVersions, worksOn, worksWith } from './package/consumer.js';
import { installed, licenceProblems, megabytes } from './package/installed.js';
import { cachedByNx, cachedByTurbo, monorepo } from './package/monorepo.js';
import { pack, project, run } from './package/scratch.js';

const archive = pack();
const once = <Value>(make: () => Value) => {
  let made: Value | undefined;
  return () => (made ??= make());
};
const tools = once(() => project('tools', ['publint@0.3.25', '@arethetypeswrong/cli@0.18.5']));
const user = once(() => consumer(archive));
const nodePrograms = once(nodes);
const repository = once(() => monorepo(archive));

const checks: readonly (readonly [name: string, check: () => void | Promise<void>])[] = [
  ['publint', () => void run(join(tools(), 'node_modules/.bin/publint'), ['run', '--strict', archive], tools())],
  // CommonJS callers use `import()`.
  ['arethetypeswrong', () => void run(join(tools(), 'node_modules/.bin/attw'), [archive, '--profile', 'esm-only'], tools())],
  ...nodeVersions.map((version) => [`Node ${version}`, () => worksOn(nodePrograms().get(version) ?? '', user())] as const),
  ...kyselyVersions.map((version) => [`Kysely ${version}`, () => worksWith(version, user())] as const),
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

/** With Kysely, which is everybody's peer, and without the embedded Postgres, which kanel has too and here is optional. */
function compareSizes(): void {
  const weigh = (folder: string) => {
    const folders = installed(folder).filter(({ name, folder: path }) => name !== '@electric-sql/pglite' && !/node_modules\/.*\/node_modules\//.test(path));
    return { packages: installed(folder).filter(({ name }) => name !== '@electric-sql/pglite').length, megabytes: megabytes(folders.map(({ folder: path }) => path)) };
  };
  const [own, ...others] = [alone(), ...['kysely-codegen', 'kanel'].map((name) => project(`beside-${name}`, [name]))].map(weigh);
  console.log('  rowsmith, kysely-codegen, kanel:', [own, ...others].map((found) => `${found?.packages} packages, ${found?.megabytes} MB`).join('; '));
  if (others.some((other) => !own || own.packages >= other.packages || own.megabytes >= other.megabytes)) throw new Error('rowsmith is not the smallest.');
}

const wanted = process.argv.slice(2);
let failed = 0;
for (const [name, check] of checks.filter(([name]) => wanted.length === 0 || wanted.some((word) => name.toLowerCase().includes(word.toLowerCase())))) {
  const started = Date.now();
  try {
    await check();
    console.log(`ok      ${name} (${Math.round((Date.now() - started) / 1000)} s)`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}\n${error instanceof Error ? error.message : String(error)}`);
  }
}
console.log(failed === 0 ? 'The package works.' : `The package does not work: ${failed} of its checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;
