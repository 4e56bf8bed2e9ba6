import { defineConfig, type ModelConfig } from 'rowsmith';

const states = ['pending', 'in_progress', 'complete', 'error', 'cancelled', 'resolved_manually'];

/** What each state may change to. */
const graph = {
  pending: ['in_progress', 'cancelled'],
  in_progress: ['complete', 'error', 'cancelled'],
  error: ['pending', 'cancelled', 'resolved_manually'],
  complete: [],
  cancelled: [],
  resolved_manually: [],
};

/** One value of the newest error transition's metadata, by the key that points at the row. */
const newestError = (transitions: string, foreignKey: string, value: string) => `
  (select e.metadata->>'${value}'
   from ${transitions} e
   where e.${foreignKey} = t.${foreignKey} and e.to_state = 'error'
   order by e.sort_key desc
   limit 1)`;

const errorFields = (transitions: string, foreignKey: string): NonNullable<ModelConfig['computed']> => ({
  mostRecentErrorMessage: {
    sql: newestError(transitions, foreignKey, 'error_message'),
    comment: 'Of the newest transition to "error".',
  },
  mostRecentErrorBacktrace: {
    sql: newestError(transitions, foreignKey, 'error_backtrace'),
    comment: 'Of the newest transition to "error".',
  },
});

export default defineConfig({
  version: 1,
  source: { sql: ['schema.sql', 'functions.sql'] },
  include: ['tasker_*'],
  functions: ['find_tasks', 'backoff_seconds', 'prune_annotations'],
  out: '../../generated',
  queries: ['queries/*.sql'],
  // Tasker writes no infinite timestamps, which would read as `Date | number`, and its programs run in the zone of its timestamps.
  types: { infinity: false, nullElements: false, timestamps: 'local' },
  slices: { steps: ['tasker_workflow_step*', 'tasker_named_steps'] },
  models: {
    stripPrefix: 'tasker_',
    '*': { filled: { created_at: { insert: 'now' }, updated_at: { insert: 'now', update: 'now' } } },
    tasker_tasks: {
      state: { transitions: 'tasker_task_transitions', initial: 'pending', states, graph },
      computed: {
        ...errorFields('tasker_task_transitions', 'task_id'),
        stepCount: {
          sql: '(select count(*) from tasker_workflow_steps s where s.task_id = t.task_id)',
          comment: 'How many steps the task has.',
        },
        ageSeconds: {
          code: './computed/task#ageSeconds',
          needs: ['requestedAt'],
          comment: 'Seconds since the task was requested.',
        },
        summary: {
          code: './computed/task#summary',
          needs: ['taskId', 'state', 'mostRecentErrorMessage'],
          comment: 'One line for a log.',
        },
      },
    },
    tasker_workflow_steps: {
      alias: {
        inputs: 'context',
        results: 'output',
        attempts: { as: 'retryCount', default: 0 },
        retry_limit: { as: 'maxRetries', default: 3 },
      },
      state: { transitions: 'tasker_workflow_step_transitions', initial: 'pending', states, graph },
      computed: {
        ...errorFields('tasker_workflow_step_transitions', 'workflow_step_id'),
        nextRetryAt: {
          sql: `t.last_attempted_at + make_interval(secs => t.backoff_request_seconds)`,
          comment: 'When the backoff that the step asked for ends.',
        },
      },
    },
    tasker_named_tasks: { json: { configuration: './json#NamedTaskConfiguration' } },
    tasker_task_transitions: { json: { metadata: { schema: './json#transitionMetadata', validate: true } } },
  },
});
