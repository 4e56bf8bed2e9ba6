import { spellIdentifier } from '../../catalog/sql.js';
import { quoteIdentifier } from '../../postgres/quote-identifier.js';
import { quoteLiteral } from '../../postgres/quote-literal.js';

/** Returns SQL text with a schema renamed. */
export type RenameText = (sql: string) => string;

/** Strings, quoted names and words. If a string is cast to `regclass` or a similar type, it contains names. */
const tokens =
  /'((?:[^']|'')*)'(?=((?:::text\)?)*::reg[a-z]+)?)|"(?:[^"]|"")+"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/g;

/**
 * For expressions as PostgreSQL prints them under an empty search path: every name outside of pg_catalog follows its
 * schema and a dot, and the only other thing before a dot is a row in parentheses.
 */
export function renameSchemaInText(from: string, to: string): RenameText {
  const spellings = new Set([from, quoteIdentifier(from)]);
  const [plain, renamed] = [spellIdentifier(from), spellIdentifier(to)];
  const rename = (sql: string): string =>
    // Most texts mention no schema at all.
    !sql.includes(from) && !sql.includes(plain)
      ? sql
      : sql.replace(tokens, (token: string, content: string | undefined, cast: string | undefined, at: number) => {
          if (content === undefined)
            return spellings.has(token) && sql[at + token.length] === '.' && sql[at - 1] !== '.' ? renamed : token;
          if (cast === undefined) return token;
          const name = content.replaceAll("''", "'");
          const named = cast.endsWith('::regnamespace') && spellings.has(name) ? renamed : rename(name);
          return quoteLiteral(named);
        });
  return rename;
}
