/** Runs the tests once with real servers, and keeps what those said. Fails where a test does. */
import { runTests } from './circus.mjs';

const [bundle, leftOut] = process.argv.slice(2);
const started = performance.now();
const results = await runTests(bundle, { wants: (id) => !new RegExp(leftOut).test(id) });
const failed = results.filter(({ error }) => error !== undefined);
for (const { id, error } of failed) console.log(`${id}\n${error}\n`);
const times = {};
for (const { file, milliseconds } of results) times[file] = (times[file] ?? 0) + milliseconds;
if (process.env.TIMES) console.log(times, performance.now() - started);
console.log(`${results.length} tests, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
