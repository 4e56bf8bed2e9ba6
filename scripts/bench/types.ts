/**
 * What the generated types cost their reader: the compiler's check time for twenty typical queries through kysely-codegen's output,
 * through the whole `DB`, and through slices, at several sizes of the schema; and how long an editor waits for a completion.
 *
 *     npm run bench:types                           everything; 5,000 tables take half an hour
 *     npm run bench:types 100 1000 typescript-7     these sizes, this compiler
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keptFolder, keptPostgres } from './kept.js';
import { timeCompletion } from './types/completion.js';
import { checkTime, compilers, type Compiler } from './types/compilers.js';
import { createProject, programNames, type ProgramName, type Project } from './types/projects.js';
import { median, root } from './types/run.js';

export interface TypesBenchOptions {
  readonly sizes?: readonly number[];
  readonly compilers?: readonly Compiler[];
  /** Of each program; a whole `DB` of 5,000 tables is checked once. */
  readonly runs?: number;
}

/** Measures, and gives a report in Markdown. */
export async function benchTypes({ sizes = [100, 1000, 5000], compilers: chosen = compilers, runs = 3 }: TypesBenchOptions = {}): Promise<string> {
  const folder = keptFolder(join(root, 'node_modules/.cache/rowsmith-bench'));
  const server = await keptPostgres('15');
  const projects: Project[] = [];
  try {
    for (const size of sizes) projects.push(await createProject(server, size, join(folder, String(size))));
  } finally {
    await server.halt();
  }
  const sections: string[] = [];
  for (const compiler of chosen) sections.push(checkTable(compiler, projects, runs));
  const asked = projects.find(({ tables }) => tables === 1000);
  if (asked) sections.push(await completionTable(chosen, asked));
  return sections.join('\n\n');
}

const isWhole = (name: ProgramName) => name === 'kysely-codegen' || name === 'whole DB';

function checkTable(compiler: Compiler, projects: readonly Project[], runs: number): string {
  const columns = projects.map((project) => checkTimes(compiler, project, runs));
  const rows = programNames.map((name) => {
    const cells = columns.map((times) => {
      const seconds = times.get(name) ?? NaN;
      const peer = name === 'whole DB' ? ` (${ratio(seconds, times.get('kysely-codegen'))} of kysely-codegen)` : '';
      const smallest = isWhole(name) || times === columns[0] ? '' : ` (${ratio(seconds, columns[0]?.get(name))} of the smallest)`;
      return `${seconds.toFixed(2)} s${peer}${smallest}`;
    });
    return [name, ...cells];
  });
  return `${compiler}, check time:\n\n${markdown(['', ...projects.map(({ tables }) => `${tables.toLocaleString('en')} tables`)], rows)}`;
}

/** The programs take turns, so that what else the machine does falls on all of them. */
function checkTimes(compiler: Compiler, { folder, tables, programs }: Project, runs: number): Map<ProgramName, number> {
  const times = new Map<ProgramName, number[]>(programNames.map((name) => [name, []]));
  for (let turn = 0; turn < runs; turn++) {
    for (const [name, measured] of times) if (turn === 0 || !isWhole(name) || tables < 5000) measured.push(checkTime(compiler, folder, programs[name]));
  }
  return new Map([...times].map(([name, measured]) => [name, median(measured)]));
}

async function completionTable(chosen: readonly Compiler[], { folder, tables, programs, completion }: Project): Promise<string> {
  const rows: string[][] = [];
  for (const compiler of chosen) {
    for (const [name, asked] of Object.entries(completion)) {
      const { first, warm, offered } = await timeCompletion(compiler, folder, programs[name as ProgramName], asked);
      rows.push([compiler, name, `${first.toFixed(2)} s`, `${warm.toFixed(3)} s`, String(offered)]);
    }
  }
  return `Completion of a column after a join, ${tables.toLocaleString('en')} tables:\n\n${markdown(['', '', 'first, with the start', 'after an edit', 'columns offered'], rows)}`;
}

const ratio = (a: number, b = NaN) => `${(a / b).toFixed(2)}×`;

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const sizes = args.filter((arg) => /^\d+$/.test(arg)).map(Number);
  const chosen = compilers.filter((compiler) => args.includes(compiler));
  console.log(await benchTypes({ ...(sizes.length > 0 ? { sizes } : {}), ...(chosen.length > 0 ? { compilers: chosen } : {}) }));
}
