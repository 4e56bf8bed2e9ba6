-- Not of any query.

-- Open tickets of an organisation,
-- newest */ first: ${x} `y` \z.
-- name: openTickets :many
-- param: nick?
select t.num, t.title, t.due, p.email as assignee_email, t.tags, t.grid
from tickets t left join people p on p.person_id = t.assignee
where t.org_id = :orgId and t.status <> 'closed' and (:'nick' is null or p.nick = :'nick')
order by t.num; -- the end

-- name: ticketByNum :maybe
select num, title, status, assignee from tickets where num = :num
-- a comment ends the text

-- name: countTickets :one
select count(*) as total, max(due) as latest, array_agg(title) as titles from tickets where title like :pattern::text || '%'
;

-- name: addTicket :one
insert into tickets (num, title, due, org_id, assignee, status, tags, after)
values (:num, :title, :due, :org_id, :assignee, :status, :tags, :after)
returning num, due, status, title || '!' as loud;

-- name: addTickets :exec
insert into tickets (num, title, org_id)
select n, t, :orgId from unnest(:nums::int[], :titles::text[]) as u(n, t);

-- name: putPerson :one
insert into people (nick, email, mood, prefs) values (:nick, :email, coalesce(:mood::mood, 'calm'), :prefs)
on conflict (nick) do update set email = excluded.email, prefs = :prefs
returning person_id, nick, email, mood, prefs;

-- name: rename :exec
update tickets set title = :title where num = :num;

-- name: closeAll :many
update tickets t set status = 'closed', due = null from people p
where p.person_id = t.assignee and t.due is not null and p.nick = any(:nicks)
returning t.num, t.due, p.nick, p.email;

-- name: dropClosed :many
with gone as (delete from tickets where status = 'closed' returning num, title, assignee)
select g.num, g.title, p.nick from gone g left join people p on p.person_id = g.assignee;

-- name: everything :many
select * from tickets;
