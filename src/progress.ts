/** What a run may be busy with, in its order; which of them there are depends on the source. */
export type Stage = 'connect' | 'start' | 'load' | 'read' | 'render';

/** Where a run stands, for people who wait. */
export interface Progress {
  readonly stage: Stage;
  /** How much of the stage is done, where that can be counted: statements of SQL. */
  readonly done?: number;
  readonly total?: number;
}
