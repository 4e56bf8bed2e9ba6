import type { SqlLiteral } from '../../declared-statement.js';

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

/** A parameter that is no part of a name: `$1`, not `cost$1`. */
const parameter = /(?<![\w$])\$(\d+)/g;

/**
 * A statement whose parameters are numbered without gaps, `id = $1` of `id = $2`: a library gives the types of all with
 * their values, yet without them PostgreSQL refuses a number that it does not find. To the compiler, macros give none.
 */
export function withoutGaps(literal: SqlLiteral): SqlLiteral {
  if (literal.converts || literal.checked) return literal;
  const used = [...new Set([...literal.sql.matchAll(parameter)].map(([, number]) => Number(number)))];
  const places = new Map(used.sort((a, b) => a - b).map((number, index) => [number, index + 1]));
  if (used.includes(0) || used.every((number) => places.get(number) === number)) return literal;
  return { ...literal, sql: literal.sql.replace(parameter, (_, number) => `$${places.get(Number(number))}`) };
}
