import type { Config } from '../config/config.js';
import type { DescribedStatement } from '../drift/checks/statements.js';
import type { Asked } from '../drift/compare.js';
import type { SqlLiteral } from '../drift/declared-statement.js';
import { RowsmithError } from '../errors.js';
import type { OnProgress } from '../progress.js';
import { describedStatements, withoutEnd } from './described-statements.js';
import { openSession, sourceOf } from './source.js';

/** The input of `askStatements`: what to ask, and of which database. */
interface Questions {
  readonly config: Config;
  readonly folder: string;
  /** Whether the rule query-invalid is on, which checks every statement. */
  readonly judgesAll: boolean;
  readonly onProgress: OnProgress;
}

/**
 * Asks the database about the statements of the code, all in one session, so that SQL files are loaded only once. A
 * catalog file cannot parse statements, so the result says which ones were not checked.
 */
export async function askStatements(
  literals: readonly SqlLiteral[],
  { config, folder, judgesAll, onProgress }: Questions,
): Promise<Asked> {
  const source = sourceOf(config, folder);
  const asked = literals.filter(isAsked);
  if ('catalog' in source) {
    if (judgesAll) throw needsDatabase();
    return { unchecked: asked.filter(({ into, dynamic }) => into !== undefined && !dynamic) };
  }
  if (!judgesAll && asked.length === 0) return {};
  const session = await openSession(source, config, { folder, onNote: () => {}, onProgress });
  try {
    const judged = judgesAll ? literals.filter(isOneStatement) : [];
    const all = await describedStatements(session, [...new Set([...asked, ...judged])], onProgress);
    const others = all.filter(({ literal }) => !isAsked(literal));
    return {
      refused: others.flatMap(({ literal, error }) => (error === undefined ? [] : [{ ...literal, error }])),
      described: all.filter((statement) => isAsked(statement.literal) && isTold(statement)),
    };
  } finally {
    await session.close();
  }
}

/** Whether the code reads a statement into a model, or has a compiler check it, and its columns can be known. */
const isAsked = ({ sql, into, checked, dynamic, templated, adapted, givesOthers }: SqlLiteral): boolean =>
  (into !== undefined || checked === true) &&
  (!dynamic || (sql !== '' && (templated || adapted) === true && !givesOthers));

/**
 * Whether an answer is about the code, and not about a parameter that stands for more than a value: a refusal of a
 * template is, if it is for the lack of something whose name has no parameter in it; one of an adapted text never is.
 */
function isTold({ literal, error }: DescribedStatement): boolean {
  if (error === undefined) return true;
  return !literal.adapted && (!literal.templated || /^(?:column|relation) [^$]* does not exist$/.test(error));
}

/**
 * Whether a text is one whole statement: with parts missing, it would be refused for a reason that is not the schema's.
 */
const isOneStatement = ({ sql, dynamic }: SqlLiteral): boolean => !dynamic && !withoutEnd(sql).includes(';');

function needsDatabase(): RowsmithError {
  return new RowsmithError(
    'rule-needs-database',
    'The rule query-invalid needs a database or SQL files: a catalog cannot check statements.',
    'Pass another --source, or turn the rule off.',
  );
}
