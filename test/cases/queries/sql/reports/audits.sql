-- name: audits :many
select t.num, a.verdict, a.earlier, a.grade from audits a join tickets t using (num)
where a.verdict <> all (:but::verdict[]);
