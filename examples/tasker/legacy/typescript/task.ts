import type { WorkflowStep } from './workflow-step.js';

/**
 * One run of a named task.
 * Maps to `tasker_tasks` table.
 */
export interface Task {
  task_id: number;
  state: string;
  context: Record<string, unknown>;
  most_recent_error_message: string | null;
  most_recent_error_backtrace: string | null;
  named_task_id: number;
  created_at: Date;
  updated_at: Date;
}

export interface NewTask {
  context: Record<string, unknown>;
  named_task_id: number;
}

/** A task with all of its steps. */
export interface TaskWithSteps {
  task: Task;
  steps: WorkflowStep[];
}
