import { defineConfig, type ModelConfig } from 'rowsmith';

const states = ['pending', 'in_progress', 'complete', 'error', 'cancelled', 'resolved_manually'];

/** One value of the newest error transition's metadata, by the key that points at the row. */
const newestError = (transitions: string, foreignKey: string, value: string) => `
  (select e.metadata->>'${value}'
   from ${transitions} e
   where e.${foreignKey} = t.${foreignKey} and e.to_state = 'error'
   order by e.sort_key desc
   limit 1)`;

const errorFields = (transitions: string, foreignKey: string): ModelConfig['computed'] => ({
  mostRecentErrorMessage: { sql: newestError(transitions, foreignKey, 'error_message'), comment: 'Of the newest transition to "error".' },
  mostRecentErrorBacktrace: { sql: newestError(transitions, foreignKey, 'error_backtrace'), comment: 'Of the newest transition to "error".' },
});

export default defineConfig({
  source: { sql: 'schema.sql' },
  include: ['tasker_*'],
  out: '../../generated',
  // Tasker writes no infinite timestamps; without this line they would read as `Date | number`.
  types: { infinity: false },
  models: {
    stripPrefix: 'tasker_',
    tasker_tasks: {
      state: { transitions: 'tasker_task_transitions', initial: 'pending', states },
      computed: errorFields('tasker_task_transitions', 'task_id') ?? {},
    },
    tasker_workflow_steps: {
      alias: {
        inputs: 'context',
        results: 'output',
        attempts: { as: 'retryCount', default: 0 },
        retry_limit: { as: 'maxRetries', default: 3 },
      },
      state: { transitions: 'tasker_workflow_step_transitions', initial: 'pending', states },
      computed: {
        ...errorFields('tasker_workflow_step_transitions', 'workflow_step_id'),
        nextRetryAt: {
          sql: `t.last_attempted_at + make_interval(secs => t.backoff_request_seconds)`,
          comment: 'When the backoff that the step asked for ends.',
        },
      },
    },
  },
});
