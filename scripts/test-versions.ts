/**
 * Runs the tests that need a server, the matrix of types among them, on each PostgreSQL that is supported; on older ones, of which
 * the oldest is refused, only those of what servers lack and of nullability. The default test run takes two versions. The
 * others' binaries are installed into `.postgres/`, 60 MB each.
 *
 *     npm run test:versions
 *     npm run test:versions -- 14 17
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { everyVersion, type PostgresVersion } from './postgres/binaries.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

/** Below 14 the schemas of the tests cannot be created, and 10 is refused. Tests that need a server say so by what they import. */
function testsOn(version: number): string[] {
  if (version < 14) return ['test/catalog/servers.test.ts', ...(version < 11 ? [] : ['test/nullability.test.ts'])];
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  return files.map((file) => join('test', file)).filter((file) => /support\/(postgres|tasker)\.js'/.test(readFileSync(join(root, file), 'utf8'))).sort();
}

function passes(version: PostgresVersion): boolean {
  console.log(`\n── PostgreSQL ${version}`);
  const { status } = spawnSync(process.execPath, [...jest, ...testsOn(Number(version))], { cwd: root, stdio: 'inherit', env: { ...process.env, ROWSMITH_TEST_VERSIONS: version } });
  return status === 0;
}

const named = everyVersion.filter((version) => process.argv.includes(version));
const results = (named.length > 0 ? named : everyVersion).map((version) => ({ version, passed: passes(version) }));
for (const { version, passed } of results) console.log(`PostgreSQL ${version}: ${passed ? 'passed' : 'FAILED'}`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
