/** A kind of task that can be run. Maps to `tasker_named_tasks` table. */
export class NamedTask {
  constructor(
    readonly named_task_id: number,
    readonly name: string,
    readonly version: number,
    readonly description: string | null,
    readonly task_namespace_id: number,
    readonly created_at: Date,
    readonly updated_at: Date,
  ) {}
}
