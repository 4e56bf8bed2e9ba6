/** What a run may be busy with. Which stages there are depends on the command and on the source. */
export type Stage =
  | 'models'
  | 'connect'
  | 'start'
  | 'load'
  | 'read'
  | 'statements'
  | 'compare'
  | 'usage'
  | 'layout'
  | 'render';

/** Where a run stands, for people who wait. */
export interface Progress {
  readonly stage: Stage;
  /** How many of `total` are done, where that can be counted: statements of SQL, files, diagrams. */
  readonly done?: number;
  readonly total?: number;
  /** Which of the two schemas it is about, for a command that compares two. */
  readonly side?: 'from' | 'to';
}

/** Called with the progress of a run. */
export type OnProgress = (progress: Progress) => void;

/** Reports a stage that can be counted: now as 0 of `total`, and one more with each call of the function it returns. */
export function counting(stage: Stage, total: number, onProgress: OnProgress): () => void {
  let done = 0;
  onProgress({ stage, done, total });
  return () => onProgress({ stage, done: ++done, total });
}
