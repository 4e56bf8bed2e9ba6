/**
 * The time of a transition is now, whatever time zones the process and its session are in, and however the driver reads
 * times.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Config, generate } from '../src/index.js';
import { freshDatabase, newestVersion } from './support/postgres.js';
import { readSql, repositoryPath } from './support/repository.js';

const schema = readSql('test/cases/state-machines/schema.sql');
const drivers: Readonly<Record<string, Pick<Config, 'driver' | 'types'>>> = {
  pg: { driver: 'pg' },
  dates: { driver: { name: 'pg-parsers', dates: 'date' } },
  texts: { driver: { name: 'pg-parsers', dates: 'string' } },
  overridden: { driver: 'pg', types: { overrides: [{ type: 'timestamp', as: 'Date', write: 'string' }] } },
};

// In the repository, where generated code finds its packages.
let folder = '';
beforeAll(async () => {
  const cache = repositoryPath('node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'rowsmith-times-'));
  const database = await freshDatabase(newestVersion, schema);
  try {
    for (const [name, config] of Object.entries(drivers))
      await generate({ config: { source: { url: database.url }, out: join(folder, name), ...config } });
  } finally {
    await database.drop();
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const zones: readonly (readonly [process: string, session: string])[] = [
  ['UTC', 'America/New_York'],
  ['America/New_York', 'UTC'],
  ['Asia/Kolkata', 'Pacific/Auckland'],
  ['Pacific/Kiritimati', 'America/St_Johns'],
];

test.each(Object.keys(drivers).flatMap((driver) => zones.map(([own, session]) => [driver, own, session] as const)))(
  '%s, in %s with a session in %s',
  async (driver, own, session) => {
    const database = await freshDatabase(newestVersion, schema);
    try {
      const isParsed = driver === 'dates' || driver === 'texts';
      const before = Date.now() - 1000;
      const jiti = repositoryPath('node_modules/jiti/lib/jiti-cli.mjs');
      const program = repositoryPath('test/support/transition-times.ts');
      const { stdout, stderr } = spawnSync(process.execPath, [jiti, program, join(folder, driver)], {
        encoding: 'utf8',
        env: {
          ...process.env,
          DATABASE_URL: database.url,
          TZ: own,
          SESSION_ZONE: session,
          ...(isParsed ? { PARSERS: 'yes' } : {}),
        },
      });
      expect(stderr).toBe('');
      const found = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as [table: string, time: number, isDate: boolean]);
      expect(found.map(([table, , isDate]) => [table, isDate])).toEqual([
        ['shipment', driver !== 'texts'],
        ['refund', driver !== 'texts'],
      ]);
      for (const [, time] of found) {
        expect(time).toBeGreaterThan(before);
        expect(time).toBeLessThan(Date.now() + 1000);
      }
    } finally {
      await database.drop();
    }
  },
);
