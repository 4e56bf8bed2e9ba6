import type { SqlLiteral } from '../../declared.js';

/** A parameter of SQLite or MySQL, in a place where `?` is no operator of PostgreSQL: `id = ?`, `VALUES (?1, ?2)`. */
const questionMark = /(?:[=<>(,]|\b(?:like|limit|offset|between|and))\s*\?(?=\d*(?:[\s,);]|$))/i;

export const hasQuestionMarks = ({ sql }: SqlLiteral): boolean => questionMark.test(sql);

/**
 * A statement that reads rows with the parameters of PostgreSQL, `id = $1` of `id = ?`: the drivers that sqlx chooses
 * when a program runs take both, so such a mark does not show for which database it is. The compiler checks the
 * statements of macros with the marks that they have.
 */
export function withNumbers(literal: SqlLiteral): SqlLiteral {
  if (literal.converts || literal.checked || !hasQuestionMarks(literal)) return literal;
  let count = 0;
  const sql = literal.sql.replace(/'[^']*'|"[^"]*"|\?(\d*)/g, (written, number?: string) =>
    number === undefined ? written : `$${number || ++count}`,
  );
  return { ...literal, sql, adapted: true };
}
