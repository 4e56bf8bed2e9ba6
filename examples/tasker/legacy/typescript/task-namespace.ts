/** A group of named tasks. */
export interface TaskNamespace {
  task_namespace_id: number;
  name: string;
  description: string | null;
  created_at: Date;
  updated_at: Date;
}
