/**
 * Compares public repositories with their own schemas: `npm run drift:wild -- <folder>`. The folder is none of ours; it
 * holds a checkout of each repository below, at its commit:
 *
 *     git clone https://github.com/<name> <folder>/<name> && git -C <folder>/<name> checkout <commit>
 *
 * Nothing of a repository is copied here. What is printed are the ids of errors, to be held against a list that
 * somebody made by reading the code and the schema before.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface Wild {
  readonly name: string;
  readonly commit: string;
  readonly library: string;
  /** Relative to the repository. */
  readonly source: string;
  readonly models: readonly string[];
}

const repositories: readonly Wild[] = [
  wild(
    'launchbadge/realworld-axum-sqlx',
    'f1b25654773228297e35c292f357d33b7121a101',
    'sqlx',
    'migrations',
    'src/**/*.rs',
  ),
  wild(
    'LukeMathWalker/zero-to-production',
    '970987c5f793af6fc8e557731c9bbb23b620451e',
    'sqlx',
    'migrations',
    'src/**/*.rs',
  ),
  wild(
    'TatriX/realworld-rust-rocket',
    '3e33934a0700e743cdc0348fbcecf69c08dc986c',
    'Diesel',
    'migrations',
    'src/**/*.rs',
  ),
  wild(
    'snamiki1212/realworld-v1-rust-actix-web-diesel',
    '1b844c094208be54008cd993ef51d87b808eea24',
    'Diesel',
    'migrations',
    'src/**/*.rs',
  ),
  wild(
    'xjr1300/actixweb-seaorm-example',
    '739f80575e4c7af6a513cbee37b128ff2a5825b7',
    'SeaORM',
    'migrations',
    'infra/**/*.rs',
  ),
  wild(
    'hassanferdous/Node-Drizzle-Starter',
    '8cc5baa9b87949b1b002f0a1a649c0a6bbc9d8af',
    'Drizzle',
    'drizzle',
    'src/db/*.ts',
  ),
  wild(
    'moaoa/nuxt-better-auth-drizzle',
    '3fc40d884b83044b737310127e8152e11bba5444',
    'Drizzle',
    'db/migrations',
    'db/*.ts',
  ),
  wild(
    'umami-software/umami',
    'c0ea3aefbee7a3429ee2f824b06dc4a9dbe0b7e1',
    'Prisma',
    'prisma/migrations',
    'prisma/schema.prisma',
  ),
  wild(
    'mfts/papermark',
    '7ff2e657ed09b56f0afcc863a5db52d0debd2e6a',
    'Prisma',
    'prisma/migrations',
    'prisma/**/*.prisma',
  ),
];

function wild(
  ...[name, commit, library, source, ...models]: readonly [string, string, string, string, ...string[]]
): Wild {
  return { name, commit, library, source, models };
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Give the folder that holds the checkouts: npm run drift:wild -- <folder>');
  console.error(repositories.map(({ name, commit }) => `  ${name} at ${commit}`).join('\n'));
  process.exitCode = 2;
} else {
  for (const repository of repositories) compare(repository, join(resolve(folder), repository.name));
}

/** Prints the exit code and the ids of the errors. */
function compare({ name, library, source, models }: Wild, checkout: string): void {
  if (!existsSync(checkout)) {
    console.log(`${name} (${library}): not there`);
    return;
  }
  const args = ['drift', '--source', source, '--format', 'json', '--rule', 'missing-model=off', '--models', ...models];
  const run = spawnSync(process.execPath, [resolve('dist/cli/main.js'), ...args], {
    cwd: checkout,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const errors = run.stdout === '' ? [] : errorsIn(run.stdout);
  console.log(`${name} (${library}): exit ${run.status}, ${errors.length} errors`);
  for (const id of errors) console.log(`  ${id}`);
  if (run.status === 2) console.log(run.stderr.trimEnd());
}

function errorsIn(json: string): readonly string[] {
  const { findings } = JSON.parse(json) as { readonly findings: readonly { id: string; severity: string }[] };
  return findings.filter(({ severity }) => severity === 'error').map(({ id }) => id);
}
