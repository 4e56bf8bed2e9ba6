/**
 * A regular expression for the condition of a trigger in its definition, of which `pg_get_expr` cannot print it: what
 * is between WHEN and the call of the function. An argument of that may say EXECUTE too.
 */
export const triggerCondition = ` WHEN [(](.*)[)] EXECUTE (?:FUNCTION|PROCEDURE) (?:[^"(]|"[^"]*")*[(](?:E?''(?:[^'']|'''')*''(?:, )?)*[)]$`;

/** Whether `pg_trigger g` sees a new row: it is FOR EACH ROW (1), BEFORE (2) and for INSERT (4) or UPDATE (16). */
export const setsNewRow = '(g.tgtype & 3 = 3 and g.tgtype & 20 <> 0)';

/**
 * Trigger functions in C whose first argument is the column that they set:
 * https://www.postgresql.org/docs/current/textsearch-features.html#TEXTSEARCH-UPDATE-TRIGGERS, and the extension spi.
 */
export const setsItsArgument = `'tsvector_update_trigger', 'tsvector_update_trigger_column', 'moddatetime', 'insert_username', 'autoinc'`;

/**
 * The first argument of `pg_trigger g`. Each argument ends with a zero byte. It is not written `'\\x00'`: the server
 * reads a message's strings before the message sets `standard_conforming_strings`.
 */
export const firstArgument = `case when g.tgnargs > 0
      then convert_from(substring(g.tgargs for position(decode('00', 'hex') in g.tgargs) - 1), getdatabaseencoding()) end`;
