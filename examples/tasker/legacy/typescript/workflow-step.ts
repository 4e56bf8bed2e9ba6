/**
 * A step of a task, with what it was given and what came out.
 * Maps to `tasker_workflow_steps` table.
 */
export interface WorkflowStep {
  workflow_step_id: number;
  state: string;
  context: Record<string, unknown>;
  output: Record<string, unknown>;
  retry_count: number;
  max_retries: number;
  next_retry_at: Date | null;
  most_recent_error_message: string | null;
  most_recent_error_backtrace: string | null;
  task_id: number;
  named_step_id: number;
  created_at: Date;
  updated_at: Date;
}

/** Plans the next attempt after a failure: the step's id, and when. */
export const scheduleRetry = `
  UPDATE tasker_workflow_steps
  SET next_retry_at = $2, updated_at = now()
  WHERE workflow_step_id = $1
`;
