-- Line /* of */ `code` ${x}.
-- name: query :one
select 1 as one;
