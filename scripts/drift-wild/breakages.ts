/** A change of the schema after which what the models say fails. */
export interface Breakage {
  readonly name: string;
  /** Condition for a column `a` of a table `c` that it may be done to. */
  readonly where: string;
  /** Statements, with `%1$s` for the table and `%2$I` for the column. */
  readonly statements: readonly string[];
}

const noDefault = 'ALTER TABLE %1$s ALTER %2$I DROP DEFAULT';
const isText = "a.atttypid IN ('text'::regtype, 'varchar'::regtype)";
const isPlain =
  "NOT EXISTS (SELECT FROM pg_constraint k WHERE k.contype <> 'n' AND k.conrelid = c.oid AND a.attnum = ANY (k.conkey)) AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_class i ON i.oid = d.objid AND i.relkind = 'i' WHERE d.refobjid = c.oid AND d.refobjsubid = a.attnum)";

/** A time that the default gives each row is null only where somebody writes null. */
const hasNoClock =
  "NOT EXISTS (SELECT FROM pg_attrdef d WHERE d.adrelid = c.oid AND d.adnum = a.attnum AND pg_get_expr(d.adbin, d.adrelid) ~* '^(now\\(\\)|current_timestamp)')";

export const breakages: readonly Breakage[] = [
  { name: 'drop a column', where: 'true', statements: ['ALTER TABLE %1$s DROP %2$I CASCADE'] },
  { name: 'rename a column', where: 'true', statements: ['ALTER TABLE %1$s RENAME %2$I TO zz_quite_different'] },
  { name: 'drop a table', where: 'true', statements: ['DROP TABLE %1$s CASCADE'] },
  { name: 'rename a table', where: 'true', statements: ['ALTER TABLE %1$s RENAME TO zz_quite_different'] },
  {
    name: 'text becomes bytea',
    where: `${isText} AND ${isPlain}`,
    statements: [noDefault, "ALTER TABLE %1$s ALTER %2$I TYPE bytea USING ''''::bytea"],
  },
  {
    name: 'a text becomes a list',
    where: `${isText} AND ${isPlain}`,
    statements: [noDefault, 'ALTER TABLE %1$s ALTER %2$I TYPE text[] USING ARRAY[]::text[]'],
  },
  {
    name: 'integer becomes bigint',
    where: `a.atttypid = 'int4'::regtype AND ${isPlain}`,
    statements: ['ALTER TABLE %1$s ALTER %2$I TYPE bigint'],
  },
  {
    name: 'a time becomes bigint',
    where: `a.atttypid IN ('timestamp'::regtype, 'timestamptz'::regtype) AND ${isPlain}`,
    statements: [noDefault, 'ALTER TABLE %1$s ALTER %2$I TYPE bigint USING 0'],
  },
  {
    name: 'NOT NULL goes',
    where: `a.attnotnull AND ${isPlain} AND ${hasNoClock}`,
    statements: ['ALTER TABLE %1$s ALTER %2$I DROP NOT NULL'],
  },
  {
    name: 'a required column comes',
    where: 'true',
    statements: [
      "ALTER TABLE %1$s ADD zz_required text NOT NULL DEFAULT ''''",
      'ALTER TABLE %1$s ALTER zz_required DROP DEFAULT',
    ],
  },
];

/**
 * SQL that does a breakage to the first column, by name, that it may be done to. Views over it are dropped, since
 * nothing of a broken schema is to be refused.
 *
 * @param tables Tables that models are compared with.
 * @param unread Columns of them that no model reads: `users.salt`.
 */
export function breakingSql(
  { where, statements }: Breakage,
  tables: readonly string[],
  unread: readonly string[],
): string {
  return `SET check_function_bodies = off;
DO $break$
DECLARE
  target record;
  dependent record;
BEGIN
  SELECT c.oid::regclass AS relation, a.attname AS name INTO target
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN LATERAL (SELECT CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname AS name) AS shown
  WHERE c.relkind = 'r' AND a.attgenerated = '' AND shown.name = ANY (${list(tables)})
    AND shown.name || '.' || a.attname <> ALL (${list(unread)}) AND ${where}
  ORDER BY array_position(${list(tables)}, shown.name), a.attname LIMIT 1;
  IF NOT FOUND THEN RAISE EXCEPTION 'nothing to break'; END IF;
  FOR dependent IN SELECT oid::regclass AS view, relkind FROM pg_class
    WHERE relkind IN ('v', 'm') AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) LOOP
    EXECUTE format('DROP %s VIEW IF EXISTS %s CASCADE', CASE dependent.relkind WHEN 'm' THEN 'MATERIALIZED' ELSE '' END, dependent.view);
  END LOOP;
${statements.map((statement) => `  EXECUTE format('${statement}', target.relation, target.name);`).join('\n')}
END $break$;
`;
}

function list(texts: readonly string[]): string {
  return `ARRAY[${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')}]::text[]`;
}
