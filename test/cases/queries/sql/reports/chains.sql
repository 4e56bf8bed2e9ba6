-- name: chain :many
with recursive c as (
  select num, title, 1 as depth from tickets where num = :first
  union all
  select t.num, t.title, c.depth + 1 from tickets t join c on t.after = c.num
)
select num, title, depth from c;

-- name: perStatus :many
select status, grouping(status) as level, count(*) as total, sum(num) as "sum of ""num"""
from tickets group by rollup (status) having count(*) > :least::int;

-- name: perStep :many
select (num / :step::int) as step, count(*) as total from tickets group by num / :step::int;

-- name: either :many
select num, title from open_tickets union select num, null from tickets where num < :below;

-- name: emails :many
select person_id, email from strict_emails;
