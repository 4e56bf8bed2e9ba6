/**
 * A program for Bun: runs the matrix over Bun's `SQL` on the empty database at the URL, and prints the results as JSON.
 */
import { openServer } from './drivers.js';
import { type Profile, rowsmith, runMatrix } from './run.js';

const profile: Profile = { name: 'Bun.SQL', driver: 'bun', samples: ['pglite'], config: { driver: 'pglite' } };
const opened = await openServer(process.argv[2] ?? '', 'bun');
try {
  const { types, seen, checks } = await runMatrix(opened, rowsmith(profile), profile);
  const refused = checks.filter(({ kind, failed }) => kind === 'write' && failed !== undefined);
  console.log(JSON.stringify({ types, seen, checks: checks.length, refused }));
} finally {
  await opened.close();
}
