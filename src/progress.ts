/** What a run may be busy with; which of them there are depends on what is asked for, and on the source. */
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
  /** How much of the stage is done, where that can be counted: statements of SQL, files, diagrams. */
  readonly done?: number;
  readonly total?: number;
  /** Which of two schemas it is about, where two are compared. */
  readonly side?: 'from' | 'to';
}

export type OnProgress = (progress: Progress) => void;

/** Reports a stage of which each call does one more of `total`. */
export function counting(stage: Stage, total: number, onProgress: OnProgress): () => void {
  let done = 0;
  onProgress({ stage, done, total });
  return () => onProgress({ stage, done: ++done, total });
}
