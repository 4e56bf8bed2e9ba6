/** The process of the embedded Postgres ends with its parent, however that ends, and in time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startEmpty } from '../src/postgres/embedded/standby.js';
import { childrenOf, isRunning, processorTime, tellsProcesses } from './support/processes.js';
import { repositoryPath } from './support/repository.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-process-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function until(condition: () => boolean, seconds: number): Promise<boolean> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) if (condition()) return true;
  return false;
}

/** Whether the output is written and a server is on standby that has used no processor time since the last look. */
function isIdle(id: number): boolean {
  const before = lastLook;
  lastLook = { id, time: processorTime(id) };
  return (
    existsSync(join(folder, 'generated/db.ts')) &&
    before?.id === id &&
    before.time > 0.2 &&
    before.time === lastLook.time
  );
}

let lastLook: { readonly id: number; readonly time: number } | undefined;

/** Runs the command line until its server is working, and returns the server's process. */
async function start(
  args: readonly string[],
  isAtWork: (server: number) => boolean,
): Promise<{ readonly rowsmith: ChildProcess; readonly server: number }> {
  const rowsmith = spawn(process.execPath, [repositoryPath('dist/cli/main.js'), ...args], {
    cwd: folder,
    stdio: 'ignore',
    detached: true,
  });
  let server: number | undefined;
  const found = await until(() => {
    [server] = childrenOf(rowsmith.pid ?? 0);
    return server !== undefined && isAtWork(server);
  }, 50);
  if (!found || server === undefined) throw new Error('there is no server');
  return { rowsmith, server };
}

const linux = tellsProcesses ? describe : describe.skip;

linux('the server ends with whoever asked it', () => {
  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('at once where it is idle: %s', async (signal) => {
    writeFileSync(join(folder, 'idle.sql'), 'create table t (id int);');
    // A watch keeps a server on standby, which has started and waits.
    const { rowsmith, server } = await start(['generate', '--watch', '--source', 'idle.sql'], isIdle);
    rowsmith.kill(signal);
    await once(rowsmith, 'exit');
    expect(await until(() => !isRunning(server), 5)).toBe(true);
    rmSync(join(folder, 'generated'), { recursive: true, force: true });
  });

  test.each([
    ['SIGKILL', 'a loop', 'do $$ begin loop perform 1; end loop; end $$'],
    ['SIGTERM', 'a sleep', 'select pg_sleep(1e9)'],
  ] as const)(
    'within --timeout of processor time where it is busy: %s, %s',
    async (signal, _name, sql) => {
      writeFileSync(join(folder, 'busy.sql'), `create table t (id int);\n${sql};`);
      const { rowsmith, server } = await start(
        ['generate', '--source', 'busy.sql', '--timeout', '8'],
        (id) => processorTime(id) > 1,
      );
      rowsmith.kill(signal);
      await once(rowsmith, 'exit');
      expect(isRunning(server)).toBe(true);
      expect(await until(() => !isRunning(server), 100)).toBe(true);
    },
    160_000,
  );

  test('at once with Ctrl-C, which reaches both', async () => {
    writeFileSync(join(folder, 'busy.sql'), 'select pg_sleep(1e9);');
    const { rowsmith, server } = await start(['generate', '--source', 'busy.sql'], (id) => processorTime(id) > 1);
    process.kill(-(rowsmith.pid ?? 0), 'SIGINT');
    await once(rowsmith, 'exit');
    expect(await until(() => !isRunning(server), 5)).toBe(true);
  });
});

test('an answer that is more than its heap holds ends the process, and is told', async () => {
  const database = await startEmpty({ extensions: [], timeout: 120, characters: 0 });
  const rows = database.query("select repeat('x', 1000) from generate_series(1, 1_500_000)");
  await expect(rows).rejects.toMatchObject({ code: 'sql-failed', message: 'The embedded Postgres is out of memory.' });
  await expect(database.query('select 1')).rejects.toThrow('out of memory');
  await database.close();
}, 180_000);
