import { join } from 'node:path';
import { compilers, wholeCost } from './types/compilers.js';
import { type PageProgram, pagePrograms, writePages } from './types/pages.js';
import { createProject } from './types/projects.js';
import { median, root } from './types/run.js';
import { folderUntilExit, postgresUntilExit } from './until-exit.js';

export interface RelatedBenchOptions {
  readonly sizes?: readonly number[];
  readonly rounds?: number;
}

/**
 * Measures what pages of related rows cost the compiler: a program that reads a page for every model with
 * \`withRelated\`, beside one that reads the same with queries over plain table types.
 */
export async function benchRelated({ sizes = [200], rounds = 5 }: RelatedBenchOptions = {}): Promise<string> {
  const folder = folderUntilExit(join(root, 'node_modules/.cache/rowsmith-bench-related'));
  const rows: string[] = [];
  for (const size of sizes) {
    const project = join(folder, String(size));
    const server = await postgresUntilExit('15');
    try {
      await createProject(server, size, project);
    } finally {
      await server.halt();
    }
    const { files, pages } = writePages(project);
    for (const compiler of compilers) {
      const costs: Record<PageProgram, { seconds: number; types: number }[]> = {
        'plain table types': [],
        withRelated: [],
      };
      // In turns, so that whatever else the machine does slows both.
      for (let round = 0; round < rounds; round++)
        for (const name of pagePrograms) costs[name].push(wholeCost(compiler, project, files[name]));
      const seconds = (name: PageProgram) => median(costs[name].map((cost) => cost.seconds));
      const types = (name: PageProgram) => median(costs[name].map((cost) => cost.types));
      const ratio = median(
        costs.withRelated.map((cost, round) => cost.seconds / (costs['plain table types'][round]?.seconds ?? NaN)),
      );
      rows.push(
        `| ${size} | ${pages} | ${compiler} | ${seconds('plain table types').toFixed(2)} s | ${seconds('withRelated').toFixed(2)} s | ${ratio.toFixed(2)} | ${types('plain table types')} | ${types('withRelated')} |`,
      );
    }
  }
  return [
    'Total time of the compiler, with reading and binding files; the types that it made:',
    '',
    '| Tables | Pages | | plain table types | `withRelated` | ratio | types, plain | types, `withRelated` |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
