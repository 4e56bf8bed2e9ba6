-- Each namespace with its tasks since a moment, or since ever: how many there are, how many run, how many failed.
-- name: namespaceReport :many
select n.name as namespace, n.description,
  count(t.task_id) as tasks,
  count(*) filter (where s.to_state = 'in_progress') as running,
  count(*) filter (where s.to_state = 'error') as failed,
  max(t.requested_at) as last_requested_at
from tasker_task_namespaces n
  left join tasker_named_tasks d on d.task_namespace_id = n.task_namespace_id
  left join tasker_tasks t on t.named_task_id = d.named_task_id and (:since is null or t.requested_at >= :since)
  left join tasker_task_transitions s on s.task_id = t.task_id and s.most_recent
group by n.task_namespace_id
order by n.name;
