import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillDatabase } from './fill.js';
import { root } from './types/run.js';

/** Fills the Tasker example with tasks, and with no rows that depend on them. */
export async function fillTasker(url: string, { tasks }: { readonly tasks: number }): Promise<void> {
  const example = ['schema.sql', 'functions.sql'].map((file) =>
    readFileSync(join(root, 'examples/tasker', file), 'utf8').replace(/^\\.*$/gm, ''),
  );
  const rows = `
    set search_path = public;
    insert into tasker_task_namespaces select 1, 'default', null, now(), now();
    insert into tasker_named_tasks select 1, 'n', null, now(), now(), 1;
    insert into tasker_tasks (task_id, named_task_id, complete, requested_at, initiator, source_system, reason, tags, context, identity_hash, created_at, updated_at)
      select i, 1, i % 7 = 0, now() - i * interval '1 second', 'somebody', 'somewhere', 'reason ' || i, '["a", "b"]', '{"order": 17}', 'hash ' || i, now(), now() from generate_series(1, ${tasks}) i`;
  await fillDatabase(url, [...example, rows]);
}
