-- Functions over a row become computed fields by themselves.

CREATE FUNCTION public.retries_left(public.tasker_workflow_steps) RETURNS integer
    LANGUAGE sql STABLE
    AS $_$ SELECT greatest(coalesce($1.retry_limit, 3) - coalesce($1.attempts, 0), 0) $_$;

COMMENT ON FUNCTION public.retries_left(public.tasker_workflow_steps) IS 'How often the step may be tried again.';
