import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryPath } from '../../test/support/repository.js';
import { project, run, scratch } from './scratch.js';

/**
 * Bundlers, with the command with which each bundles `program.mjs` into a folder of its own. esbuild's ES modules have
 * no `require`, which CommonJS packages call.
 */
const bundlers: Readonly<Record<string, { readonly command: readonly string[]; readonly program: string }>> = {
  rolldown: {
    command: [
      'rolldown',
      'program.mjs',
      '--platform',
      'node',
      '--dir',
      'rolldown',
      '--entry-file-names',
      '[name].mjs',
      '--chunk-file-names',
      '[name].mjs',
    ],
    program: 'rolldown/program.mjs',
  },
  'esbuild, ES modules': {
    command: [
      'esbuild',
      'program.mjs',
      '--bundle',
      '--platform=node',
      '--format=esm',
      '--outfile=esbuild/program.mjs',
      '--log-level=error',
      "--banner:js=import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    ],
    program: 'esbuild/program.mjs',
  },
  'esbuild, CommonJS': {
    command: [
      'esbuild',
      'program.mjs',
      '--bundle',
      '--platform=node',
      '--format=cjs',
      '--outfile=commonjs/program.cjs',
      '--log-level=error',
    ],
    program: 'commonjs/program.cjs',
  },
};

const program = `
import { generate } from 'rowsmith';
const [kind, value] = process.argv.slice(2);
generate({ config: { source: { [kind]: value }, out: 'out' } }).then(
  ({ catalog }) => console.log(catalog.relations.map(({ name }) => name).join()),
  ({ code, message }) => console.log(code + ': ' + message),
);
`;

/**
 * Checks a program that is bundled with rowsmith. It can read a database and a catalog wherever it is put. If rowsmith
 * is installed next to it, it can read SQL too; otherwise it says what is missing.
 */
export function worksBundled(archive: string, url: string): void {
  const folder = project('bundled', [archive, 'rolldown@1.3.3', 'esbuild@0.25.12'], {
    'program.mjs': program,
    'schema.sql': 'create table items (id integer);',
  });
  cpSync(repositoryPath('test/cases/schemas/expected/catalog.json'), join(folder, 'catalog.json'));
  const alone = join(scratch, 'bundled-alone');
  for (const [name, { command, program: path }] of Object.entries(bundlers)) {
    const [binary = '', ...args] = command;
    run(join(folder, 'node_modules/.bin', binary), args, folder);
    cpSync(folder, alone, { recursive: true, filter: (from) => !from.includes('node_modules') });
    const says = (at: string, kind: string, value: string, expected: RegExp) => {
      const said = run(process.execPath, [join(at, path), kind, value], at);
      if (!expected.test(said)) throw new Error(`${name}, ${kind}: ${said}`);
    };
    for (const at of [folder, alone]) {
      says(at, 'url', url, /^things\n$/);
      says(at, 'catalog', 'catalog.json', /^Odd Table,user_data,userdata,users,events,users\n$/);
    }
    says(folder, 'sql', 'schema.sql', /^items\n$/);
    says(
      alone,
      'sql',
      'schema.sql',
      /^peer-missing: .* of the package rowsmith is needed, but rowsmith is not installed beside this program\.\n$/,
    );
  }
}

/** Checks that an error with `--verbose` shows lines of `src/`. */
export function tracesSources(folder: string): void {
  const command = `"${process.execPath}" node_modules/rowsmith/dist/cli/main.js generate --source none.json --verbose 2>&1 || true`;
  const said = run('sh', ['-c', command], folder);
  if (!/at .*\/src\/catalog\/catalog-file\.ts:\d+/.test(said)) throw new Error(said);
}
