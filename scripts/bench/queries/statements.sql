-- columns: course_id! title! level? teacher_id? starts?
-- name: s01 :many
select course_id, title, level, teacher_id, starts from course where course_id = :id;

-- columns: course_id! title! starts!
-- name: s02 :many
select course_id, title, starts from course where starts >= :since order by starts;

-- columns: title! teacher? email?
-- name: s03 :many
select c.title, t.name as teacher, t.email from course c left join teacher t on t.teacher_id = c.teacher_id;

-- columns: title! teacher_id! teacher! email?
-- name: s04 :many
select c.title, c.teacher_id, t.name as teacher, t.email from course c join teacher t using (teacher_id);

-- columns: title! teacher! hired!
-- name: s05 :many
select c.title, t.name as teacher, t.hired from course c left join teacher t on t.teacher_id = c.teacher_id where t.hired > :day;

-- columns: name! boss? grand?
-- name: s06 :many
select t.name, b.name as boss, g.name as grand from teacher t left join teacher b on b.teacher_id = t.boss_id left join teacher g on g.teacher_id = b.boss_id;

-- columns: students! graded! best? average? total!
-- name: s07 :one
select count(*) as students, count(grade) as graded, max(grade) as best, avg(grade) as average, coalesce(sum(grade), 0) as total from enrolment where course_id = :id;

-- columns: course_id! students! last! best? notes?
-- name: s08 :many
select course_id, count(*) as students, max(since) as last, max(grade) as best, string_agg(note, ', ') as notes from enrolment group by course_id;

-- columns: level? courses! cheapest! starts?
-- name: s09 :many
select level, count(*) as courses, min(price) as cheapest, min(starts) as starts from course group by level;

-- columns: level! courses! cheapest!
-- name: s10 :many
select level, count(*) as courses, min(price) as cheapest from course where level is not null group by level having count(*) > :least;

-- columns: city? born_year? students! is_total!
-- name: s11 :many
select city, extract(year from born) as born_year, count(*) as students, grouping(city) as is_total from student group by rollup (city, extract(year from born));

-- columns: label! nick? shown! initial!
-- name: s12 :many
select name || ' #' || student_id as label, nick, coalesce(nick, name) as shown, upper(left(name, 1)) as initial from student;

-- columns: student_id! nick! lower!
-- name: s13 :many
select student_id, nick, lower(nick) as lower from student where nick like :pattern;

-- columns: student_id! nick! city?
-- name: s14 :many
select student_id, nick, city from student where nick = any(:nicks) or (nick is not null and city = :city);

-- columns: student_id! name! nick?
-- name: s15 :many
select student_id, name, nick from student where (:nick::text is null or nick = :nick) limit :most;

-- columns: name! mentor? in_town! same_town?
-- name: s16 :many
select s.name, m.name as mentor, s.city is not null as in_town, s.city = m.city as same_town from student s left join student m on m.student_id = s.mentor_id;

-- columns: lessons! minutes? first? course_id!
-- name: s17 :many
select count(l.lesson_id) as lessons, sum(l.minutes) as minutes, min(l.held) as first, c.course_id from course c left join lesson l on l.course_id = c.course_id group by c.course_id;

-- columns: title! lessons! minutes! next?
-- name: s18 :many
select c.title, (select count(*) from lesson l where l.course_id = c.course_id) as lessons,
  (select coalesce(sum(l.minutes), 0) from lesson l where l.course_id = c.course_id) as minutes,
  (select min(l.held) from lesson l where l.course_id = c.course_id and l.held > now()) as next
from course c;

-- columns: title! has_lessons! rooms! taught?
-- name: s19 :many
select title, exists (select from lesson l where l.course_id = c.course_id) as has_lessons,
  array(select room from lesson l where l.course_id = c.course_id) as rooms,
  teacher_id in (select teacher_id from teacher where hired < :day) as taught
from course c;

-- columns: course_id! title! starts! teacher! final!
-- name: s20 :many
select course_id, title, starts, teacher, final from open_course order by final;

-- columns: title? student? grade?
-- name: s21 :many
select c.title, s.name as student, e.grade from course c left join enrolment e on e.course_id = c.course_id full join student s on s.student_id = e.student_id;

-- columns: student? title! since?
-- name: s22 :many
select s.name as student, c.title, e.since from enrolment e join student s using (student_id) right join course c on c.course_id = e.course_id;

-- columns: name! position! before? running! share!
-- name: s23 :many
select s.name, row_number() over w as position, lag(e.grade) over w as before, sum(c.price) over w as running, percent_rank() over w as share
from enrolment e join student s using (student_id) join course c using (course_id) window w as (partition by e.course_id order by e.since);

-- columns: payment_id! amount! paid? course? status!
-- name: s24 :many
select p.payment_id, p.amount, p.paid, c.title as course, case when p.paid is null then 'open' when p.course_id is null then 'gift' else 'paid' end as status
from payment p left join course c on c.course_id = p.course_id;

-- columns: payment_id! paid! since_paid! month?
-- name: s25 :many
select payment_id, paid, now() - paid as since_paid, extract(month from paid) as month from payment where paid is not null;

-- columns: who! kind!
-- name: s26 :many
select name as who, 'teacher' as kind from teacher union all select name, 'student' from student order by 1;

-- columns: email?
-- name: s27 :many
select email from teacher union select nick from student;

-- columns: city!
-- name: s28 :many
select city from student intersect select name from teacher;

-- columns: name!
-- name: s29 :many
select name from teacher except select nick from student;

-- columns: depth! teacher_id! name! boss_id?
-- name: s30 :many
with recursive line as (
  select 1 as depth, teacher_id, name, boss_id from teacher where teacher_id = :id
  union all select line.depth + 1, t.teacher_id, t.name, t.boss_id from line join teacher t on t.teacher_id = line.boss_id where line.depth < 9
) select depth, teacher_id, name, boss_id from line;

-- columns: student_id! paid! owed! rest!
-- name: s31 :many
with paid as (select student_id, sum(amount) as total from payment where paid is not null group by student_id),
  owed as (select e.student_id, sum(c.price) as total from enrolment e join course c using (course_id) group by e.student_id)
select s.student_id, coalesce(paid.total, 0) as paid, coalesce(owed.total, 0) as owed, coalesce(owed.total, 0) - coalesce(paid.total, 0) as rest
from student s left join paid using (student_id) left join owed using (student_id);

-- columns: day! lessons! room?
-- name: s32 :many
select d::date as day, count(l.lesson_id) as lessons, max(l.room) as room from generate_series(:first::date, :first::date + 6, interval '1 day') d
left join lesson l on l.held::date = d group by d;

-- columns: name! skill!
-- name: s33 :many
select t.name, string_to_table(t.name, 'a') as skill from teacher t;

-- columns: name! skill? position!
-- name: s34 :many
select t.name, s.skill, s.position from teacher t, unnest(t.skills) with ordinality s (skill, position);

-- columns: course_id! language? seats? has_exam! keys!
-- name: s35 :many
select course_id, details ->> 'language' as language, (details ->> 'seats')::int as seats, details ? 'exam' as has_exam, array(select jsonb_object_keys(details)) as keys from course;

-- columns: course_id! language!
-- name: s36 :many
select course_id, details ->> 'language' as language from course where details ->> 'language' = :language;

-- columns: course! students!
-- name: s37 :many
select jsonb_build_object('id', c.course_id, 'teacher', t.name) as course, coalesce(jsonb_agg(s.name) filter (where s.name is not null), '[]') as students
from course c left join teacher t using (teacher_id) left join enrolment e using (course_id) left join student s using (student_id) group by c.course_id, t.name;

-- columns: key! value?
-- name: s38 :many
select key, value from course, jsonb_each_text(details);

-- columns: course_id! newest? title! held?
-- name: s39 :many
select c.course_id, l.lesson_id as newest, c.title, l.held from course c left join lateral (select lesson_id, held from lesson where course_id = c.course_id order by held desc limit 1) l on true;

-- columns: student_id! grade! note?
-- name: s40 :many
select student_id, grade, note from enrolment where grade between :low and :high for update;

-- columns: course_id! price! reduced! percent?
-- name: s41 :many
select course_id, price, price - coalesce(discount, 0) as reduced, discount / nullif(price, 0) as percent from course;

-- columns: greatest! least! longest?
-- name: s42 :many
select greatest(price, discount) as greatest, least(coalesce(discount, 0), price) as least, greatest(starts, null) as longest from course;

-- columns: student_id! name! nick?
-- name: s43 :one
insert into student (student_id, name, nick) values (:id, :name, :nick) returning student_id, name, nick;

-- columns: student_id! joined! city? born?
-- name: s44 :one
insert into student (student_id, name, city) values (:id, :name, :city) returning student_id, joined, city, born;

-- columns: course_id! student_id! grade? since!
-- name: s45 :one
insert into enrolment (course_id, student_id, grade) values (:course, :student, :grade)
on conflict (course_id, student_id) do update set grade = excluded.grade returning course_id, student_id, grade, since;

-- columns: student_id! name! born?
-- name: s46 :many
insert into student (student_id, name, born) select i, n, b from unnest(:ids::int[], :names::text[], :borns::date[]) u (i, n, b) where i is not null and n is not null
returning student_id, name, born;

-- columns: course_id! title! discount? level?
-- name: s47 :maybe
update course set title = :title, discount = :discount where course_id = :id returning course_id, title, discount, level;

-- columns: course_id! starts? price!
-- name: s48 :many
update course set starts = null, price = price + 1 where starts is not null returning course_id, starts, price;

-- columns: course_id! teacher! email? starts?
-- name: s49 :many
update course c set starts = t.hired from teacher t where t.teacher_id = c.teacher_id and t.email is not null returning c.course_id, t.name as teacher, nullif(t.email, 'a') as email, nullif(c.starts, c.starts) as starts;

-- columns: payment_id! reference? paid?
-- name: s50 :many
delete from payment where paid is null or amount < :least returning payment_id, reference, paid;

-- columns: lesson_id! title! room?
-- name: s51 :many
delete from lesson l using course c where c.course_id = l.course_id and c.level = :level returning l.lesson_id, c.title, l.room;

-- columns: moved! last?
-- name: s52 :one
with gone as (delete from lesson where held < :day returning held, minutes) select count(*) as moved, max(held) as last from gone;

-- columns: payment_id! amount! student!
-- name: s53 :many
with made as (insert into payment (payment_id, student_id, amount) values (:id, :student, :amount) returning payment_id, student_id, amount)
select made.payment_id, made.amount, s.name as student from made join student s using (student_id);

-- columns: name! courses! best? is_done!
-- name: s54 :many
select s.name, count(e.course_id) as courses, max(e.grade) as best, bool_and(e.ended is not null) as is_done from student s join enrolment e using (student_id) group by s.student_id;

-- columns: name! courses! ended?
-- name: s55 :many
select s.name, cardinality(array_agg(e.course_id)) as courses, bool_and(e.ended > e.since) as ended from student s left join enrolment e using (student_id) group by s.student_id, s.name;

-- columns: name! mentor_id! mentor!
-- name: s56 :many
select s.name, s.mentor_id, m.name as mentor from student s, student m where m.student_id = s.mentor_id;

-- columns: given? again! shown?
-- name: s57 :one
select :given::text as given, coalesce(:given::text, '') as again, nullif(:shown::text, '') as shown where :given::text is null or true;

-- columns: title! starts? season?
-- name: s58 :many
select title, starts, case when starts is null then 'unplanned' else to_char(starts, 'YYYY') end as season from course;

-- columns: title! weeks! kind?
-- name: s59 :many
select title, coalesce((current_date - starts) / 7, 0) as weeks, case level when 'beginner' then 'easy' when 'advanced' then 'hard' end as kind from course;

-- columns: title! tags? count! first?
-- name: s60 :many
select title, tags, coalesce(cardinality(tags), 0) as count, tags[1] as first from course;

-- columns: title! tag!
-- name: s61 :many
select title, tag from course, unnest(tags) tag where tag <> '';

-- columns: lesson_id! course_id! title!
-- name: s62 :many
select lesson_id, course_id, title from lesson natural join course;

-- columns: room! lessons! minutes!
-- name: s63 :many
select room, count(*) as lessons, sum(minutes) as minutes from lesson where room is not null group by room having sum(minutes) > :least;

-- columns: room? held? minutes? lessons!
-- name: s64 :many
select room, held::date as held, sum(minutes) as minutes, count(*) as lessons from lesson group by grouping sets ((room), (held::date), ());

-- columns: course_id! minutes! room?
-- name: s65 :many
select distinct on (course_id) course_id, minutes, room from lesson order by course_id, held desc;

-- columns: teacher_id? courses!
-- name: s66 :many
select teacher_id, count(*) as courses from course group by teacher_id;

-- columns: teacher_id! courses! name!
-- name: s67 :many
select t.teacher_id, c.courses, t.name from teacher t join (select teacher_id, count(*) as courses from course group by teacher_id) c on c.teacher_id = t.teacher_id;

-- columns: name! amount? reference?
-- name: s68 :many
select s.name, p.amount, p.reference from student s left join payment p on p.student_id = s.student_id and p.amount > :least;

-- columns: name! amount! reference?
-- name: s69 :many
select s.name, p.amount, p.reference from student s left join payment p on p.student_id = s.student_id where p.amount > :least;

-- columns: name! amount! paid!
-- name: s70 :many
select s.name, coalesce(sum(p.amount), 0) as amount, coalesce(max(p.paid), s.joined) as paid from student s left join payment p using (student_id) group by s.student_id;

-- columns: id! name! nick?
-- name: s71 :many
select v.id, v.name, v.nick from (values (1, 'a', null), (2, 'b', 'c')) v (id, name, nick);

-- columns: now! today! who! one! none?
-- name: s72 :one
select now() as now, current_date as today, current_user as who, 1 as one, null::text as none;

-- columns: title! level!
-- name: s73 :many
select title, coalesce(level, 'beginner') as level from course where title ilike '%' || :part || '%';

-- columns: course_id! is_free! is_cheap?
-- name: s74 :many
select course_id, price = 0 as is_free, discount > 1 as is_cheap from course where course_id = any(:ids::int[]);

-- columns: grade! note!
-- name: s75 :many
select grade, coalesce(note, '') as note from enrolment where grade is not null and not (note is null and grade < :least);

-- columns: title! lessons! last?
-- name: s76 :many
select c.title, l.lessons, l.last from course c left join lateral (select count(*) as lessons, max(held) as last from lesson where course_id = c.course_id) l on true;

-- A foreign key has a partner for each row.
-- columns: since! title! student!
-- name: s77 :many
select e.since, c.title, (select s.name from student s where s.student_id = e.student_id) as student from enrolment e left join course c on c.course_id = e.course_id;

-- columns: minutes! total! before?
-- name: s78 :many
select minutes, sum(minutes) over (partition by course_id) as total, sum(minutes) over (order by lesson_id rows between 2 preceding and 1 preceding) as before from lesson;

-- columns: longest! room?
-- name: s79 :many
select max(minutes) as longest, max(room) as room from lesson where course_id = :id having count(*) > 0;

-- columns: average! room?
-- name: s80 :one
select case count(*) when 0 then 0 else sum(minutes) / count(*) end as average, min(room) as room from lesson;

-- columns: student_id! nick! mentor_id?
-- name: s81 :many
select student_id, nick, mentor_id from student where coalesce(nick, '') <> '';

-- columns: course_id! days! grade?
-- name: s82 :many
select course_id, case when ended is not null then ended - since else 0 end as days, grade from enrolment where note is null or ended is null or ended > since;

-- columns: name! city! born?
-- name: s83 :many
select name, city, born from student where (city, name) in (select nick, name from student) and born is distinct from :born;

-- columns: page! of!
-- name: s84 :many
select course_id as page, count(*) over () as of from course order by course_id limit :most offset :from;

-- columns: kind! id! at?
-- name: s85 :many
select 'lesson' as kind, lesson_id as id, held as at from lesson union all select 'payment', payment_id, paid from payment union all select 'enrolment', course_id, null from enrolment;

-- columns: address! domain? hour?
-- name: s86 :many
select t.email as address, substring(t.email from '@(.*)$') as domain, extract(hour from l.held)::int as hour
from teacher t join course c using (teacher_id) left join lesson l on l.course_id = c.course_id where t.email is not null;
