/** What all changes of state have. */
interface Transition {
  id: number;
  to_state: string;
  from_state: string | null;
  metadata: Record<string, unknown>;
  sort_key: number;
  most_recent: boolean;
  created_at: Date;
  updated_at: Date;
}

/** One change of a task's state. Maps to `tasker_task_transitions` table. */
export interface TaskTransition extends Transition {
  task_id: number;
}

/** One change of a step's state. Maps to `tasker_workflow_step_transitions` table. */
export interface WorkflowStepTransition extends Transition {
  workflow_step_id: number;
}
