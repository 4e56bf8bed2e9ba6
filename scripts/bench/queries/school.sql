create type level as enum ('beginner', 'advanced');
create domain points as integer check (value between 0 and 100);
create table teacher (
  teacher_id integer primary key,
  name text not null,
  email text,
  boss_id integer references teacher,
  hired date not null,
  skills text[] not null default '{}'
);
create table course (
  course_id integer primary key,
  title text not null,
  level level,
  teacher_id integer references teacher,
  starts date,
  price numeric(8, 2) not null,
  discount numeric(4, 2),
  details jsonb not null default '{}',
  tags text[]
);
create table student (
  student_id integer primary key,
  name text not null,
  nick text,
  born date,
  city text,
  mentor_id integer references student,
  joined timestamptz not null default now()
);
create table enrolment (
  course_id integer not null references course,
  student_id integer not null references student,
  since date not null default current_date,
  ended date,
  grade points,
  note text,
  primary key (course_id, student_id)
);
create table lesson (
  lesson_id integer primary key,
  course_id integer not null references course,
  held timestamptz,
  room text,
  minutes integer not null,
  recording text
);
create table payment (
  payment_id integer primary key,
  student_id integer not null references student,
  course_id integer references course,
  amount numeric(8, 2) not null,
  paid timestamptz,
  reference text unique,
  check (amount > 0)
);
create view open_course as
  select c.course_id, c.title, c.starts, t.name as teacher, c.price - coalesce(c.discount, 0) as final
  from course c join teacher t on t.teacher_id = c.teacher_id where c.starts is not null;
