/**
 * What happens at the far end: schemas of many tables, many tenants, many columns, many labels. `rowsmith generate` as a whole process, its
 * time for each table against that of the smallest schema, and the time of `tsc --noEmit` over all that it wrote. PostgreSQL 15 on loopback.
 *
 *     npm run bench:scale               1,000 and 20,000 tables, 1,000 tenants; making them takes a few minutes
 *     npm run bench:scale 100 500       these numbers of tables, and as many tenants as the last one has
 */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fillDatabase } from './fill.js';
import { keptFolder, keptPostgres } from './kept.js';
import { inTurn, type Cost } from './process.js';
import { longEnum, manyTables, manyTenants, wideTable, type LargeSchema } from './scale/schemas.js';
import { root, run } from './types/run.js';

export interface ScaleBenchOptions {
  readonly sizes?: readonly number[];
  readonly rounds?: number;
}

/** Measures, and gives a table in Markdown; `sizes` are numbers of tables. */
export async function benchScale({ sizes = [1_000, 20_000], rounds = 3 }: ScaleBenchOptions = {}): Promise<string> {
  const server = await keptPostgres('15');
  const folder = keptFolder();
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const schemas = [...sizes.map((size) => manyTables(size)), manyTenants(Math.min(1_000, sizes.at(-1) ?? 1)), wideTable(), longEnum()];
    const rows: string[] = [];
    let smallest: number | undefined;
    for (const [index, schema] of schemas.entries()) {
      const url = await server.createDatabase(`large_${index}`);
      await fillDatabase(url, schema.statements());
      const { generate, floor, compile } = measure(join(folder, String(index)), url, schema, rounds);
      smallest ??= generate.time / schema.tables;
      const each = generate.time / schema.tables;
      rows.push(`| ${[
        schema.name, seconds(generate), memory(generate), `${each.toFixed(2)} ms`, schema.tables === 1 ? '' : (each / smallest).toFixed(2),
        seconds(floor), memory(floor), `${(compile / 1000).toFixed(2)} s${schema.tables > compiledWhole && index < sizes.length ? ', `db.ts` alone' : ''}`,
      ].join(' | ')} |`);
    }
    return ['| Schema | generate | peak | for each table | ÷ smallest | floor | its peak | tsc --noEmit |', '|---|---|---|---|---|---|---|---|', ...rows].join('\n');
  } finally {
    await server.halt();
  }
}

function measure(folder: string, url: string, { config, tables }: LargeSchema, rounds: number): { readonly generate: Cost; readonly floor: Cost; readonly compile: number } {
  const project = (run: number) => join(folder, String(run));
  const costs = inTurn(
    {
      generate: (run) => {
        mkdirSync(project(run), { recursive: true });
        writeFileSync(join(project(run), 'rowsmith.config.json'), JSON.stringify({ ...config, source: { url }, timeout: 600 }));
        return { args: [join(root, 'dist/cli/main.js'), 'generate'], cwd: project(run) };
      },
      floor: (run) => ({ args: [join(root, 'scripts/bench/floor.mjs'), url, join(project(run), 'floor.ts')] }),
    },
    rounds,
  );
  return { ...costs, compile: compileTime(project(rounds), tables > compiledWhole && !('tenants' in config)) };
}

/** More tables than these have more files than a compiler should be given: `DB` alone is compiled, as by a program that uses slices of it. */
const compiledWhole = 5_000;

/** Milliseconds, once, of TypeScript 7. */
function compileTime(folder: string, tablesAlone: boolean): number {
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const compilerOptions = { target: 'es2022', lib: ['es2022'], module: 'nodenext', strict: true, noEmit: true, skipLibCheck: true, types: ['node'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: [tablesAlone ? 'generated/db.ts' : 'generated'] }));
  const start = performance.now();
  run([join(root, 'node_modules/typescript-7/bin/tsc'), '-p', folder]);
  return performance.now() - start;
}

const seconds = ({ time }: Cost) => `${(time / 1000).toFixed(2)} s`;
const memory = (cost: Cost) => `${cost.memory.toFixed(0)} MiB`;

if (pathToFileURL(process.argv[1] ?? '').href === import.meta.url) {
  const sizes = process.argv.slice(2).map(Number);
  console.log(await benchScale(sizes.length > 0 ? { sizes } : {}));
}
