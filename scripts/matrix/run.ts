import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { type Config, generate } from '../../src/index.js';
import { typecheck } from '../../test/support/compile.js';
import { type Check, checksOf, helpers, type Spelling } from './checks.js';
import { type Opened, openPglite, openServer, type ServerDriver } from './drivers.js';
import { createMatrix, type MatrixType } from './schema.js';
import { type Seen, seenOf } from './seen.js';

/** The output of a generator. */
export interface Written {
  /** Lines that import it, for a module in the same folder. */
  readonly imports: string;
  /** Options that its parsers add to the pool, if it has parsers. */
  readonly pool?: pg.PoolConfig;
}

/** A generator under test: how to run it, and how it spells a table. */
export interface Generator {
  readonly name: string;
  write(opened: Opened, folder: string): Promise<Written>;
  readonly table: (name: string) => string;
}

/** A driver as used in programs, with the variants of the samples that belong to it. */
export interface Profile {
  readonly name: string;
  /** What reads and writes: a driver that connects to a server, or PGlite, which has no server. */
  readonly driver: ServerDriver | 'pglite';
  readonly samples: readonly string[];
  readonly config: Pick<Config, 'driver' | 'types'>;
}

export const profiles: readonly Profile[] = [
  { name: 'pg', driver: 'pg', samples: ['pg'], config: {} },
  { name: 'pg-parsers', driver: 'pg', samples: ['pg-parsers'], config: { driver: 'pg-parsers' } },
  {
    name: 'pg-parsers, dates and int8 otherwise',
    driver: 'pg',
    samples: ['pg-parsers', 'dates'],
    config: { driver: { name: 'pg-parsers', dates: 'date', int8: 'string' } },
  },
  {
    name: 'pg-parsers, Temporal and a decimal class',
    driver: 'pg',
    samples: ['pg-parsers', 'classes'],
    config: { driver: { name: 'pg-parsers', dates: 'temporal-polyfill#Temporal', numeric: 'decimal.js#Decimal' } },
  },
  { name: '@neondatabase/serverless', driver: 'neon', samples: ['pg', 'neon'], config: {} },
  { name: 'postgres', driver: 'postgres', samples: ['postgres'], config: { driver: 'postgres' } },
  { name: 'pglite', driver: 'pglite', samples: ['pglite'], config: { driver: 'pglite' } },
];

/** A database for a profile: an empty one on a server, or PGlite's own. */
export function openFor({ driver }: Profile, emptyDatabase: () => Promise<string>): Promise<Opened> {
  return driver === 'pglite' ? openPglite() : emptyDatabase().then((url) => openServer(url, driver));
}

export interface MatrixResult {
  readonly types: number;
  readonly seen: readonly Seen[];
  readonly checks: readonly Check[];
  readonly wrong: readonly { readonly check: Check; readonly why: string }[];
}

/** rowsmith itself, for one profile. */
export function rowsmith({ config }: Profile): Generator {
  return {
    name: 'rowsmith',
    table: (name) => `DB['${name}']`,
    async write(opened, folder) {
      writeFileSync(join(folder, 'source.json'), await opened.catalog());
      const { files } = await generate({
        config: { ...config, source: { catalog: 'source.json' }, include: ['m_*'], out: '.' },
        folder,
      });
      const imports = `import type { DB } from './db.js';\nimport { jsonText } from './runtime/write.js';\nimport { Temporal } from 'temporal-polyfill';\nimport { Decimal } from 'decimal.js';\nvoid [jsonText, Temporal, Decimal];`;
      if (!files.some(({ path }) => path === 'parsers.ts')) return { imports };
      const { parsers } = (await import(join(folder, 'parsers.ts'))) as { readonly parsers: () => pg.PoolConfig };
      return { imports, pool: parsers() };
    },
  };
}

/** Runs the matrix on an empty database. */
export async function runMatrix(opened: Opened, generator: Generator, profile: Profile): Promise<MatrixResult> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rowsmith-matrix-')));
  try {
    // The parsers resolve their imports from their own folder.
    symlinkSync(
      fileURLToPath(new URL('../../node_modules', import.meta.url)),
      join(folder, 'node_modules'),
      'junction',
    );
    const types = await createMatrix(opened.query, profile.samples);
    await opened.ready();
    const { imports, pool } = await generator.write(opened, folder);
    const spelling: Spelling = {
      selected: (table, form) => `Selectable<${generator.table(table)}>['${form}']`,
      inserted: (table, form) => `Insertable<${generator.table(table)}>['${form}']`,
    };
    const db = opened.connect(pool);
    const checks: Check[] = [];
    const seen: Seen[] = [];
    for (const type of types) {
      seen.push(await seenOf(type, db));
      checks.push(...(await checksOf(type, db, spelling)));
    }
    return { types: types.length, seen, checks, wrong: compile(folder, header(imports, types, spelling), checks) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function header(imports: string, types: readonly MatrixType[], spelling: Spelling): string[] {
  const interval = types.find(({ name }) => name === 'interval');
  const value = `interface Value { interval: ${interval ? spelling.selected(interval.table, 'scalar') : 'never'} }`;
  return [...`import type { Insertable, Selectable } from 'kysely';\n${imports}\n${value}\n${helpers}`.split('\n')];
}

/** Compiles all claims at once. An error belongs to the claim on its line. */
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
    if (!check) {
      wrong.set({ type: 'the output itself', form: 'scalar', kind: 'read', lines: [] }, line);
      continue;
    }
    wrong.set(check, `${wrong.has(check) ? `${wrong.get(check)}; ` : ''}${line.slice(line.indexOf('error TS'))}`);
  }
  return [...wrong].map(([check, why]) => ({ check, why }));
}
