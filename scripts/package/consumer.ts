import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withCheck } from '../../test/support/compile.js';
import { install, project, root, run } from './scratch.js';

/** Node versions to test: the supported lines and the newest release. */
export const nodeVersions = ['20', '22', '24', 'latest'] as const;
export const kyselyVersions = ['0.27', '0.28', '0.29', '0.30.0-beta.2'] as const;

const given =
  '[{"id":1,"status":"open","stepCount":0},[{"id":1,"title":"Pack","status":"open","stepCount":1}],{"id":1,"taskId":1,"task":{"id":1,"title":"Pack","status":"open","stepCount":1}}]\n' +
  '[[{"id":2,"title":"a","stepCount":0},{"id":3,"title":"b","stepCount":0}],{"title":"c","stepCount":0},{"id":1,"taskId":2},[true,false,null]]\n';

/** Creates a project with the archive installed. */
export function consumer(archive: string): string {
  const folder = project('consumer', [archive, `kysely@${kyselyVersions[0]}`]);
  cpSync(fileURLToPath(new URL('consumer', import.meta.url)), folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ ...(JSON.parse(run('npm', ['pkg', 'get'], folder)) as object), type: 'module' }),
  );
  return folder;
}

/** The paths of the Node programs, by release line. */
export function nodes(): ReadonlyMap<string, string> {
  const platform = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = project(
    'nodes',
    nodeVersions.map((version) => `node-${version}@npm:${platform}@${version}`),
  );
  return new Map(nodeVersions.map((version) => [version, join(folder, 'node_modules', `node-${version}`, 'bin/node')]));
}

/**
 * Checks a Node version with the command line, an ES module that imports the package, and a CommonJS module that calls
 * `import()`, each with a config in TypeScript.
 */
export function worksOn(node: string, folder: string): void {
  const cli = join(folder, 'node_modules/rowsmith/dist/cli/main.js');
  run(node, [cli, 'generate'], folder);
  expect(run(node, ['use.mjs'], folder), '0 true config-not-found\n');
  expect(run(node, ['use.cjs'], folder), '0\n');
}

/** Checks that the generated code compiles strictly with a version of Kysely, and runs. */
export function worksWith(kysely: string, folder: string): void {
  install(folder, [`kysely@${kysely}`]);
  run(process.execPath, ['node_modules/rowsmith/dist/cli/main.js', 'generate'], folder);
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'dom', 'esnext.disposable'],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    outDir: 'out',
    rootDir: '.',
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  for (const file of generated(folder))
    writeFileSync(join(folder, file), withCheck(readFileSync(join(folder, file), 'utf8')));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['use.ts', 'rowsmith.config.ts', ...generated(folder)] }),
  );
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], folder);
  expect(run(process.execPath, ['out/use.js'], folder), given);
}

const generated = (folder: string) =>
  readdirSync(join(folder, 'generated'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `generated/${name}`);

function expect(found: string, wanted: string): void {
  if (found !== wanted) throw new Error(`Expected ${wanted}got ${found}`);
}
