--
-- PostgreSQL database dump
--

\restrict v5gAPUKJedAm4jiT7U14TrmfckAoNKs6ygv8MpYLdccOnDqfgh7TIxWpYN1caLn

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

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

--
-- Name: app; Type: SCHEMA; Schema: -; Owner: app_owner
--

CREATE SCHEMA app;


ALTER SCHEMA app OWNER TO app_owner;

--
-- Name: SCHEMA app; Type: COMMENT; Schema: -; Owner: app_owner
--

COMMENT ON SCHEMA app IS 'It''s the app; with a semicolon';


--
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;


--
-- Name: EXTENSION citext; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';


--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;


--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

--
-- Name: postgis; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;


--
-- Name: EXTENSION postgis; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION postgis IS 'PostGIS geometry and geography spatial types and functions';



--
-- Name: email; Type: DOMAIN; Schema: app; Owner: postgres
--

CREATE DOMAIN app.email AS public.citext
	CONSTRAINT email_check CHECK ((VALUE OPERATOR(public.~) '^[^;@]+@[^;]+$'::public.citext));


ALTER DOMAIN app.email OWNER TO postgres;

--
-- Name: status; Type: TYPE; Schema: app; Owner: postgres
--

CREATE TYPE app.status AS ENUM (
    'new',
    'it''s',
    'done;'
);


ALTER TYPE app.status OWNER TO postgres;

--
-- Name: add(integer, integer); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.add(a integer, b integer) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT 1;
 SELECT
         CASE
             WHEN (a > 0) THEN (a + b)
             ELSE
             CASE b
                 WHEN 1 THEN 2
                 ELSE NULL::integer
             END
         END AS "case";
END;


ALTER FUNCTION app.add(a integer, b integer) OWNER TO postgres;

--
-- Name: begin(); Type: FUNCTION; Schema: app; Owner: app_owner
--

CREATE FUNCTION app.begin() RETURNS integer
    LANGUAGE sql
    AS $$select 1;$$;


ALTER FUNCTION app.begin() OWNER TO app_owner;

SET default_tablespace = fast;

SET default_table_access_method = heap;

--
-- Name: users; Type: TABLE; Schema: app; Owner: app_owner; Tablespace: fast
--

CREATE TABLE app.users (
    id bigint NOT NULL,
    email app.email NOT NULL,
    status app.status DEFAULT 'new'::app.status NOT NULL,
    note text COLLATE pg_catalog."C.utf8"
);


ALTER TABLE app.users OWNER TO app_owner;

--
-- Name: COLUMN users.note; Type: COMMENT; Schema: app; Owner: app_owner
--

COMMENT ON COLUMN app.users.note IS 'line one
-- no comment; /* either */ \restrict';


--
-- Name: clean(); Type: PROCEDURE; Schema: app; Owner: postgres
--

CREATE PROCEDURE app.clean()
    LANGUAGE sql
    BEGIN ATOMIC
 DELETE FROM app.users;
 DELETE FROM app.users;
END;


ALTER PROCEDURE app.clean() OWNER TO postgres;

--
-- Name: touch(); Type: FUNCTION; Schema: app; Owner: postgres
--

CREATE FUNCTION app.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
BEGIN
  -- it's; a trap
  NEW.note := $q$a;b$q$;
  RETURN NEW;
END;
$_$;


ALTER FUNCTION app.touch() OWNER TO postgres;

--
-- Name: active; Type: VIEW; Schema: app; Owner: postgres
--

CREATE VIEW app.active AS
 SELECT users.id,
    users.email
   FROM app.users
  WHERE (users.status <> 'done;'::app.status);


ALTER TABLE app.active OWNER TO postgres;

SET default_tablespace = '';

--
-- Name: counts; Type: MATERIALIZED VIEW; Schema: app; Owner: postgres
--

CREATE MATERIALIZED VIEW app.counts AS
 SELECT users.status,
    count(*) AS count
   FROM app.users
  GROUP BY users.status
  WITH NO DATA;


ALTER TABLE app.counts OWNER TO postgres;

--
-- Name: log; Type: TABLE; Schema: app; Owner: web user
--

CREATE TABLE app.log (
    id integer,
    at timestamp with time zone
)
PARTITION BY RANGE (at);


ALTER TABLE app.log OWNER TO "web user";

--
-- Name: log_2024; Type: TABLE; Schema: app; Owner: postgres
--

CREATE TABLE app.log_2024 (
    id integer,
    at timestamp with time zone
);


ALTER TABLE app.log_2024 OWNER TO postgres;

--
-- Name: users_id_seq; Type: SEQUENCE; Schema: app; Owner: app_owner
--

CREATE SEQUENCE app.users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE app.users_id_seq OWNER TO app_owner;

--
-- Name: users_id_seq; Type: SEQUENCE OWNED BY; Schema: app; Owner: app_owner
--

ALTER SEQUENCE app.users_id_seq OWNED BY app.users.id;


--
-- Name: log_2024; Type: TABLE ATTACH; Schema: app; Owner: postgres
--

ALTER TABLE ONLY app.log ATTACH PARTITION app.log_2024 FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2025-01-01 00:00:00+00');


--
-- Name: users id; Type: DEFAULT; Schema: app; Owner: app_owner
--

ALTER TABLE ONLY app.users ALTER COLUMN id SET DEFAULT nextval('app.users_id_seq'::regclass);


--
-- Data for Name: log_2024; Type: TABLE DATA; Schema: app; Owner: postgres
--

COPY app.log_2024 (id, at) FROM stdin;
1	2024-05-05 00:00:00+00
\.


--
-- Data for Name: users; Type: TABLE DATA; Schema: app; Owner: app_owner
--

COPY app.users (id, email, status, note) FROM stdin;
1	a@b	new	tab\there
2	c@d	new	\\. not the end; 'quoted
3	e@f	new	\N
\.


--
-- Name: users_id_seq; Type: SEQUENCE SET; Schema: app; Owner: app_owner
--

SELECT pg_catalog.setval('app.users_id_seq', 3, true);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: app; Owner: app_owner
--

ALTER TABLE ONLY app.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: users_email; Type: INDEX; Schema: app; Owner: app_owner
--

CREATE INDEX users_email ON app.users USING gin (((email)::text) public.gin_trgm_ops);


--
-- Name: active quiet; Type: RULE; Schema: app; Owner: postgres
--

CREATE RULE quiet AS
    ON DELETE TO app.active DO INSTEAD ( DELETE FROM app.users
  WHERE (users.id = old.id);

 NOTIFY gone;
);


--
-- Name: users touch; Type: TRIGGER; Schema: app; Owner: app_owner
--

CREATE TRIGGER touch BEFORE UPDATE ON app.users FOR EACH ROW EXECUTE FUNCTION app.touch();


--
-- Name: users mine; Type: POLICY; Schema: app; Owner: app_owner
--

CREATE POLICY mine ON app.users TO "web user", readonly USING (((email)::public.citext OPERATOR(public.=) ((CURRENT_USER)::text)::public.citext));


--
-- Name: users; Type: ROW SECURITY; Schema: app; Owner: app_owner
--

ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;

--
-- Name: pub; Type: PUBLICATION; Schema: -; Owner: postgres
--

CREATE PUBLICATION pub WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION pub OWNER TO postgres;

--
-- Name: pub users; Type: PUBLICATION TABLE; Schema: app; Owner: postgres
--

ALTER PUBLICATION pub ADD TABLE ONLY app.users;


--
-- Name: sub; Type: SUBSCRIPTION; Schema: -; Owner: postgres
--

CREATE SUBSCRIPTION sub CONNECTION 'host=nowhere password=secret' PUBLICATION pub WITH (connect = false, slot_name = 'sub');


ALTER SUBSCRIPTION sub OWNER TO postgres;

--
-- Name: SCHEMA app; Type: ACL; Schema: -; Owner: app_owner
--

GRANT USAGE ON SCHEMA app TO PUBLIC;
GRANT USAGE ON SCHEMA app TO readonly;


--
-- Name: TABLE users; Type: ACL; Schema: app; Owner: app_owner
--

GRANT SELECT ON TABLE app.users TO readonly WITH GRANT OPTION;
GRANT SELECT ON TABLE app.users TO "web user" WITH GRANT OPTION;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: app; Owner: app_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE app_owner IN SCHEMA app GRANT SELECT ON TABLES  TO readonly;


--
-- Name: counts; Type: MATERIALIZED VIEW DATA; Schema: app; Owner: postgres
--

REFRESH MATERIALIZED VIEW app.counts;


--
-- PostgreSQL database dump complete
--

\unrestrict v5gAPUKJedAm4jiT7U14TrmfckAoNKs6ygv8MpYLdccOnDqfgh7TIxWpYN1caLn

