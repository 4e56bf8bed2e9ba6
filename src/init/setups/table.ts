import type { Project } from '../project.js';
import { readKanel } from './kanel.js';
import { readKyselyCodegen } from './kysely-codegen.js';
import { readPrismaKysely } from './prisma-kysely.js';
import type { ReadSetup, Setup } from './setup.js';

/** Generators whose setups are taken over; the first that a project has counts. */
const readers: readonly ReadSetup[] = [readKyselyCodegen, readPrismaKysely, readKanel];

/** Reads the first setup of another generator that a project has. */
export async function readSetup(project: Project): Promise<Setup | undefined> {
  for (const read of readers) {
    const setup = await read(project);
    if (setup) return setup;
  }
  return undefined;
}
