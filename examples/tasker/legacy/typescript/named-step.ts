/** A kind of step that named tasks are made of. */
export type NamedStep = {
  named_step_id: number;
  name: string;
  version: number;
  description: string | null;
  handler_class: string;
  created_at: Date;
  updated_at: Date;
};
