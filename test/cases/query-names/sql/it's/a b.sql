-- name: query :one
select 2 as two;
