-- name: OpenTickets :many
SELECT t.num, t.title, t.due, p.email AS assignee_email, t.tags, t.grid
FROM tickets t LEFT JOIN people p ON p.person_id = t.assignee
WHERE t.org_id = @org_id AND t.status <> 'closed' AND (sqlc.narg('nick')::text IS NULL OR p.nick = sqlc.narg('nick'));
