import type { DescribedStatement } from './checks/statements.js';
import type { Declared, Unread } from './declared.js';
import type { SqlLiteral } from './declared-statement.js';
import { groupBy } from './group.js';
import { missingRelation } from './missing-relation.js';
import { isToolTable } from './tool-tables.js';

/** Fewest missing tables by which a package counts as one for another database: a single one may be drift. */
const fewestTables = 3;

interface Judged {
  readonly declared: Declared;
  readonly described: readonly DescribedStatement[];
}

/**
 * Leaves out the statements of packages that are for another database. Such a package has statements that need several
 * missing tables, more of them than the schema accepts. Nothing is left out unless another package fits the schema.
 */
export function withoutOtherDatabases(declared: Declared, described: readonly DescribedStatement[]): Judged {
  const homes = groupBy(described, ({ literal }) => literal.home ?? '');
  const others = new Map([...homes].filter(([, statements]) => isOther(statements)));
  const hasOwn = [...homes].some(([home, statements]) => !others.has(home) && statements.some(isTaken));
  if (others.size === 0 || !hasOwn) return { declared, described };
  const isKept = ({ home = '' }: SqlLiteral) => !others.has(home);
  const unread = [...others].flatMap(([home, [first]]) => (first ? [unreadHome(home, first)] : []));
  return {
    declared: {
      ...declared,
      literals: declared.literals.filter(isKept),
      unread: [...declared.unread, ...unread],
    },
    described: described.filter(({ literal }) => isKept(literal)),
  };
}

function isOther(statements: readonly DescribedStatement[]): boolean {
  const lacked = statements.flatMap((statement) => lackedTable(statement) ?? []);
  return new Set(lacked).size >= fewestTables && lacked.length > statements.filter(isTaken).length;
}

const isTaken = ({ error }: DescribedStatement): boolean => error === undefined;

/** The table for whose lack the schema refuses a statement. */
function lackedTable({ error = '' }: DescribedStatement): string | undefined {
  const name = missingRelation(error);
  return name === undefined || isToolTable(name) ? undefined : name;
}

function unreadHome(home: string, { literal: { file, line } }: DescribedStatement): Unread {
  const reason = 'the schema lacks most tables of its statements, which seem to be for another database';
  return { name: home === '' ? file : home.replace(/\/$/, ''), file, line, reason, broken: false };
}
