import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules/.cache/rowsmith-bench-types');
const tableCount = 200;

/** What models cost the compiler: the same queries over 200 models and over their plain Kysely tables. */
export function compareTypes(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const tables = Array.from({ length: tableCount }, (_, index) => table(index)).join('\n');
  writeFileSync(join(folder, 'schema.sql'), tables);
  run(['dist/cli/main.js', 'generate', '--source', join(folder, 'schema.sql'), '--out', join(folder, 'out')]);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const [models, plain] = [instantiations('models', program((index) => [`import { t${index}s } from './out/models/t${index}.js';`, `t${index}s()`, `t${index}`, 'camel'])), instantiations('plain', program((index) => ['', `'t${index}s'`, `t${index}s`, 'snake']))];
  console.log(`Types, ${tableCount} tables, TypeScript 5.9: ${models.toLocaleString('en')} instantiations over models, ${plain.toLocaleString('en')} over plain tables: ${(models / plain).toFixed(2)} (wanted ≤ 1.25)`);
}

function table(index: number): string {
  const parent = index === 0 ? '' : `, parent_id integer references t${index - 1}s`;
  const columns = Array.from({ length: 10 }, (_, column) => `some_column_${column} ${['text', 'integer not null', 'timestamptz', 'jsonb', 'numeric'][column % 5]}`);
  return `create table t${index}s (id integer primary key, ${columns.join(', ')}${parent});`;
}

/** One query for each table: filter, sort, select. */
function program(of: (index: number) => readonly [line: string, from: string, alias: string, style: string]): string {
  const parts = Array.from({ length: tableCount }, (_, index) => {
    const [line, from, alias, style] = of(index);
    const column = (name: string) => `'${alias}.${style === 'camel' ? name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase()) : name}'`;
    const query = `export const q${index} = db.selectFrom(${from}).where(${column('some_column_1')}, '=', 1).orderBy(${column('some_column_2')}).select([${column('id')}, ${column('some_column_0')}]).execute();`;
    return { line, query };
  });
  const imports = parts.flatMap(({ line }) => (line ? [line] : []));
  return [`import type { Kysely } from 'kysely';`, `import type { DB } from './out/db.js';`, ...imports, 'declare const db: Kysely<DB>;', ...parts.map(({ query }) => query)].join('\n');
}

function instantiations(name: string, text: string): number {
  writeFileSync(join(folder, `${name}.ts`), text);
  const options = { target: 'es2022', module: 'nodenext', strict: true, noEmit: true, skipLibCheck: true, types: ['node'] };
  writeFileSync(join(folder, `tsconfig.${name}.json`), JSON.stringify({ compilerOptions: options, files: [`${name}.ts`] }));
  const output = run(['node_modules/typescript/bin/tsc', '-p', join(folder, `tsconfig.${name}.json`), '--extendedDiagnostics']);
  return Number(/Instantiations:\s+(\d+)/.exec(output)?.[1] ?? 0);
}

function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}
