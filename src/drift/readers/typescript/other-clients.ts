import type ts from '@typescript/typescript6';
import type { SqlLiteral } from '../../declared.js';
import { importsOf } from './imports.js';
import { nearbyConstant } from './nearby-constants.js';
import type { Names, TypeScript } from './shape.js';
import { ownPath } from './strange-clients.js';

/** Modules of clients of other databases, by the words of their paths: `@clickhouse/client`, `drizzle-orm/libsql`. */
const ofOthers =
  /(?:^|[/@:.~-])(?:clickhouse|mysql2?|mariadb|planetscale|sqlite3?|libsql|duckdb|sql\.js|mssql|tedious|oracledb|snowflake-sdk|bigquery|cassandra-driver)(?:[/.-]|$)/i;
/** Packages whose clients are of PostgreSQL, or of the database that the project's schema is of. */
const ofOwn =
  /^(?:pg(?:-\w+)?|postgres|slonik|@neondatabase|@electric-sql|@prisma|@vercel\/postgres|drizzle-orm\/(?:pg-core|node-postgres|postgres-js|neon[\w-]*|vercel-postgres|pglite))(?:\/|$)/;
/** How many constants are followed from a call to the import of its client. */
const longestChain = 8;

/** What a file's imports say about its clients, by the names that it imports. */
interface Clients {
  readonly others: ReadonlySet<string>;
  readonly hasOwn: boolean;
  /** Whether it takes a client of another database from a package. */
  readonly isOfOther: boolean;
}

/**
 * Tells the statements of other databases by the client that runs them: `clickhouse.query(…)` of `import { clickhouse }
 * from './clickhouse'`, `db.runSync(…)` of a module that opens the database with `expo-sqlite`.
 */
export function createOtherClients(typescript: TypeScript, names: Names, sources: readonly ts.SourceFile[]) {
  const files = new Map(sources.map((source) => [source.fileName, importsOf(typescript, source).imported]));
  const isPure = (file: string) => {
    const froms = [...(files.get(file)?.values() ?? [])].map(({ from }) => from);
    return froms.some((from) => ofOthers.test(from)) && !froms.some((from) => ofOwn.test(from));
  };
  const pure = new Set([...files.keys()].filter(isPure));
  const known = new Map<ts.SourceFile, Clients>();

  function clientsOf(source: ts.SourceFile): Clients {
    const before = known.get(source);
    if (before) return before;
    const imported = [...(files.get(source.fileName) ?? [])];
    const isOther = (name: string, from: string) =>
      ofOthers.test(from) || pure.has(names.moduleOf(name, source) ?? names.find(name, source)?.file ?? '');
    const others = new Set(imported.flatMap(([name, { from }]) => (isOther(name, from) ? [name] : [])));
    const hasOwn = imported.some(([, { from }]) => ofOwn.test(from));
    const clients = { others, hasOwn, isOfOther: pure.has(source.fileName) };
    known.set(source, clients);
    return clients;
  }

  return (node: ts.Node): SqlLiteral['client'] => {
    const source = node.getSourceFile();
    const { others, hasOwn, isOfOther } = clientsOf(source);
    if (others.size === 0) return undefined;
    const root = clientOf(typescript, node);
    if (root !== undefined && others.has(root)) return 'other';
    const from = root === undefined ? undefined : names.importedFrom(root, source);
    if (from !== undefined && ofOwn.test(from)) return undefined;
    const isUnknown = from === undefined || !ownPath.test(from);
    return isOfOther && !hasOwn && isUnknown ? 'other' : 'unclear';
  };
}

/** The name that the client of a statement's call begins with: `db` of `db.runSync('…')`, behind constants. */
function clientOf(typescript: TypeScript, statement: ts.Node): string | undefined {
  let node = statement;
  while (!isRun(typescript, node.parent, node)) {
    node = node.parent;
    if (typescript.isStatement(node)) return undefined;
  }
  const run = node.parent as ts.CallExpression | ts.TaggedTemplateExpression;
  let root: ts.Expression = typescript.isCallExpression(run) ? run.expression : run.tag;
  for (let length = 0; length < longestChain; length++) {
    root = beginning(typescript, root);
    const constant = nearbyConstant(typescript, root);
    if (constant === root) break;
    root = constant;
  }
  return typescript.isIdentifier(root) ? root.text : undefined;
}

/** Whether a node runs a statement that is in its child: a call with it, or a template of it. */
function isRun(typescript: TypeScript, outer: ts.Node, inner: ts.Node): boolean {
  if (typescript.isCallExpression(outer)) return outer.expression !== inner;
  return typescript.isTaggedTemplateExpression(outer);
}

/** What a chain of calls and members begins with: `pool` of `(await pool.connect()).client`. */
function beginning(typescript: TypeScript, expression: ts.Expression): ts.Expression {
  let node = expression;
  while (
    typescript.isPropertyAccessExpression(node) ||
    typescript.isElementAccessExpression(node) ||
    typescript.isCallExpression(node) ||
    typescript.isNewExpression(node) ||
    typescript.isAwaitExpression(node) ||
    typescript.isParenthesizedExpression(node) ||
    typescript.isNonNullExpression(node) ||
    typescript.isAsExpression(node)
  )
    node = node.expression;
  return node;
}
