import { fingerprintOf } from '../../report/fingerprint.js';
import type { SqlLiteral } from '../declared-statement.js';
import type { Draft } from '../finding.js';
import { groupBy } from '../group.js';
import { lacksExtension } from './extensions.js';
import type { Context } from './pairing.js';

/** The finding for a statement that the database refuses; `used` says what it is for. */
export function refusalOf(
  { literal, error = 'unknown' }: { readonly literal: SqlLiteral; readonly error?: string | undefined },
  used: string,
  context: Context,
): Draft {
  const excuse = excuseOf(literal, error, context);
  return {
    rule: 'query-invalid',
    severity: excuse === undefined ? severityOf(error, context) : 'warning',
    subject: fingerprintOf([literal.sql]),
    file: literal.file,
    line: literal.line,
    message: `The database refuses this statement${used}: ${error}.${excuse === undefined ? '' : ` ${excuse}: the statement was not checked.`}`,
  };
}

/** Why a refusal says nothing about the code; undefined where it does. */
function excuseOf({ sql, converts, checked }: SqlLiteral, error: string, { catalog }: Context): string | undefined {
  if (lacksExtension(error, catalog)) return 'It needs an extension that the schema lacks';
  if (lacksSchema(error, catalog)) return 'The source has no such schema';
  if (/^syntax error at or near "pragma"$/i.test(error)) return 'It is for SQLite';
  if (!checked && ofTemplate.test(error)) return 'It has parameters of a library that are not known';
  // Macros leave the types of parameters to the database; every call gives them with the values. So `$1::uuid` may be a
  // text that is cast there and a text elsewhere, where the database alone would take it for an uuid.
  const isCast = /\$\d+\s*::/.test(sql) && /^operator does not exist: /.test(error);
  const isTextGuessed = /\$\d/.test(sql) && ofGuessedText.test(error);
  if (!converts && !checked && (aboutParameter.test(error) || isCast || isTextGuessed))
    return 'The code gives the types of its parameters';
  return undefined;
}

/** Whether the source lacks a whole schema that a statement names, of which an error names the table at times. */
function lacksSchema(error: string, { schemas }: Context['catalog']): boolean {
  const [, schema] = /^relation "([^".]+)\.[^"]+" does not exist$/.exec(error) ?? [];
  const isLacking = schema !== undefined && schemas.every(({ name }) => name !== schema);
  return isLacking || /^schema "[^"]*" does not exist$/.test(error);
}

/** Errors of PostgreSQL about `$name` and `:name`, which are parameters of libraries and never SQL. */
const ofTemplate = /^syntax error at or near "[$:]"$|^unterminated dollar-quoted string\b/;

const aboutParameter =
  /^(?:could not determine data type of|inconsistent types deduced for) parameter|^operator is not unique:|^function .*\bunknown\b.*\) is not unique$/;

/** The error where an expression such as CASE is of type text, because nobody gives the type of its parameter. */
const ofGuessedText = /^column "[^"]*" is of type .* but expression is of type text$/;

/**
 * How much a refusal matters. If most tables are in another schema than `public`, the program probably connects with it
 * in `search_path`, so that a name that exists there is only a warning.
 */
function severityOf(error: string, { catalog }: Context): Draft['severity'] {
  const [, kind, path = ''] = /^(relation|function) "?([^"(]+)"?(?:\(.*\))? does not exist/.exec(error) ?? [];
  if (kind === undefined) return 'error';
  const [name, asked = 'public'] = path.split('.').reverse();
  const own = schemaOfMost(catalog.relations);
  if (own === 'public') return 'error';
  const named = (kind === 'relation' ? catalog.relations : catalog.functions).filter((one) => one.name === name);
  const isElsewhere = named.every(({ schema }) => schema !== asked);
  const isOwn = asked === own || named.some(({ schema }) => schema === own);
  return named.length > 0 && isElsewhere && isOwn ? 'warning' : 'error';
}

function schemaOfMost(relations: Context['catalog']['relations']): string {
  const sizes = [...groupBy(relations, ({ schema }) => schema)].sort(([, a], [, b]) => b.length - a.length);
  return sizes[0]?.[0] ?? 'public';
}
