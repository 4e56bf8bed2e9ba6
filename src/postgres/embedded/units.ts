import type { Statement } from './script.js';
import { inTransactionAfter } from './transaction.js';

/** A unit of statements that are sent as one message, and fail or succeed together. */
export interface Unit {
  readonly statements: readonly Statement[];
  /** Whether it is a transaction block of the script, from its BEGIN to its end. */
  readonly isTransaction: boolean;
  /** The statement that begins a block that is never ended. */
  readonly unended?: Statement;
}

/**
 * The maximum number of statements in a unit. With so many, the cost of a message is small; each message holds the
 * locks of its statements until it ends.
 */
const atMost = 200;

/**
 * Divides a script into units: each transaction as a whole, and the statements between transactions in lists. A message
 * of several statements is a transaction; a statement that would mean something else inside it is a unit of its own.
 */
export function unitsOf(statements: readonly Statement[]): Unit[] {
  const units: Unit[] = [];
  let list: Statement[] = [];
  let open = false;
  const close = (isTransaction: boolean) => {
    if (list.length > 0) units.push({ statements: list, isTransaction });
    list = [];
  };
  for (const statement of statements) {
    const after = inTransactionAfter(statement.leading, open);
    if (!open && (after || standsAlone(statement) || list.length === atMost)) close(false);
    list.push(statement);
    if ((open && !after) || (!open && !after && standsAlone(statement))) close(open);
    open = after;
  }
  const [first] = list;
  if (open && first) units.push({ statements: list, isTransaction: true, unended: first });
  else close(false);
  return units;
}

/** Statements that end a transaction, also the one that a message of several statements is. */
const ends: ReadonlySet<string> = new Set(['commit', 'end', 'rollback', 'abort']);

/**
 * Whether a statement must be a unit of its own where no transaction is open: `SET LOCAL` and `ON COMMIT` refer to
 * their transaction, and a script that begins none has none. A COMMIT that ends the transaction of a migration tool, so
 * that an index may follow it, would end the message's.
 */
function standsAlone({ leading: [first = '', second], text }: Statement): boolean {
  return (
    ends.has(first) ||
    (first === 'set' && (second === 'local' || second === 'transaction' || second === 'constraints')) ||
    /\bon\s+commit\b/i.test(text)
  );
}
