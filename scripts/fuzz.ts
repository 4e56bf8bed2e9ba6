/**
 * Tries random hostile schemas on a disposable server: the output generated from each must compile, and none of the
 * schema's texts may appear outside a string, a key or a comment. Prints what is wrong, with the schema's seed, and
 * exits with 1.
 *
 *     npm run fuzz -- [count] [seed]
 */
import { argv } from 'node:process';
import { tryHostileSchemas } from '../test/support/hostile-run.js';
import { startPostgres } from './postgres.js';

const count = Number(argv[2] ?? 1000);
const seed = Number(argv[3] ?? 1);
const server = await startPostgres('18');
const start = Date.now();
let shown = 0;
try {
  const { compiled, refused, wrong, clashes } = await tryHostileSchemas(
    await server.createDatabase(),
    count,
    seed,
    (done, found) => {
      for (const what of found.slice(shown)) console.error(what);
      shown = found.length;
      if (done % 400 === 0)
        console.error(
          `${done} of ${count} schemas, ${found.length} wrong, ${Math.round((Date.now() - start) / 1000)} s`,
        );
    },
  );
  const codes = [...refused].map(([code, times]) => `${times} ${code}`).join(', ');
  console.log(
    `${count} schemas from seed ${seed}: ${compiled} compiled, ${codes === '' ? 'none' : codes} refused, ${clashes} names that kysely-codegen lets meet, ${wrong.length} wrong, ${Math.round((Date.now() - start) / 1000)} s`,
  );
  process.exitCode = wrong.length > 0 ? 1 : 0;
} finally {
  await server.stop();
}
