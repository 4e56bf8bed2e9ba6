import type ts from '@typescript/typescript6';
import type { SqlLiteral } from '../../declared-statement.js';
import { importsOf } from './imports.js';
import { nearbyConstant } from './nearby-constants.js';
import type { Names, TypeScript } from './shape.js';
import { ownPath } from './strange-clients.js';

/** Modules of clients of other databases, by the words of their paths: `@clickhouse/client`, `drizzle-orm/libsql`. */
const ofOthers =
  /(?:^|[/@:.~-])(?:clickhouse|mysql2?|mariadb|planetscale|sqlite3?|libsql|duckdb|sql\.js|mssql|tedious|oracledb|snowflake-sdk|bigquery|cassandra-driver)(?:[/.-]|$)/i;
/** Modules of clients of PostgreSQL, or of the database that the project's schema is of. */
const ofOwn =
  /(?:^|[/@:.~-])(?:pg|postgres(?:ql)?|pglite|slonik|neon(?:database|-http|-serverless)?|prisma)(?:[/.-]|$)/i;
/** How many constants are followed from a call to the import of its client. */
const longestChain = 8;

/**
 * Tells the statements of other databases by the client that runs them: `clickhouse.query(…)` of `import { clickhouse }
 * from './clickhouse'`, `db.runSync(…)` of a module that opens the database with `expo-sqlite`.
 */
export function createOtherClients(typescript: TypeScript, names: Names, sources: readonly ts.SourceFile[]) {
  const imports = new Map(sources.map((source) => [source.fileName, [...importsOf(typescript, source).imported]]));
  const isFrom = (file: string, modules: RegExp) =>
    imports.get(file)?.some(([, { from }]) => modules.test(from)) ?? false;
  /** Files whose clients are all of other databases, also those that they import from files of the project. */
  const pure = new Set(sources.filter(isPure).map(({ fileName }) => fileName));
  const known = new Map<ts.SourceFile, ReadonlySet<string>>();

  function isPure(source: ts.SourceFile): boolean {
    const { fileName } = source;
    if (!isFrom(fileName, ofOthers) || isFrom(fileName, ofOwn)) return false;
    return imports.get(fileName)?.every(([name]) => !isFrom(names.moduleOf(name, source) ?? '', ofOwn)) ?? false;
  }

  /** The names that a file imports clients of other databases under, or what gives them. */
  function othersIn(source: ts.SourceFile): ReadonlySet<string> {
    const before = known.get(source);
    if (before) return before;
    const isPart = (name: string) => pure.has(names.moduleOf(name, source) ?? names.find(name, source)?.file ?? '');
    const all = imports.get(source.fileName) ?? [];
    const found = all.filter(([name, { from }]) => ofOthers.test(from) || (pure.size > 0 && isPart(name)));
    const others = new Set(found.map(([name]) => name));
    known.set(source, others);
    return others;
  }

  return (node: ts.Node): SqlLiteral['client'] => {
    const source = node.getSourceFile();
    const others = othersIn(source);
    if (others.size === 0) return undefined;
    const root = clientOf(typescript, node);
    if (root !== undefined && others.has(root)) return 'other';
    const from = root === undefined ? undefined : names.importedFrom(root, source);
    if (from !== undefined && ofOwn.test(from)) return undefined;
    const isUnknown = from === undefined || !ownPath.test(from);
    return pure.has(source.fileName) && isUnknown ? 'other' : 'unclear';
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
