/**
 * Runs the tests that need a server, including the matrix of types, on each supported PostgreSQL. On older versions,
 * the oldest of which is refused, it runs only the tests of what servers lack and of nullability. The default test run
 * uses two versions. The binaries of the others are installed into `.postgres/`, 60 MB each. Tests of connections also
 * run with the oldest and the newest `pg` that package.json allows, and those of generated code with the Kysely of each
 * line.
 *
 *     npm run test:versions
 *     npm run test:versions -- 14 17
 *     npm run test:versions -- pg
 *     npm run test:versions -- kysely
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installed } from './bench/installed.js';
import { everyVersion, type PostgresVersion } from './postgres/binaries.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

/**
 * The test files to run on a version. Below 14, the schemas of most tests cannot be created, and 10 is refused. Tests
 * that need a server are found by their imports.
 */
function testsOn(version: number): string[] {
  if (version < 14) return ['test/catalog/servers.test.ts', ...(version < 11 ? [] : ['test/nullability.test.ts'])];
  return testFiles('test')
    .filter((file) => /support\/(postgres|tasker)\.js'/.test(readFileSync(join(root, file), 'utf8')))
    .sort();
}

/** The tests in a folder, including those of the slow suite. */
function testFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(test|slow)\.ts$/.test(file))
    .map((file) => join(folder, file));
}

/** Runs tests, each with the configuration of its suite. */
function passes(what: string, files: readonly string[], environment: Readonly<Record<string, string>>): boolean {
  console.log(`\n── ${what}`);
  const run = (config: string, chosen: readonly string[]) =>
    chosen.length === 0 ||
    spawnSync(process.execPath, [...jest, '--config', config, ...chosen], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    }).status === 0;
  const isSlow = (file: string) => file.endsWith('.slow.ts');
  const passed = run(
    'jest.config.js',
    files.filter((file) => !isSlow(file)),
  );
  return run('jest.slow.config.js', files.filter(isSlow)) && passed;
}

const onServer = (version: PostgresVersion) => () =>
  passes(`PostgreSQL ${version}`, testsOn(Number(version)), { ROWSMITH_TEST_VERSIONS: version });

/** Runs with another version of `pg`: `jest.config.js` takes it from the folder that the variable names. */
const withPg = (version: string) => () =>
  passes(`pg ${version}`, testFiles('test/live'), {
    ROWSMITH_TEST_PG: join(installed(`pg ${version}`, [`pg@${version}`]), 'node_modules/pg'),
  });

/** Tests of what generated functions do. These functions import only Kysely. */
const ofGeneratedCode = ['states', 'related', 'domain', 'models', 'tenants', 'random-reads'].map(
  (name) => `test/${name}.test.ts`,
);

const withKysely = (version: string) => () => {
  const dist = join(installed(`kysely ${version}`, [`kysely@${version}`]), 'node_modules/kysely/dist');
  const module = [join(dist, 'esm/index.js'), join(dist, 'index.js')].find((file) => existsSync(file));
  return passes(`kysely ${version}`, ofGeneratedCode, { ROWSMITH_TEST_KYSELY: module ?? dist });
};

/** The oldest version that the peer dependency allows, and the newest of each line. */
const kyselys = ['0.27.0', '0.27.6', '0.28.0', '0.29'];

const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly dependencies: { readonly pg: string };
};
const drivers = [dependencies.pg.replace('^', ''), dependencies.pg];

const runs: readonly (readonly [name: string, passes: () => boolean])[] = [
  ...everyVersion.map((version) => [version, onServer(version)] as const),
  ...drivers.map((version) => [`pg ${version}`, withPg(version)] as const),
  ...kyselys.map((version) => [`kysely ${version}`, withKysely(version)] as const),
];
const words = process.argv.slice(2);
const wanted = runs.filter(([name]) => words.length === 0 || words.includes(name.split(' ')[0] ?? ''));
const results = wanted.map(([name, run]) => ({ name, passed: run() }));
for (const { name, passed } of results) console.log(`${name}: ${passed ? 'passed' : 'FAILED'}`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
