/**
 * Prepares the tests that need more than sources: builds `dist/` if it is older than its inputs, and waits for requests
 * for servers. A server starts when a test first requests its URL (`postgres.ts`), so that a run of one test starts
 * only what that test uses. Like a laptop, the servers are in a time zone other than UTC, because nothing that is
 * generated or read may depend on it. Jest loads this file without a transform, so it is written in JavaScript.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createJiti } from 'jiti';

export default async function setup({ rootDir }) {
  if (isStale(rootDir)) build(rootDir);
  const { startPostgres } = await createJiti(import.meta.url).import('../../scripts/postgres.ts');
  const servers = new Map();
  const coordinator = createServer((request, response) => {
    const version = request.url.slice(1);
    if (!servers.has(version))
      servers.set(version, startPostgres(version, { settings: { timezone: 'Asia/Kathmandu' } }));
    servers.get(version).then(
      ({ url }) => response.end(url),
      (error) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(coordinator, 'listening');
  process.env.ROWSMITH_TEST_SERVERS = `http://127.0.0.1:${coordinator.address().port}/`;
  globalThis.rowsmithTestServers = { coordinator, servers };
}

/** Whether anything that the build reads changed after the build's last file was written. */
function isStale(root) {
  const built = statSync(join(root, 'dist/cli/main.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const inputs = ['src', 'templates'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, file)),
  );
  return [...inputs, 'rolldown.config.ts', 'package.json'].some((file) => statSync(join(root, file)).mtimeMs > built);
}

function build(root) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The build failed:\n${stdout}${stderr}`);
}
