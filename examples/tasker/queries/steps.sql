-- The steps of a task that can start now: every step before them is done, and they are new, or failed with tries left.
-- `depth` counts the steps of the longest way there.
-- name: readySteps :many
with recursive reached (step_id, depth) as (
  select s.workflow_step_id, 1
  from tasker_workflow_steps s
  where s.task_id = :taskId
    and not exists (select from tasker_workflow_step_edges e where e.to_step_id = s.workflow_step_id)
  union
  select e.to_step_id, r.depth + 1
  from reached r
    join tasker_workflow_steps done on done.workflow_step_id = r.step_id and done.processed
    join tasker_workflow_step_edges e on e.from_step_id = r.step_id
)
select s.workflow_step_id, n.name, s.inputs, coalesce(c.to_state, 'pending') as state, max(r.depth) as depth
from reached r
  join tasker_workflow_steps s on s.workflow_step_id = r.step_id
  join tasker_named_steps n on n.named_step_id = s.named_step_id
  left join tasker_workflow_step_transitions c on c.workflow_step_id = s.workflow_step_id and c.most_recent
where (
    c.to_state is null or c.to_state = 'pending'
    or c.to_state = 'error' and s.retryable and coalesce(s.attempts, 0) < coalesce(s.retry_limit, 3)
  )
  and not exists (
    select from tasker_workflow_step_edges e
      join tasker_workflow_steps before on before.workflow_step_id = e.from_step_id
    where e.to_step_id = s.workflow_step_id and not before.processed
  )
group by s.workflow_step_id, n.named_step_id, c.id
order by depth, s.workflow_step_id;

-- Many edges in one statement: an array for each column, as long as the others.
-- name: addEdges :many
insert into tasker_workflow_step_edges (from_step_id, to_step_id, name, created_at, updated_at)
select edge.from_step_id, edge.to_step_id, :name, localtimestamp, localtimestamp
from unnest(:fromStepIds::bigint[], :toStepIds::bigint[]) as edge (from_step_id, to_step_id)
returning id, from_step_id, to_step_id;
