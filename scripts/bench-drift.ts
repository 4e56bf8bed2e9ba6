/**
 * Times `rowsmith drift` as users run it, the whole process: the Tasker example, and generated schemas of growing size. Run it with
 * `npm run bench:drift` after `npm run build`; it prints the median of several runs and judges nothing.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Catalog, Column } from '../src/catalog/catalog.js';
import { serializeCatalog } from '../src/catalog/serialize.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const runs = Number(process.argv[2] ?? 5);

const types = [
  ['int8', 'bigint', 'i64', 'string'],
  ['varchar', 'character varying', 'String', 'string'],
  ['bool', 'boolean', 'bool', 'boolean'],
  ['jsonb', 'jsonb', 'serde_json::Value', 'unknown'],
  ['timestamp', 'timestamp without time zone', 'DateTime<Utc>', 'Date'],
] as const;
const typeOf = (index: number) => types[index % types.length] ?? types[0];

/** Tables of ten columns; each model lacks one, has one more, and reads timestamps wrongly. */
function columns(): readonly Column[] {
  return Array.from({ length: 10 }, (_, index) => {
    const [name, sql] = typeOf(index);
    return { name: `column_${'abcdefghij'[index]}`, type: { name, sql }, notNull: index % 2 === 0 };
  });
}

function catalogOf(size: number): Catalog {
  const relations = Array.from({ length: size }, (_, index) => ({
    schema: 'public', name: `table_${index}`, kind: 'table' as const, insertable: true, columns: columns(), uniques: [], foreignKeys: [], checks: [], indexes: [],
  }));
  return { schemas: [{ name: 'public' }], relations, enums: [], domains: [], composites: [], ranges: [], baseTypes: [], functions: [], expressions: [] };
}

function rustModel(index: number): string {
  const fields = columns().slice(1).map(({ name }, field) => `    pub ${name}: ${typeOf(field + 1)[2]},`);
  return `/// Maps to \`table_${index}\` table\n#[derive(Debug, FromRow)]\npub struct Table${index} {\n${fields.join('\n')}\n    pub surplus: String,\n}\n`;
}

function typescriptModel(index: number): string {
  const fields = columns().slice(1).map(({ name }, field) => `  ${name}: ${typeOf(field + 1)[3]};`);
  return `export interface Table${index} {\n${fields.join('\n')}\n  surplus: string;\n}\n`;
}

function measure(label: string, args: readonly string[]): void {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli/main.js'), 'drift', '--format', 'json', '--fail-on', 'never', ...args], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 30 });
    if (status !== 0) throw new Error(stderr);
    return performance.now() - start;
  });
  const median = times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
  console.log(`${label.padEnd(36)} median ${(median / 1000).toFixed(2)} s, best ${((times[0] ?? 0) / 1000).toFixed(2)} s`);
}

const folder = mkdtempSync(join(tmpdir(), 'rowsmith-bench-'));
try {
  console.log(`${runs} runs each, Node ${process.version}, ${availableParallelism()} cores`);
  measure('an empty process (--version)', ['--version']);
  measure('Tasker, Rust', ['--source', 'generated/catalog.json', '--models', 'examples/tasker/legacy/rust/*.rs']);
  measure('Tasker, TypeScript', ['--source', 'generated/catalog.json', '--models', 'examples/tasker/legacy/typescript/*.ts']);
  for (const size of [1000, 2000, 4000]) {
    const own = join(folder, String(size));
    mkdirSync(own);
    writeFileSync(join(own, 'catalog.json'), serializeCatalog(catalogOf(size), 'benchmark'));
    for (let index = 0; index < size; index++) {
      writeFileSync(join(own, `table_${index}.rs`), rustModel(index));
      writeFileSync(join(own, `table-${index}.ts`), typescriptModel(index));
    }
    for (const [language, extension] of [['Rust', 'rs'], ['TypeScript', 'ts']] as const) {
      measure(`${size} tables, ${size} ${language} models`, ['--source', join(own, 'catalog.json'), '--models', `${own}/*.${extension}`]);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
