/**
 * Mutation testing with Stryker: changes the sources in one place at a time, and tells which changes no test notices. Stryker is not
 * among the dependencies; it is installed into `node_modules/.cache/rowsmith-mutation`. The tests run in Stryker's own process
 * (`mutation/runner.mjs`) and ask a server only once, before (`mutation/recorded.ts`).
 *
 *     npm run mutation
 *     npm run mutation -- src/diff 'src/model/check-*.ts'
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printScores, printSurvivors, type Report } from './mutation/report.js';
import { leftOut } from './mutation/tests.js';
import { startPostgres } from './postgres.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = join(root, 'node_modules/.cache/rowsmith-mutation');
const stryker = { name: '@stryker-mutator/core', version: '9.6.1' };
const version = '18';
const quiet = '--disable-warning=ExperimentalWarning';

function run(command: string, args: readonly string[], cwd: string, environment: Readonly<Record<string, string>> = {}): void {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...environment } });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} exited with ${status}`);
}

function installStryker(): void {
  const manifest = join(home, 'node_modules', stryker.name, 'package.json');
  if (!existsSync(manifest) || (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version !== stryker.version) {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true }));
    run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${stryker.name}@${stryker.version}`], home);
  }
  for (const file of ['runner.mjs', 'circus.mjs']) cpSync(join(root, 'scripts/mutation', file), join(home, file));
}

/** What the tests hear of a server, when nothing is mutated. */
async function record(file: string): Promise<void> {
  const bundle = join(root, 'mutation-tests.cjs');
  const server = await startPostgres(version);
  try {
    run(join(root, 'node_modules/.bin/jiti'), ['scripts/mutation/bundle.ts', bundle], root);
    run(process.execPath, [quiet, 'scripts/mutation/record.mjs', bundle, leftOut.source], root, { ...recorded(file), ROWSMITH_RECORD: '1', [`ROWSMITH_TEST_POSTGRES_${version}`]: server.url });
  } finally {
    rmSync(bundle, { force: true });
    await server.stop();
  }
}

const recorded = (file: string) => ({ ROWSMITH_TEST_VERSIONS: version, ROWSMITH_RECORDED: file });

function mutate(globs: readonly string[], folder: string, record: string): Report {
  const report = join(folder, 'report.json');
  const settings = {
    testRunner: 'bundle', plugins: [join(home, 'runner.mjs')], mutate: globs, coverageAnalysis: 'perTest', ignoreStatic: true, concurrency: 1,
    timeoutMS: 15_000, timeoutFactor: 3, reporters: ['json', 'progress-append-only'], jsonReporter: { fileName: report },
    // The runner links node_modules by itself: Stryker looks for real folders, and a work tree may have a link.
    symlinkNodeModules: false, disableTypeChecks: false, tsconfigFile: 'none', warnings: false, allowConsoleColors: false,
    testRunnerNodeArgs: [quiet], tempDirName: join(folder, 'sandboxes'), ignorePatterns: ['.git', '.postgres', '/docs', '/examples/monorepo'],
  };
  const file = join(folder, 'stryker.conf.json');
  writeFileSync(file, JSON.stringify(settings));
  // No test that is left should need a server: this one answers nobody.
  const environment = { ...recorded(record), ROWSMITH_ROOT: root, ROWSMITH_LEFT_OUT: leftOut.source, [`ROWSMITH_TEST_POSTGRES_${version}`]: 'postgres://nobody@127.0.0.1:1/postgres' };
  run(process.execPath, [join(home, 'node_modules', stryker.name, 'bin/stryker.js'), 'run', file], root, environment);
  return JSON.parse(readFileSync(report, 'utf8')) as Report;
}

const wanted = process.argv.slice(2);
const globs = (wanted.length > 0 ? wanted : ['src/diff', 'src/drift', 'src/model']).map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`));
const folder = mkdtempSync(join(tmpdir(), 'rowsmith-mutation-'));
try {
  installStryker();
  await record(join(folder, 'recorded'));
  const report = mutate(globs, folder, join(folder, 'recorded'));
  printSurvivors(report);
  printScores(report);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
