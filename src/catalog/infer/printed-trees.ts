import { type Asking, describeEach } from './describe.js';

/**
 * Settings under which a server sends the analysed tree of whatever it parses. Every role may set them, and nothing has
 * to be created, so that it works on a replica too. It also writes each tree to its log. The last comes last, or the
 * others would be printed as well.
 */
const printing = `set local client_min_messages = log; set local debug_pretty_print = off; set local debug_print_parse = on`;

/** The analysed trees of statements that the server takes, as it prints them; '' for one that cannot be told. */
export async function printedTrees(
  statements: readonly string[],
  { session, searchPath }: Asking,
): Promise<readonly string[]> {
  const answers = await describeEach(statements, { session, searchPath: `${searchPath}; ${printing}` });
  await session.query('rollback to savepoint rowsmith');
  return answers.map((answer) => ('error' in answer ? '' : (answer.tree ?? '')));
}

/** The note of a run that read printed trees: `what` they are of, and `which` costs a line of the log. */
export function printedNote(
  trees: readonly string[],
  { what, which }: { what: string; which: string },
  reason: string,
) {
  return trees.includes('')
    ? `Some ${what} are nullable, because nothing could be proven about them: ${reason}.`
    : `Proofs about ${what} leave a line in the server's log for each ${which}, because ${reason}.`;
}
