import { writerBeside, type Beside } from './beside.js';
import { planChanges, planDifferences, type Change, type Difference, type Plan, type Planning } from './plan.js';

/** Where rendered files go. Plain data: it passes to a thread. */
export interface StageInput {
  readonly out: string;
  /** Below the output folder, where files may stand that are no longer produced. */
  readonly folders: readonly string[];
  /** Where files that differ are written; without it nothing is, and their texts are remembered. */
  readonly beside?: Beside;
}

export type Staged = Plan<Change | Difference>;

/** Takes rendered files one by one: compares, and writes what differs. */
export function openStage({ out, folders, beside }: StageInput): Planning<Change | Difference> {
  if (!beside) return planDifferences(out, folders);
  const write = writerBeside(beside);
  const tell = (change: Change, bytes: Buffer | undefined) => {
    if (bytes) write(change.path, bytes);
    return change;
  };
  return planChanges(out, folders, tell);
}
