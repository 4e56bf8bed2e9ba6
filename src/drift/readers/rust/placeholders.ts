import type { SqlLiteral } from '../../declared.js';

/** A parameter of SQLite or MySQL, in a place where `?` is no operator of PostgreSQL: `id = ?`, `VALUES (?1, ?2)`. */
const questionMark = /(?:[=<>(,]|\b(?:like|limit|offset|between|and))\s*\?(?=\d*(?:[\s,);]|$))/i;

export const hasQuestionMarks = ({ sql }: SqlLiteral): boolean => questionMark.test(sql);
