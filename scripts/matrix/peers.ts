import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Generator } from './run.js';

/**
 * The compared packages. They are pinned, because the documentation has counts for them. The first one needs the API of
 * `typescript`.
 */
const packages = [
  'kysely-codegen@0.20.0',
  'kanel@4.0.4',
  'kanel-kysely@0.8.0',
  'kysely@0.28.18',
  'pg@8.23.1',
  'typescript@5.9',
];

/** Installs the other generators into a temporary folder. */
export function installPeers(): { readonly generators: readonly Generator[]; remove(): void } {
  const home = mkdtempSync(join(tmpdir(), 'rowsmith-peers-'));
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true }));
  run(home, 'npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages]);
  return {
    generators: [kyselyCodegen(home), kanel(home)],
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

function kyselyCodegen(home: string): Generator {
  return {
    name: 'kysely-codegen 0.20.0',
    table: (name) => `DB[${JSON.stringify(name)}]`,
    async write({ url = '' }, folder) {
      run(home, 'npx', [
        '--no',
        'kysely-codegen',
        '--',
        '--url',
        url,
        '--dialect',
        'postgres',
        '--out-file',
        join(folder, 'db.ts'),
        '--include-pattern',
        '*m_*',
      ]);
      return {
        imports: `import type { DB } from './db.js';\ndeclare const jsonText: (value: unknown) => string;\nvoid jsonText;`,
      };
    },
  };
}

function kanel(home: string): Generator {
  return {
    name: 'kanel 4.0.4 with kanel-kysely 0.8.0',
    table: (name) => `Database[${JSON.stringify(name)}]`,
    async write({ url = '' }, folder) {
      writeFileSync(
        join(home, '.kanelrc.cjs'),
        `const { makeKyselyHook } = require('kanel-kysely');
module.exports = { connection: ${JSON.stringify(url)}, schemas: ['public'], outputPath: ${JSON.stringify(folder)}, preRenderHooks: [makeKyselyHook()], importsExtension: '.js' };`,
      );
      run(home, 'npx', ['--no', 'kanel', '--', '--config', '.kanelrc.cjs']);
      repairEnum(join(folder, 'public', 'Mood.ts'));
      const database =
        readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith('Database.ts')) ??
        'Database.ts';
      return {
        imports: `import type Database from './${database.replace(/\.ts$/, '.js')}';\ndeclare const jsonText: (value: unknown) => string;\nvoid jsonText;`,
      };
    },
  };
}

/**
 * Repairs an enum whose label has a quote. It is a syntax error, because of which the compiler would report none of the
 * other claims.
 */
function repairEnum(file: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(`= 'it's`, `= 'it\\'s`));
}

function run(cwd: string, command: string, args: readonly string[]): void {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${command} ${args.slice(0, 2).join(' ')} failed: ${error?.message ?? ''}${stderr}${stdout}`);
}
