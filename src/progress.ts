/** What a run may be doing. The stages depend on the command and the source. */
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

/** The progress of a run, for people who wait. */
export interface Progress {
  readonly stage: Stage;
  /** How many of `total` are done, if that can be counted: SQL statements, files, diagrams. */
  readonly done?: number;
  readonly total?: number;
  /** Which of the two schemas it is about, in a command that compares two. */
  readonly side?: 'from' | 'to';
}

/** Called with the progress of a run. */
export type OnProgress = (progress: Progress) => void;

/** Reports a stage that can be counted: now as 0 of `total`, and one more with each call of the returned function. */
export function counting(stage: Stage, total: number, onProgress: OnProgress): () => void {
  let done = 0;
  onProgress({ stage, done, total });
  return () => onProgress({ stage, done: ++done, total });
}
