import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, type Config } from '../../src/index.js';
import { typecheck } from '../../test/support/compile.js';
import { checksOf, helpers, type Check, type Spelling } from './checks.js';
import { openPg, openPglite, type Opened } from './drivers.js';
import { createMatrix, type MatrixType } from './schema.js';

/** A generator under test: what it writes for a database, and how its tables are spelled. */
export interface Generator {
  readonly name: string;
  /** Writes its output into a folder; gives the lines that import it. `interval` is spelled as a selected column. */
  write(opened: Opened, folder: string, url: string | undefined): Promise<string>;
  readonly table: (name: string) => string;
}

export interface MatrixResult {
  readonly generator: string;
  readonly profile: string;
  readonly server: string;
  readonly types: number;
  readonly checks: readonly Check[];
  readonly wrong: readonly { readonly check: Check; readonly why: string }[];
}

/** rowsmith itself, for one profile. */
export function rowsmith(config: Pick<Config, 'driver' | 'types'>): Generator {
  return {
    name: 'rowsmith',
    table: (name) => `DB['${name}']`,
    async write(opened, folder) {
      writeFileSync(join(folder, 'source.json'), await opened.catalog());
      await generate({ config: { ...config, source: { catalog: 'source.json' }, include: ['m_*'], out: '.' }, folder });
      return `import type { DB } from './db.js';\nimport { jsonText } from './runtime.js';\nvoid jsonText;`;
    },
  };
}

/** Runs the matrix on one database. */
export async function runMatrix(opened: Opened, generator: Generator, where: { profile: string; server: string; url?: string }): Promise<MatrixResult> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rowsmith-matrix-')));
  try {
    const types = await createMatrix(opened.query);
    await opened.ready();
    const imports = await generator.write(opened, folder, where.url);
    const spelling: Spelling = {
      selected: (table, form) => `Selectable<${generator.table(table)}>['${form}']`,
      inserted: (table, form) => `Insertable<${generator.table(table)}>['${form}']`,
    };
    const checks: Check[] = [];
    for (const type of types) checks.push(...(await checksOf(type, opened, where.profile, spelling)));
    const wrong = compile(folder, header(imports, types, spelling), checks);
    return { generator: generator.name, profile: where.profile, server: where.server, types: types.length, checks, wrong };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function header(imports: string, types: readonly MatrixType[], spelling: Spelling): string[] {
  const interval = types.find(({ name }) => name === 'interval');
  const value = `interface Value { interval: ${interval ? spelling.selected(interval.table, 'scalar') : 'never'} }`;
  return [...`import type { Insertable, Selectable } from 'kysely';\n${imports}\n${value}\n${helpers}`.split('\n')];
}

/** Compiles every claim at once; an error belongs to the claim whose line it names. */
function compile(folder: string, head: readonly string[], checks: readonly Check[]): MatrixResult['wrong'][number][] {
  const lines = [...head];
  const owners = new Map<number, Check>();
  for (const check of checks) {
    for (const line of check.lines) {
      lines.push(line);
      owners.set(lines.length, check);
    }
  }
  writeFileSync(join(folder, 'matrix.ts'), lines.join('\n'));
  const { output } = typecheck({ dir: folder, files: ['matrix.ts'], compiler: '7', resolution: 'nodenext' });
  const wrong = new Map<Check, string>();
  for (const check of checks) if (check.failed !== undefined) wrong.set(check, check.failed);
  for (const line of output.split('\n').filter((line) => / error TS\d+: /.test(line))) {
    const check = owners.get(Number(/matrix\.ts\((\d+),/.exec(line)?.[1]));
    if (!check) throw new Error(`The matrix itself does not compile: ${line}`);
    wrong.set(check, `${wrong.has(check) ? `${wrong.get(check)}; ` : ''}${line.slice(line.indexOf('error TS'))}`);
  }
  return [...wrong].map(([check, why]) => ({ check, why }));
}

export { openPg, openPglite };
