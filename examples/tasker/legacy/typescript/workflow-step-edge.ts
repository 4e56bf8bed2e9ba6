/** An arrow of the step graph. */
export interface WorkflowStepEdge {
  from_step_id: number;
  to_step_id: number;
  created_at: Date;
  updated_at: Date;
}
