
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE SCHEMA other;

COMMENT ON SCHEMA public IS 'ours';

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';

CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;

COMMENT ON EXTENSION hstore IS 'data type for storing sets of (key, value) pairs';

CREATE TYPE other."Odd Mood" AS ENUM (
    'a',
    'b c'
);

CREATE DOMAIN public.ci AS public.citext
	CONSTRAINT ci_check CHECK ((VALUE OPERATOR(public.=) ANY (ARRAY['a'::public.citext, 'B'::public.citext])));

CREATE DOMAIN public.code AS character(3) DEFAULT 'abc'::bpchar
	CONSTRAINT code_check CHECK (((VALUE = ANY (ARRAY['abc'::bpchar, 'def'::bpchar])) AND ((VALUE)::text <> ALL (ARRAY['x'::text, 'y'::text]))));

CREATE DOMAIN public.flag AS boolean DEFAULT false
	CONSTRAINT flag_check CHECK ((VALUE IS NOT FALSE));

CREATE TYPE public.mood AS ENUM (
    'sad',
    'happy'
);

CREATE TYPE public.pair AS (
	x integer,
	y character varying(10)
);

CREATE DOMAIN public.plainword AS character varying
	CONSTRAINT plainword_check CHECK (((VALUE)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text, (NULL::character varying)::text])));

CREATE TYPE public.r AS RANGE (
    subtype = integer,
    multirange_type_name = public.rm
);

CREATE DOMAIN public.score AS numeric(5,2) DEFAULT 1
	CONSTRAINT score_check CHECK (((VALUE >= ('-1'::integer)::numeric) AND (VALUE <= (100)::numeric)));

CREATE DOMAIN public.textlist AS text[] DEFAULT '{}'::text[]
	CONSTRAINT textlist_check CHECK ((VALUE <@ ARRAY['a'::text, 'b'::text]));

CREATE DOMAIN public.vlist AS character varying(10)[]
	CONSTRAINT vlist_check CHECK (('a'::text = ANY ((VALUE)::text[])));

CREATE DOMAIN public.word AS character varying(20)
	CONSTRAINT word_check CHECK (((VALUE)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])));

CREATE FUNCTION public."Odd Fn"(text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$select $1$_$;

CREATE FUNCTION public.k(a integer DEFAULT 3, VARIADIC b text[] DEFAULT '{}'::text[]) RETURNS TABLE(q integer, w text[])
    LANGUAGE sql STABLE
    AS $$select 1, b$$;

CREATE PROCEDURE public.pr(INOUT a integer)
    LANGUAGE sql
    AS $$select 1$$;

CREATE FUNCTION public.trg() RETURNS trigger
    LANGUAGE plpgsql
    AS $$begin return new; end$$;

CREATE FUNCTION public.twice(a integer, b integer DEFAULT 2) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $_$select $1 * $2$_$;

CREATE AGGREGATE public.agg(integer) (
    SFUNC = int4pl,
    STYPE = integer,
    INITCOND = '0'
);

CREATE SEQUENCE other."My Seq"
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.coll (
    a text COLLATE pg_catalog."C",
    b text COLLATE pg_catalog."POSIX",
    CONSTRAINT coll_a_check CHECK ((a > ('b'::text COLLATE "C")))
);

COMMENT ON CONSTRAINT coll_a_check ON public.coll IS 'x';

CREATE TABLE public.cyc1 (
    id integer NOT NULL
);

CREATE TABLE public.cyc2 (
    id integer NOT NULL
);

CREATE TABLE public.e (
    id integer NOT NULL,
    "Order" integer NOT NULL,
    v character varying(30) DEFAULT 'x'::character varying,
    v2 character varying,
    v3 character varying(5) DEFAULT NULL::character varying,
    v4 character varying,
    v5 character varying,
    v6 character varying DEFAULT 'abc'::text,
    v7 character varying,
    v8 character varying,
    v9 character varying,
    t text DEFAULT ''::text,
    t2 text DEFAULT ('a'::text || 'b'::text),
    t3 text DEFAULT upper(('a'::character varying)::text),
    t4 text,
    t5 text DEFAULT 'a
b\c'::text,
    c character(4) DEFAULT 'ab'::bpchar,
    c1 "char" DEFAULT 'x'::"char",
    n name DEFAULT 'me'::name,
    ci1 public.citext DEFAULT 'A'::public.citext,
    m public.mood DEFAULT 'sad'::public.mood,
    om other."Odd Mood" DEFAULT 'b c'::other."Odd Mood",
    i integer DEFAULT '-1'::integer,
    i2 smallint DEFAULT 0,
    i8 bigint DEFAULT '9000000000'::bigint,
    i8b bigint DEFAULT '5'::bigint,
    i8c bigint DEFAULT (((2)::double precision ^ (3)::double precision))::integer,
    num numeric(10,2) DEFAULT 1,
    num2 numeric DEFAULT '1'::numeric,
    num3 numeric DEFAULT 1.50,
    num4 numeric DEFAULT (- 1.5::numeric(4,1)),
    r real DEFAULT 0,
    d8 double precision DEFAULT 0.1,
    b boolean DEFAULT true,
    mon money DEFAULT (1)::money,
    dt date DEFAULT CURRENT_DATE,
    dt2 date DEFAULT now(),
    ts timestamp without time zone DEFAULT now(),
    ts2 timestamp(3) without time zone DEFAULT LOCALTIMESTAMP(3),
    ts3 timestamp without time zone DEFAULT (now() AT TIME ZONE 'utc'::text),
    ts4 timestamp without time zone DEFAULT timezone('utc'::text, now()),
    tz timestamp with time zone DEFAULT '2019-12-31 22:00:00+00'::timestamp with time zone,
    tz2 timestamp(0) with time zone DEFAULT CURRENT_TIMESTAMP(0),
    tm time without time zone DEFAULT '10:00:00'::time without time zone,
    tmz time with time zone DEFAULT '10:00:00+01'::time with time zone,
    iv interval DEFAULT '1 mon -3 days'::interval,
    iv2 interval(2) DEFAULT '00:00:01.23'::interval(2),
    bt bit(3) DEFAULT '101'::"bit",
    bv bit varying(5) DEFAULT '1'::"bit",
    by bytea DEFAULT '\x00ff'::bytea,
    u uuid DEFAULT gen_random_uuid(),
    j json DEFAULT '{}'::json,
    jb jsonb DEFAULT '{"a": [1, "x"]}'::jsonb,
    ip inet DEFAULT '127.0.0.1'::inet,
    ar text[] DEFAULT '{}'::text[],
    ar2 character varying(10)[] DEFAULT ARRAY['a'::text, 'b'::text],
    ar3 integer[] DEFAULT ARRAY[1, 2],
    ar4 numeric[] DEFAULT ARRAY[ARRAY[1, 2], ARRAY[3, 4]],
    ar5 bigint[] DEFAULT ARRAY[]::bigint[],
    ar6 text[] DEFAULT ARRAY[]::character varying[],
    ar7 text[],
    ar8 text[],
    h public.hstore DEFAULT '"a"=>"1"'::public.hstore,
    p public.pair DEFAULT ROW(1, 'a'::character varying(10)),
    w public.word DEFAULT 'a'::character varying,
    w2 public.plainword DEFAULT 'a'::character varying,
    s public.score,
    tl public.textlist,
    vl public.vlist DEFAULT ARRAY['a'::text],
    fl public.flag,
    rg int4range DEFAULT '[1,5)'::int4range,
    rg2 tstzrange DEFAULT tstzrange(now(), NULL::timestamp with time zone),
    x xml DEFAULT '<a/>'::xml,
    pt point DEFAULT '(1,2)'::point,
    reg regclass DEFAULT 'pg_class'::regclass,
    nx integer DEFAULT nextval('other."My Seq"'::regclass),
    f text DEFAULT public."Odd Fn"('q'::text),
    tv tsvector DEFAULT to_tsvector('english'::regconfig, 'a'::text),
    g1 text GENERATED ALWAYS AS ((((v)::text || ' '::text) || (COALESCE(v2, 'x'::character varying))::text)) STORED,
    g2 boolean GENERATED ALWAYS AS (((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))) STORED,
    CONSTRAINT e_ar2_check CHECK (((ar2 <@ ARRAY['a'::character varying, 'b'::character varying]) AND ('a'::text = ANY ((ar2)::text[])) AND (array_position(ar2, NULL::character varying) IS NULL))),
    CONSTRAINT e_ar3_check CHECK (((ar3 && ARRAY[1, 2]) AND (cardinality(ar3) <= 3))),
    CONSTRAINT e_ar5_check CHECK (((ar5 = ARRAY[(1)::bigint, (2)::bigint]) OR (ar5 = '{}'::bigint[]))),
    CONSTRAINT e_ar_check CHECK (((ar <@ ARRAY['a'::text, 'b'::text]) AND (array_length(ar, 1) < 3) AND (ar[1] = 'a'::text) AND (ar[1:2] = '{a,b}'::text[]))),
    CONSTRAINT e_b_check CHECK (((b IS TRUE) OR (NOT b))),
    CONSTRAINT e_bt_check CHECK ((bt <> '000'::"bit")),
    CONSTRAINT e_bv_check CHECK ((bv = ANY (ARRAY[('1'::"bit")::bit varying, ('11'::"bit")::bit varying]))),
    CONSTRAINT e_by_check CHECK (((length(by) < 10) AND (by <> '\x61626300'::bytea))),
    CONSTRAINT e_c1_check CHECK ((c1 = ANY (ARRAY['x'::"char", 'y'::"char"]))),
    CONSTRAINT e_c_check CHECK (((c = ANY (ARRAY['ab'::bpchar, 'cd'::bpchar])) AND ((c)::text = ANY (ARRAY['q'::text, 'r'::text])))),
    CONSTRAINT e_check CHECK (
CASE v7
    WHEN 'a'::text THEN true
    WHEN 'b'::text THEN ((v6)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]))
    ELSE ((v6)::text = ANY (ARRAY[(v5)::text, (v4)::text]))
END),
    CONSTRAINT e_check1 CHECK (((t3 ~ similar_to_escape('(a|b)%'::text)) OR ((t3 IS DISTINCT FROM 'q'::text) AND (NOT (t3 IS DISTINCT FROM (v)::text))))),
    CONSTRAINT e_check10 CHECK (((ARRAY[(v)::text, 'x'::text] <@ ar8) IS NOT TRUE)),
    CONSTRAINT e_check11 CHECK (((tl)::text[] <> ((ARRAY['x'::text, (v)::text])::public.textlist)::text[])),
    CONSTRAINT e_check12 CHECK (((fl AND b) OR (NOT fl))),
    CONSTRAINT e_check13 CHECK ((((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])) OR (((v2)::text = ANY (ARRAY[('c'::character varying)::text, ('d'::character varying)::text])) AND ((i > 0) OR ((i < 5) AND b))))),
    CONSTRAINT e_check14 CHECK (((ROW(i, i2) < ROW(3, 4)) AND (((i = 1) AND ((v)::text = 'a'::text)) OR ((i = 2) AND ((v)::text = 'b'::text))) AND ((i IS DISTINCT FROM 1) OR ((v)::text IS DISTINCT FROM 'b'::text)))),
    CONSTRAINT e_check15 CHECK (((num_nonnulls(v, v2) = 1) AND ((GREATEST(v, v2, 'a'::character varying))::text = (LEAST(v3, v4))::text) AND (concat_ws(','::text, v, v2) <> ''::text))),
    CONSTRAINT e_check16 CHECK ((((v IS NULL) = (v2 IS NULL)) AND ((v IS NOT NULL) OR (v2 IS NOT NULL)) AND (e.* IS NOT NULL))),
    CONSTRAINT e_check17 CHECK (((char_length((v)::text) > 2) AND ((v)::integer > 5) AND ((v)::numeric(4,1) > (1)::numeric) AND (((v)::character varying(3))::text = 'abc'::text) AND (((t)::character varying)::text = ANY (ARRAY[('q'::character varying)::text, ('r'::character varying)::text])) AND (((t)::character varying(2))::text = ANY (ARRAY[('q'::character varying)::text, ('r'::character varying)::text])))),
    CONSTRAINT e_check18 CHECK (((exp(num) > (0)::numeric) AND ((num ^ (2)::numeric) > (1)::numeric) AND ((- i) > '-5'::integer) AND ((|/ (4.0)::double precision) > (1)::double precision) AND ((i % 2) = 0) AND ((@ i) > 1) AND (NOT (b AND (NOT b))))),
    CONSTRAINT e_check19 CHECK ((((i)::text = ANY (ARRAY['1'::text, '2'::text])) AND (((i)::character varying)::text = ANY (ARRAY[('1'::character varying)::text, ('2'::character varying)::text])) AND ((i || (v)::text) = ANY (ARRAY['1a'::text, '2b'::text])) AND ((m)::text = 'sad'::text) AND (((m)::character varying)::text = ANY (ARRAY[('sad'::character varying)::text, ('x'::character varying)::text])))),
    CONSTRAINT e_check2 CHECK ((t4 = ANY (ARRAY[(v)::text, (v2)::text]))),
    CONSTRAINT e_check3 CHECK ((((t5 COLLATE "C") < 'b'::text) AND (((v)::text COLLATE "C") = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))),
    CONSTRAINT e_check4 CHECK ((num3 = ANY (ARRAY[(i)::numeric, ((i2)::integer)::numeric, (3)::numeric]))),
    CONSTRAINT e_check5 CHECK (((d8 > (0)::double precision) AND (d8 < 'Infinity'::double precision) AND (d8 = ANY (ARRAY[(1)::double precision, (i)::double precision])))),
    CONSTRAINT e_check6 CHECK (((tz < 'infinity'::timestamp with time zone) AND ((tz, (tz + '01:00:00'::interval)) OVERLAPS (ts, ts)))),
    CONSTRAINT e_check7 CHECK ((ar4 <> ARRAY[ARRAY[(1)::numeric, (i)::numeric], ARRAY[(i)::numeric, (2)::numeric]])),
    CONSTRAINT e_check8 CHECK (((ar6 <@ ARRAY[(v)::text, (v2)::text]) AND (ar6 = COALESCE(ar6, ARRAY[t, (v2)::text])))),
    CONSTRAINT e_check9 CHECK (((ar7 || ARRAY[(v)::text]) <> (ARRAY['x'::text, (v2)::text] || ar7))),
    CONSTRAINT e_ci1_check CHECK ((ci1 OPERATOR(public.=) ANY (ARRAY['a'::public.citext, 'b'::public.citext]))),
    CONSTRAINT e_dt2_check CHECK (((EXTRACT(year FROM dt2) > (2000)::numeric) AND (date_part('dow'::text, dt2) = ANY (ARRAY[(1)::double precision, (2)::double precision])))),
    CONSTRAINT e_dt_check CHECK (((dt > '2020-01-01'::date) AND (dt = ANY (ARRAY['2020-02-02'::date, '2020-03-03'::date])))),
    CONSTRAINT e_f_check CHECK ((public."Odd Fn"(f) = ANY (ARRAY['a'::text, 'b'::text]))),
    CONSTRAINT e_h_check CHECK ((h OPERATOR(public.?) 'a'::text)),
    CONSTRAINT e_i2_check CHECK (((i2 = ANY (ARRAY[1, 2, 3])) AND (i2 = ANY ('{1,2}'::smallint[])))),
    CONSTRAINT e_i8_check CHECK (((i8 = ANY (ARRAY[(1)::bigint, '9000000000'::bigint])) AND (i8 = ANY (ARRAY[1, 2])))),
    CONSTRAINT e_i8c_check CHECK ((i8c = ANY (ARRAY[(1)::bigint, (2)::bigint]))),
    CONSTRAINT e_i_check CHECK (((i = ANY (ARRAY[1, 2, '-3'::integer])) AND ((i >= '-5'::integer) AND (i <= 5)) AND (i <> '-7'::integer) AND (((i < 9) OR (i > 8)) AND ((i < 8) OR (i > 9))))),
    CONSTRAINT e_ip_check CHECK ((ip << '10.0.0.0/8'::inet)),
    CONSTRAINT e_iv_check CHECK (((iv > '01:00:00'::interval hour) AND (iv < '2 years'::interval year to month))),
    CONSTRAINT e_j_check CHECK ((json_typeof(j) = ANY (ARRAY['object'::text, 'array'::text]))),
    CONSTRAINT e_jb_check CHECK (((jb ? 'a'::text) AND ((jb ->> 'k'::text) = ANY (ARRAY['p'::text, 'q'::text])) AND (jb @> '{"a": 1}'::jsonb) AND ((jb #>> '{a,b}'::text[]) IS NOT NULL))),
    CONSTRAINT e_m_check CHECK (((m = ANY (ARRAY['sad'::public.mood, 'happy'::public.mood])) AND (m > 'sad'::public.mood))),
    CONSTRAINT e_mon_check CHECK ((mon >= (0)::money)),
    CONSTRAINT e_n_check CHECK ((n = ANY (ARRAY['me'::name, 'you'::name]))),
    CONSTRAINT e_num2_check CHECK (((num2 >= (0)::numeric) AND (num2 = ANY (ARRAY[((1)::smallint)::numeric, ((2)::smallint)::numeric])))),
    CONSTRAINT e_num4_check CHECK (((((num4 * (100)::numeric))::integer % 5) = 0)),
    CONSTRAINT e_num_check CHECK (((num = ANY (ARRAY[(1)::numeric, 2.5, ('-3'::integer)::numeric])) AND (num > ('-1'::integer)::numeric) AND (num = ANY (ARRAY[(1)::numeric, (2)::numeric])))),
    CONSTRAINT e_nx_check CHECK (((public.twice(nx) > 0) AND (public.twice(b => 3, a => nx) > 1))),
    CONSTRAINT e_om_check CHECK ((om = ANY (ARRAY['a'::other."Odd Mood", 'b c'::other."Odd Mood"]))),
    CONSTRAINT e_p_check CHECK ((((p).x > 0) AND (p <> ROW(2, 'b'::character varying(10))::public.pair) AND (((p).y)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))),
    CONSTRAINT e_pt_check CHECK (((pt <-> point((0)::double precision, (0)::double precision)) < (5)::double precision)),
    CONSTRAINT e_r_check CHECK (((r = ANY (ARRAY[(1)::real, (2.5)::real])) AND (r = ANY (ARRAY[(1)::double precision, (2)::double precision])))),
    CONSTRAINT e_rg_check CHECK (((NOT isempty(rg)) AND (lower(rg) > '-1'::integer) AND (rg && '[1,3)'::int4range))),
    CONSTRAINT e_s_check CHECK (((s)::numeric = ANY (ARRAY[(1)::numeric, (2)::numeric]))),
    CONSTRAINT e_t2_check CHECK (((t2 ~ '^\d+(\.\d+)?$'::text) AND (t2 !~* 'x'::text) AND (t2 ~~* like_escape('%\_a'::text, '\'::text)))),
    CONSTRAINT e_t_check CHECK ((t = ANY (ARRAY['a'::text, 'b'::text]))),
    CONSTRAINT e_tm_check CHECK (((tm >= '09:00:00'::time without time zone) AND (tm <= '17:00:00'::time without time zone))),
    CONSTRAINT e_ts2_check CHECK (((ts2 AT TIME ZONE 'UTC'::text) < (now() + '1 day 02:00:00'::interval))),
    CONSTRAINT e_ts_check CHECK (((ts > '2020-01-01 00:00:00'::timestamp without time zone) AND (ts = ANY (ARRAY['2020-01-01 10:00:00'::timestamp without time zone, '2021-01-01 00:00:00'::timestamp without time zone])))),
    CONSTRAINT e_tv_check CHECK ((tv @@ '''a'' & ''b'''::tsquery)),
    CONSTRAINT e_u_check CHECK ((u <> '00000000-0000-0000-0000-000000000000'::uuid)),
    CONSTRAINT e_v2_check CHECK ((((v2)::text <> ALL (ARRAY[('a'::character varying)::text, ('b'::character varying)::text, ('c'::character varying)::text])) OR (v2 IS NULL))),
    CONSTRAINT e_v3_check CHECK (((v3)::text = 'a'::text)),
    CONSTRAINT e_v4_check CHECK ((lower((v4)::text) = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))),
    CONSTRAINT e_v5_check CHECK (((v5)::text = ANY (('{a,b}'::character varying[])::text[]))),
    CONSTRAINT e_v6_check CHECK (((v6)::text ~~ ANY (ARRAY['a%'::text, 'b%'::text]))),
    CONSTRAINT e_v8_check CHECK (((COALESCE(v8, 'none'::character varying))::text = ANY (ARRAY[('none'::character varying)::text, ('some'::character varying)::text]))),
    CONSTRAINT e_v9_check CHECK ((NULLIF((v9)::text, ''::text) <> ALL (ARRAY[('a'::character varying(10))::text, ('b'::character varying(10))::text]))),
    CONSTRAINT e_v_check CHECK (((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text, ('it''s (ARRAY[''x''::character varying])::text[]'::character varying)::text]))),
    CONSTRAINT e_v_check1 CHECK (((SUBSTRING(v FROM 1 FOR 2) = 'ab'::text) AND (TRIM(BOTH 'x'::text FROM v) = 'b'::text) AND (POSITION(('a'::text) IN (v)) > 0) AND (OVERLAY(v PLACING 'x'::text FROM 1) <> 'q'::text) AND ((v)::text ^@ 'a'::text))),
    CONSTRAINT e_w2_check CHECK (((w2)::text <> 'c'::text)),
    CONSTRAINT e_w_check CHECK (((w)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text, ('c'::character varying)::text])))
);

COMMENT ON TABLE public.e IS 'E''s';

ALTER TABLE public.e ALTER COLUMN "Order" ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public."e_Order_seq"
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.e_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.e_id_seq OWNED BY public.e.id;

CREATE TABLE public.fk (
    id integer NOT NULL,
    e_id integer NOT NULL,
    p integer DEFAULT 1
);

CREATE TABLE public.gone (
    bb integer,
    c integer,
    a text
);

CREATE TABLE public.idt (
    a integer NOT NULL,
    b smallint NOT NULL,
    c bigint NOT NULL
);

ALTER TABLE public.idt ALTER COLUMN a ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.idt_a_seq
    START WITH 10
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.idt_b_seq
    AS smallint
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.idt_b_seq OWNED BY public.idt.b;

CREATE SEQUENCE public.idt_c_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.idt_c_seq OWNED BY public.idt.c;

CREATE TABLE public.papa (
    v character varying,
    c integer DEFAULT 3 NOT NULL,
    CONSTRAINT papa_c_check CHECK ((c = ANY (ARRAY[1, 2]))),
    CONSTRAINT papa_v_check CHECK (((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))
);

CREATE TABLE public.inh2 (
    v character varying,
    c integer DEFAULT NULL,
    z integer,
    CONSTRAINT papa_c_check CHECK ((c = ANY (ARRAY[1, 2]))),
    CONSTRAINT papa_v_check CHECK (((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))
)
INHERITS (public.papa);

CREATE TABLE public.kid (
    w character varying,
    CONSTRAINT kid_w_check CHECK (((w)::text = ANY (ARRAY[('c'::character varying)::text, ('d'::character varying)::text])))
)
INHERITS (public.papa);

CREATE MATERIALIZED VIEW public.mv AS
 SELECT count(*) AS n,
    e.v
   FROM public.e
  GROUP BY e.v
 HAVING ((e.v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))
  WITH NO DATA;

CREATE TABLE public.part (
    k integer,
    v character varying,
    CONSTRAINT part_v_check CHECK (((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))
)
PARTITION BY LIST (v);

CREATE TABLE public.part_a (
    k integer,
    v character varying,
    CONSTRAINT part_v_check CHECK (((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))
);

CREATE TABLE public.ranged (
    a integer,
    b text NOT NULL,
    CONSTRAINT ranged_b_check CHECK ((b = 'q'::text))
)
PARTITION BY RANGE (a);

CREATE TABLE public.ranged_one (
    b text NOT NULL,
    a integer,
    CONSTRAINT ranged_b_check CHECK ((b = 'q'::text))
);

CREATE TABLE public.rr (
    r public.r NOT NULL,
    rm public.rm
);

CREATE SEQUENCE public.s2
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.s2 OWNED BY public.coll.a;

CREATE TABLE public.t2 (
    id integer NOT NULL,
    y integer
);

CREATE SEQUENCE public.t1_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.t1_id_seq OWNED BY public.t2.id;

CREATE VIEW public.v AS
 SELECT gone.bb AS b,
    gone.c,
    gone.a,
    ARRAY[gone.a] AS q
   FROM public.gone;

CREATE VIEW public.v2 AS
 SELECT a.bb,
    a.c,
    a.a
   FROM (public.gone a
     JOIN public.t2 ON ((t2.y = a.c)))
  WHERE false
UNION
 SELECT 1 AS bb,
    2 AS c,
    NULL::text AS a;

CREATE VIEW public.vw AS
 SELECT e.id,
    e.v,
    ((e.v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])) AS is_ab,
    COALESCE(e.v, 'x'::character varying) AS c,
        CASE e.v
            WHEN 'a'::text THEN 1
            ELSE 2
        END AS k,
    ARRAY['a'::character varying, e.v] AS arr,
    ARRAY[(e.v)::text, (e.v2)::text] AS arr2
   FROM public.e
  WHERE (((e.v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])) AND ((e.v2)::text = ANY (ARRAY[('x'::character varying)::text, (e.v3)::text])));

ALTER TABLE ONLY public.part ATTACH PARTITION public.part_a FOR VALUES IN ('a', 'b');

ALTER TABLE ONLY public.ranged ATTACH PARTITION public.ranged_one FOR VALUES FROM (1) TO (2);

ALTER TABLE ONLY public.coll ALTER COLUMN a SET DEFAULT nextval('public.s2'::regclass);

ALTER TABLE ONLY public.e ALTER COLUMN id SET DEFAULT nextval('public.e_id_seq'::regclass);

ALTER TABLE ONLY public.idt ALTER COLUMN b SET DEFAULT nextval('public.idt_b_seq'::regclass);

ALTER TABLE ONLY public.idt ALTER COLUMN c SET DEFAULT nextval('public.idt_c_seq'::regclass);

ALTER TABLE ONLY public.kid ALTER COLUMN c SET DEFAULT 3;

ALTER TABLE ONLY public.t2 ALTER COLUMN id SET DEFAULT nextval('public.t1_id_seq'::regclass);

ALTER TABLE ONLY public.vw ALTER COLUMN v SET DEFAULT 'a'::character varying;

ALTER TABLE ONLY public.coll
    ADD CONSTRAINT coll_b_key UNIQUE (b) DEFERRABLE;

ALTER TABLE ONLY public.cyc1
    ADD CONSTRAINT cyc1_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cyc2
    ADD CONSTRAINT cyc2_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.e
    ADD CONSTRAINT e_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.fk
    ADD CONSTRAINT fk_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rr
    ADD CONSTRAINT rr_pkey PRIMARY KEY (r);

ALTER TABLE ONLY public.t2
    ADD CONSTRAINT t1_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.t2
    ADD CONSTRAINT t1_x_key UNIQUE (y);

CREATE INDEX e1 ON public.e USING btree (v) WHERE ((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]));

CREATE UNIQUE INDEX e2 ON public.e USING btree (lower((v)::text)) WHERE (((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])) AND (i > 0) AND b);

CREATE INDEX e3 ON public.e USING btree ((((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text])))) WHERE (((v2)::text <> ALL (ARRAY['q'::text, 'r'::text])) AND ((i > 0) AND (i < 5)));

CREATE INDEX e4 ON public.e USING btree (i) WHERE ((ts > '2020-01-01 00:00:00'::timestamp without time zone) AND (num > (0)::numeric) AND (m = 'sad'::public.mood));

CREATE INDEX e5 ON public.e USING gin (ar) WHERE ((w)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]));

CREATE INDEX e6 ON public.e USING btree (i) WHERE ((num = ANY (ARRAY[(1)::numeric, (2)::numeric])) OR ((jb ->> 'x'::text) = ANY (ARRAY['y'::text, 'z'::text])));

CREATE INDEX part_k_idx ON ONLY public.part USING btree (k) WHERE ((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]));

CREATE INDEX part_a_k_idx ON public.part_a USING btree (k) WHERE ((v)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]));

CREATE UNIQUE INDEX t2_y_id_idx ON public.t2 USING btree (y) INCLUDE (id) NULLS NOT DISTINCT WHERE (y > 0);

ALTER INDEX public.part_k_idx ATTACH PARTITION public.part_a_k_idx;

CREATE RULE ins AS
    ON INSERT TO public.v DO INSTEAD NOTHING;

CREATE TRIGGER trg INSTEAD OF UPDATE ON public.v FOR EACH ROW EXECUTE FUNCTION public.trg();

ALTER TABLE ONLY public.cyc1
    ADD CONSTRAINT cyc1_id_fkey FOREIGN KEY (id) REFERENCES public.cyc2(id) ON UPDATE SET NULL ON DELETE CASCADE;

ALTER TABLE ONLY public.cyc2
    ADD CONSTRAINT cyc2_id_fkey FOREIGN KEY (id) REFERENCES public.cyc1(id);

ALTER TABLE ONLY public.fk
    ADD CONSTRAINT fk_e_id_fkey FOREIGN KEY (e_id) REFERENCES public.e(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.fk
    ADD CONSTRAINT fk_p_fkey FOREIGN KEY (p) REFERENCES public.e(id) NOT VALID;

CREATE POLICY p ON public.t2 USING ((y > 0));

ALTER TABLE public.t2 ENABLE ROW LEVEL SECURITY;

