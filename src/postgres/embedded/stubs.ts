/**
 * Makes every existing object a member of the extension `plpgsql`, which every database has. Objects of an extension
 * are not part of a schema: later SQL can refer to them, and the output omits them.
 */
export const hideEverything = `DO $stubs$
DECLARE
  object record;
BEGIN
  FOR object IN
    WITH own AS (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'),
    objects AS (
      SELECT 'pg_class'::regclass AS class, c.oid, CASE c.relkind WHEN 'r' THEN 'TABLE' WHEN 'p' THEN 'TABLE'
        WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE'
        WHEN 'c' THEN 'TYPE' END AS kind, c.oid::regclass::text AS name
      FROM pg_class c WHERE c.relnamespace IN (SELECT oid FROM own) AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
      UNION ALL
      SELECT 'pg_type'::regclass, t.oid, CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, t.oid::regtype::text
      FROM pg_type t WHERE t.typnamespace IN (SELECT oid FROM own) AND t.typtype IN ('e', 'd', 'r')
      UNION ALL
      SELECT 'pg_proc'::regclass, p.oid, CASE p.prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE'
        ELSE 'FUNCTION' END, p.oid::regprocedure::text
      FROM pg_proc p WHERE p.pronamespace IN (SELECT oid FROM own)
      UNION ALL
      SELECT 'pg_namespace'::regclass, n.oid, 'SCHEMA', quote_ident(n.nspname)
      FROM pg_namespace n WHERE n.oid IN (SELECT oid FROM own) AND n.nspname <> 'public'
    )
    SELECT kind, name FROM objects o
    WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype IN ('e', 'i'))
  LOOP
    EXECUTE format('ALTER EXTENSION plpgsql ADD %s %s', object.kind, object.name);
  END LOOP;
END
$stubs$`;
