/**
 * Runs the matrix of types and drivers for every profile, as the test `test/matrix.slow.ts` does, and prints the
 * counts. With `--peers`, it makes the same claims about the output of other generators, which npm installs into a
 * temporary folder.
 *
 *     npm run matrix -- --peers
 *     npm run matrix -- 14 16 17
 *
 * With `bun`, it runs the matrix in Bun instead, which npm installs too, and writes what Bun's `SQL` returns and
 * accepts into `docs/drivers.md`.
 */
import { measureBun } from './matrix/bun.js';
import { type Opened, openPglite } from './matrix/drivers.js';
import { installPeers } from './matrix/peers.js';
import { type Generator, openFor, type Profile, profiles, rowsmith, runMatrix } from './matrix/run.js';
import { defaultVersions, everyVersion } from './postgres/binaries.js';
import { startPostgres } from './postgres.js';

const verbose = process.argv.includes('--verbose');
const named = everyVersion.filter((version) => process.argv.includes(version));

async function row(server: string, opened: Opened, generator: Generator, profile: Profile): Promise<number> {
  try {
    const { types, checks, wrong } = await runMatrix(opened, generator, profile);
    const wrongTypes = new Set(wrong.map(({ check }) => check.type)).size;
    const kinds = ['row', 'read', 'exact', 'write', 'refuse'] as const;
    const detail = kinds.flatMap((kind) => {
      const count = wrong.filter(({ check }) => check.kind === kind).length;
      return count === 0 ? [] : [`${kind} ${count}`];
    });
    const inTypes = wrong.length === 0 ? '' : ` in ${wrongTypes} types (${detail.join(', ')})`;
    console.log(
      `${generator.name} | ${profile.name} | ${server} | ${types} types | ${checks.length} claims | wrong: ${wrong.length}${inTypes}`,
    );
    if (verbose)
      for (const { check, why } of wrong)
        console.log(`    ${check.type} ${check.form} ${check.kind}: ${check.lines.at(-1) ?? ''}\n        ${why}`);
    return wrong.length;
  } finally {
    await opened.close();
  }
}

async function allRows(peers: ReturnType<typeof installPeers> | undefined): Promise<number> {
  let wrong = 0;
  for (const version of named.length > 0 ? named : defaultVersions) {
    const server = await startPostgres(version);
    const open = (profile: Profile) => openFor(profile, () => server.createDatabase());
    for (const profile of profiles)
      if (profile.driver !== 'pglite')
        wrong += await row(`PostgreSQL ${version}`, await open(profile), rowsmith(profile), profile);
    for (const peer of peers?.generators ?? [])
      for (const profile of profiles.slice(0, 1))
        await row(`PostgreSQL ${version}`, await open(profile), peer, profile);
    await server.stop();
  }
  for (const profile of profiles)
    if (profile.driver === 'pglite') wrong += await row('PGlite', await openPglite(), rowsmith(profile), profile);
  return wrong;
}

if (process.argv.includes('bun')) {
  await measureBun();
} else {
  const peers = process.argv.includes('--peers') ? installPeers() : undefined;
  try {
    process.exitCode = (await allRows(peers)) === 0 ? 0 : 1;
  } finally {
    peers?.remove();
  }
}
