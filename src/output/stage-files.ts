import type { OutputFile } from '../emit/output-file.js';
import type { Difference, Plan } from './plan.js';
import { openStage, type StageInput, type Staged } from './stage.js';

/** Rendered files, not one of which is made before it is taken. */
export interface Stream {
  readonly files: Iterable<OutputFile>;
  /** Of how many columns the files are made, which tells how much is to come before anything does. */
  readonly columns: number;
}

/** Lets the event loop turn; throws where the run was interrupted meanwhile. */
export type Pause = () => Promise<void>;

/** Columns from which on a thread saves more than its start costs. */
const worthThread = 5000;

/** Characters after which whoever waits for the event loop has a turn: it takes some tens of milliseconds to render them. */
const turnEvery = 1024 * 1024;

/** Starts the thread before there is a file, where there will be enough for one. Resolves when it is ready. */
export async function expectFiles(columns: number): Promise<void> {
  if (columns >= worthThread) await (await import('./stage-thread.js')).startAhead();
}

/** Stages files as they are rendered, in a thread where they are many. `held` gets what ends the thread at once. */
export async function stageFiles(input: StageInput, { files, columns }: Stream, pause: Pause, held: (() => void)[] = []): Promise<Staged> {
  return columns < worthThread ? stageHere(input, files, pause) : stageInThread(input, files, pause, held);
}

/** How an output folder differs from rendered files; nothing is written. */
export async function findDifferences(input: Omit<StageInput, 'beside'>, stream: Stream, pause: Pause): Promise<Plan<Difference>> {
  // Where nothing is written, texts are remembered.
  return (await stageFiles(input, stream, pause)) as Plan<Difference>;
}

async function stageHere(input: StageInput, files: Iterable<OutputFile>, pause: Pause): Promise<Staged> {
  const stage = openStage(input);
  for await (const { path, text } of pausing(files, pause)) stage.add(path, Buffer.from(text));
  return stage.finish();
}

async function stageInThread(input: StageInput, files: Iterable<OutputFile>, pause: Pause, held: (() => void)[]): Promise<Staged> {
  const { StageThread } = await import('./stage-thread.js');
  const thread = new StageThread(input);
  held.push(() => void thread.end());
  try {
    for await (const { path, text } of pausing(files, pause)) await thread.add(path, text);
    return await thread.finish();
  } finally {
    await thread.end();
  }
}

async function* pausing(files: Iterable<OutputFile>, pause: Pause): AsyncGenerator<OutputFile> {
  let rendered = 0;
  for (const file of files) {
    yield file;
    rendered += file.text.length;
    if (rendered < turnEvery) continue;
    rendered = 0;
    await pause();
  }
}
