import { join } from 'node:path';
import { type Compiler, checkTime, compilers } from './types/compilers.js';
import { timeCompletion } from './types/completion.js';
import { createProject, type ProgramName, type Project, programNames } from './types/projects.js';
import { median, root } from './types/run.js';
import { folderUntilExit, postgresUntilExit } from './until-exit.js';

export interface TypesBenchOptions {
  readonly sizes?: readonly number[];
  /** Rounds of each program; a whole `DB` of 5,000 tables is checked once. */
  readonly rounds?: number;
}

/**
 * Measures what the generated types cost: the compiler's check time for twenty typical queries through
 * kysely-codegen's output, through the whole `DB`, and through slices, at several sizes of the schema; and how long an
 * editor waits for a completion. 5,000 tables take half an hour.
 */
export async function benchTypes({ sizes = [100, 1000, 5000], rounds = 3 }: TypesBenchOptions = {}): Promise<string> {
  const folder = folderUntilExit(join(root, 'node_modules/.cache/rowsmith-bench'));
  const server = await postgresUntilExit('15');
  const projects: Project[] = [];
  try {
    for (const size of sizes) projects.push(await createProject(server, size, join(folder, String(size))));
  } finally {
    await server.halt();
  }
  const sections: string[] = [];
  for (const compiler of compilers) sections.push(checkTable(compiler, projects, rounds));
  const asked = projects.find(({ tables }) => tables === 1000);
  if (asked) sections.push(await completionTable(asked));
  return sections.join('\n\n');
}

const isWhole = (name: ProgramName) => name === 'kysely-codegen' || name === 'whole DB';

function checkTable(compiler: Compiler, projects: readonly Project[], rounds: number): string {
  const times = checkTimes(compiler, projects, rounds);
  const [smallest] = projects;
  const rows = programNames.map((name) => {
    const cells = projects.map((project) => {
      const measured = times(project, name);
      const compare = (other: readonly number[], what: string) =>
        other.length > 0 ? ` (${spread(measured, other)} of ${what})` : '';
      const peer = name === 'whole DB' ? compare(times(project, 'kysely-codegen'), 'kysely-codegen') : '';
      return `${median(measured).toFixed(2)} s${peer}${isWhole(name) || !smallest || project === smallest ? '' : compare(times(smallest, name), 'the smallest')}`;
    });
    return [name, ...cells];
  });
  return `${compiler}, check time:\n\n${markdown(['', ...projects.map(({ tables }) => `${tables.toLocaleString('en')} tables`)], rows)}`;
}

/**
 * Check times of all programs. Programs and sizes take turns, so that whatever else the machine does slows all of them.
 */
function checkTimes(
  compiler: Compiler,
  projects: readonly Project[],
  rounds: number,
): (project: Project, name: ProgramName) => readonly number[] {
  const times = new Map(
    projects.map((project) => [project, new Map<ProgramName, number[]>(programNames.map((name) => [name, []]))]),
  );
  for (let turn = 0; turn < rounds; turn++) {
    for (const name of programNames) {
      for (const [{ folder, tables, programs: files }, measured] of times)
        if (turn === 0 || !isWhole(name) || tables < 5000)
          measured.get(name)?.push(checkTime(compiler, folder, files[name]));
    }
  }
  return (project, name) => times.get(project)?.get(name) ?? [];
}

/** The median of the ratios of all turns, and the range of the middle half. */
function spread(measured: readonly number[], other: readonly number[]): string {
  const ratios = measured.map((time, turn) => time / (other[turn] ?? NaN)).sort((a, b) => a - b);
  const at = (part: number) => (ratios[Math.floor((ratios.length - 1) * part)] ?? NaN).toFixed(2);
  return ratios.length < 4 ? `${at(0.5)}×` : `${at(0.5)}×, ${at(0.25)} to ${at(0.75)},`;
}

async function completionTable({ folder, tables, programs, completion }: Project): Promise<string> {
  const rows: string[][] = [];
  for (const compiler of compilers) {
    for (const [name, asked] of Object.entries(completion)) {
      const { first, warm, offered } = await timeCompletion(compiler, folder, programs[name as ProgramName], asked);
      rows.push([compiler, name, `${first.toFixed(2)} s`, `${warm.toFixed(3)} s`, String(offered)]);
    }
  }
  return `Completion of a column after a join, ${tables.toLocaleString('en')} tables:\n\n${markdown(['', '', 'first, with the start', 'after an edit', 'columns offered'], rows)}`;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
