import type { Statement } from './script.js';
import { inTransactionAfter } from './transaction.js';

/** Statements that can be sent as one message, and fail or succeed together. */
export interface Unit {
  readonly statements: readonly Statement[];
  /** A transaction block of the script's own: from its BEGIN to its end. */
  readonly isTransaction: boolean;
  /** The statement that begins a block which nothing ends. */
  readonly unended?: Statement;
}

/** Enough to make the messages' own cost small; each holds the locks of its statements until it ends. */
const atMost = 200;

/**
 * What stands between transactions comes in lists, each transaction as a whole. Statements that mean something else among others,
 * in the transaction that a message of several is, stand alone.
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

/** `SET LOCAL` and `ON COMMIT` are about the transaction that they are in, which is none in a script that begins none. */
function standsAlone({ leading: [first, second], text }: Statement): boolean {
  return (
    (first === 'set' && (second === 'local' || second === 'transaction' || second === 'constraints')) ||
    /\bon\s+commit\b/i.test(text)
  );
}
