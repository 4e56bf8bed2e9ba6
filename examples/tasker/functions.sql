-- Functions over a row become computed fields by themselves.

CREATE FUNCTION public.retries_left(public.tasker_workflow_steps) RETURNS integer
    LANGUAGE sql STABLE
    AS $_$ SELECT greatest(coalesce($1.retry_limit, 3) - coalesce($1.attempts, 0), 0) $_$;

COMMENT ON FUNCTION public.retries_left(public.tasker_workflow_steps) IS 'How often the step may be tried again.';

-- Functions and procedures that the config names get a typed caller each.

CREATE FUNCTION public.find_tasks(initiated_by text, max_rows integer DEFAULT 10) RETURNS SETOF public.tasker_tasks
    LANGUAGE sql STABLE
    AS $_$ SELECT * FROM public.tasker_tasks WHERE initiator = initiated_by ORDER BY requested_at LIMIT max_rows $_$;

CREATE FUNCTION public.backoff_seconds(attempts integer, base integer DEFAULT 2) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT
    AS $_$ SELECT power(base, attempts)::integer $_$;

COMMENT ON FUNCTION public.backoff_seconds(integer, integer) IS 'How long to wait before the next attempt.';

CREATE PROCEDURE public.prune_annotations(made_before timestamp without time zone, INOUT pruned bigint DEFAULT 0)
    LANGUAGE plpgsql
    AS $_$
BEGIN
    DELETE FROM public.tasker_task_annotations WHERE created_at < made_before;
    GET DIAGNOSTICS pruned = ROW_COUNT;
END $_$;
