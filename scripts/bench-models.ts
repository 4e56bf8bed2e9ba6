/**
 * What reading through a model costs, beside the best that can be written by hand: 200,000 tasks and 800,000 transitions on
 * PostgreSQL 15. Every line is a ratio of medians of runs in turn, A B A B …, so a slow moment meets both.
 *
 * `npm run bench:models`
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kysely, PostgresDialect, sql, type Compilable } from 'kysely';
import pg from 'pg';
import type { DB } from '../generated/db.js';
import { readTasks, taskInState, tasks } from '../generated/models/task.js';
import { workflowSteps } from '../generated/models/workflow-step.js';
import { taskRelations } from '../generated/relations/task.js';
import { withRelated } from '../generated/runtime/related.js';
import { compareTypes } from './bench-model-types.js';
import { startPostgres } from './postgres.js';

const taskCount = 200_000;
/** Rounds of what takes long, and of single queries, which are short. */
const runs = 15;
const queryRuns = 61;

interface Line {
  readonly what: string;
  readonly model: number;
  readonly byHand: number;
  /** Absent: shown beside the line above. */
  readonly limit?: number;
}

async function main(): Promise<void> {
  const server = await startPostgres('15');
  const pool = new pg.Pool({ connectionString: server.url, max: 1 });
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  try {
    await fill(pool);
    const lines = [...(await onServer(db, pool)), ...(await inProcess(db))];
    print(lines);
    console.log();
    compareTypes();
  } finally {
    await db.destroy();
    await server.stop();
  }
}

/** Four transitions a task; one task in a hundred is in error. */
async function fill(pool: pg.Pool): Promise<void> {
  const example = join(fileURLToPath(new URL('..', import.meta.url)), 'examples/tasker');
  for (const file of ['schema.sql', 'functions.sql']) await pool.query(readFileSync(join(example, file), 'utf8').replace(/^\\.*$/gm, ''));
  await pool.query(`
    set search_path = public;
    insert into tasker_task_namespaces select 1, 'default', null, now(), now();
    insert into tasker_named_tasks select 1, 'n', null, now(), now(), 1;
    insert into tasker_dependent_systems select 1, 's', null, now(), now();
    insert into tasker_named_steps select 1, 1, 'n', null, now(), now();
    insert into tasker_tasks (task_id, named_task_id, complete, requested_at, reason, identity_hash, created_at, updated_at)
      select i, 1, i % 7 = 0, now() - i * interval '1 second', 'reason ' || i, 'hash ' || i, now(), now() from generate_series(1, ${taskCount}) i;
    insert into tasker_task_transitions (to_state, sort_key, most_recent, task_id, metadata, created_at, updated_at)
      select case when k < 4 then (array['pending', 'in_progress', 'pending'])[k] when i % 100 = 0 then 'error' else 'complete' end,
        k * 10, k = 4, i, case when k = 4 and i % 100 = 0 then '{"error_message": "e"}'::jsonb else '{}' end, now(), now()
      from generate_series(1, ${taskCount}) i, generate_series(1, 4) k;
    insert into tasker_workflow_steps (task_id, named_step_id, created_at, updated_at) select 1 + i % 1000, 1, now(), now() from generate_series(1, 5000) i;
    create index on tasker_task_transitions (to_state, task_id) where most_recent;
    vacuum analyze;
    set max_parallel_workers_per_gather = 0; set jit = off`.replace('vacuum analyze;', ''));
  await pool.query('vacuum analyze');
}

async function onServer(db: Kysely<DB>, pool: pg.Pool): Promise<Line[]> {
  const columns = ['task_id', 'named_task_id', 'complete', 'requested_at', 'reason'] as const;
  const stored = db.selectFrom(tasks()).select(['task.taskId', 'task.namedTaskId', 'task.complete', 'task.requestedAt', 'task.reason']);
  const plain = db.selectFrom('tasker_tasks').select(columns);
  const page = db.selectFrom(tasks('task', ['taskId', 'state'])).select(['task.taskId', 'task.state']).orderBy('task.taskId').limit(50);
  const pageOfAll = db.selectFrom(tasks()).select(['task.taskId', 'task.state']).orderBy('task.taskId').limit(50);
  const inError = db.selectFrom(tasks()).where(taskInState('error')).select('task.taskId');
  return [
    { what: 'stored fields of all tasks, against the columns', limit: 1.02, ...(await compare(pool, stored, plain)) },
    { what: 'state for a page of 50, against a left join', limit: 1.1, ...(await compare(pool, page, handWritten.page)) },
    { what: 'the same, of the relation with all its fields', ...(await compare(pool, pageOfAll, handWritten.page)) },
    { what: "taskInState('error'), against a join of the newest transitions", limit: 1.1, ...(await compare(pool, inError, handWritten.inError)) },
  ];
}

const handWritten = {
  page: `select t.task_id, coalesce(s.to_state, 'pending') as state from tasker_tasks t
    left join tasker_task_transitions s on s.task_id = t.task_id and s.most_recent order by t.task_id limit 50`,
  inError: `select t.task_id from tasker_task_transitions s join tasker_tasks t on t.task_id = s.task_id where s.most_recent and s.to_state = 'error'`,
};

/** Milliseconds from sending the text to having its rows: EXPLAIN ANALYZE would add a cost of its own to each node of a plan. */
async function compare(pool: pg.Pool, model: Compilable, byHand: Compilable | string): Promise<{ model: number; byHand: number }> {
  const queries = [inline(model.compile()), typeof byHand === 'string' ? byHand : inline(byHand.compile())];
  const [a = 0, b = 0] = await inTurn(
    queries.map((query) => () => timed(() => pool.query({ text: query, rowMode: 'array' }))),
    queryRuns,
  );
  return { model: a, byHand: b };
}

function inline({ sql: text, parameters }: { readonly sql: string; readonly parameters: readonly unknown[] }): string {
  return text.replace(/\$(\d+)/g, (_match, index: string) => {
    const value = parameters[Number(index) - 1];
    return typeof value === 'number' ? String(value) : pg.escapeLiteral(String(value));
  });
}

async function inProcess(db: Kysely<DB>): Promise<Line[]> {
  const [code = 0, loop = 0] = await inTurn([
    () => timed(() => readTasks(db, ['taskId', 'reason', 'ageSeconds'])),
    () =>
      timed(async () => {
        const rows = await db.selectFrom('tasker_tasks').select(['task_id', 'reason', 'requested_at']).execute();
        return rows.map((row) => ({ taskId: row.task_id, reason: row.reason, ageSeconds: (Date.now() - row.requested_at.getTime()) / 1000 }));
      }),
  ]);
  const parents = await db.selectFrom(tasks()).select(['task.taskId']).orderBy('task.taskId').limit(1000).execute();
  const [related = 0, json = 0] = await inTurn([
    () => timed(() => withRelated(db, parents, { workflowSteps: taskRelations.workflowSteps })),
    () =>
      timed(async () =>
        db
          .selectFrom(tasks())
          .select(['task.taskId', (eb) => eb.selectFrom(workflowSteps()).whereRef('workflowStep.taskId', '=', 'task.taskId').select(sql`coalesce(json_agg("workflowStep"), '[]')`.as('s')).as('workflowSteps')])
          .orderBy('task.taskId')
          .limit(1000)
          .execute(),
      ),
  ]);
  return [
    { what: `${taskCount.toLocaleString('en')} rows with a field of a function, against a loop by hand`, limit: 1.3, model: code, byHand: loop },
    { what: '5,000 related rows of 1,000, against json_agg in the query', limit: 1, model: related, byHand: json },
  ];
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** Medians of each, run in turn after two rounds to warm up. */
async function inTurn(measures: readonly (() => Promise<number>)[], rounds = runs): Promise<number[]> {
  const times = measures.map((): number[] => []);
  for (let round = -2; round < rounds; round++) {
    for (const [index, measure] of measures.entries()) {
      const time = await measure();
      if (round >= 0) times[index]?.push(time);
    }
  }
  return times.map((list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0);
}

function print(lines: readonly Line[]): void {
  console.log('| what | model, ms | by hand, ms | ratio | wanted |\n|---|---|---|---|---|');
  for (const { what, model, byHand, limit } of lines) {
    console.log(`| ${what} | ${model.toFixed(2)} | ${byHand.toFixed(2)} | ${(model / byHand).toFixed(2)} | ${limit === undefined ? '' : `≤ ${limit}`} |`);
  }
}

await main();
