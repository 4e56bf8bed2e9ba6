import { partsOf } from './parts.js';

/** What is known of a condition under which code is compiled; undefined where nothing is. */
type Truth = boolean | undefined;

/** Deepest conditions inside conditions that are read. */
const deepest = 16;

/**
 * Whether code under a condition is part of the program for PostgreSQL: `test` is not, `feature = "mysql"` is not, and
 * `not(feature = "postgres")` is not. Undefined for any other, which may be.
 */
export function truthOf(condition: string, depth = 0): Truth {
  const text = condition.trim();
  const [, operator, inside = ''] = /^(all|any|not)\s*\(([\s\S]*)\)$/.exec(text) ?? [];
  if (operator === undefined || depth === deepest) return ofOption(text);
  const parts = partsOf(inside).map((part) => truthOf(part, depth + 1));
  if (operator === 'not') return parts[0] === undefined ? undefined : !parts[0];
  const decisive = operator === 'any';
  if (parts.includes(decisive)) return decisive;
  return parts.includes(undefined) ? undefined : !decisive;
}

/** Names that the compiler may set without being told. */
const setByCompiler = new Set([
  'unix',
  'windows',
  'debug_assertions',
  'overflow_checks',
  'panic',
  'proc_macro',
  'true',
]);

function ofOption(text: string): Truth {
  // A name of the project's own, `cfg(verifies_sql)`, is set by nobody who just builds.
  if (/^\w+$/.test(text)) return setByCompiler.has(text) ? undefined : false;
  const [, feature = ''] = /^feature\s*=\s*"([^"]*)"$/.exec(text) ?? [];
  if (/postgres|pgsql|^pg$/i.test(feature)) return true;
  return /mysql|maria|sqlite|mssql/i.test(feature) ? false : undefined;
}

/** The condition of `cfg(…)` or of `cfg_attr(…, …)`, without what follows it. */
export function conditionOf(argument: string): string {
  return partsOf(argument)[0] ?? '';
}
