import { identifierText, nextToken } from '../../postgres/embedded/lexer.js';

/** A name among the tokens, and whatever of its value is assigned: `tags [ 1 ]`, `home . street`. */
const name = '([^\\s,;.]+)(?: \\[ [^\\]]* \\]| \\. [^\\s,;.]+)*';
/** `NEW.slug := …` is an assignment wherever it stands. */
const colonEquals = new RegExp(`(?<=^| )new \\. ${name} : =`, 'g');
/** `NEW.slug = …` is one as a whole statement, and elsewhere a comparison. */
const equals = new RegExp(`^new \\. ${name} =`, 'g');
/** What statements are within, up to the first: `IF a THEN`, `FOR n IN 1..2 LOOP`. */
const opener =
  /^(?:(?:begin|else|exception|loop) |(?:if|elsif|elseif|when|case|while|for|foreach) .*? (?:then|loop) )+/;
/** The targets of `SELECT … INTO NEW.slug, NEW.title`. */
const into =
  /(?<!\b(?:insert|merge) )(?<=^| )into (?:strict )?([^\s,;]+(?: \. [^\s,;]+)?(?: , [^\s,;]+(?: \. [^\s,;]+)?)*)/g;
const target = /(?<=^|, )new \. ([^\s,]+)/g;

/**
 * The fields of the new row that a trigger's function in PL/pgSQL assigns somewhere: `['updated_at', 'slug']` of
 * `NEW.updated_at := now(); SELECT make_slug(NEW.title) INTO NEW.slug;`. Whether a call gets there is not known.
 */
export function assignedToNew(source: string): string[] {
  const found = statementsOf(source).flatMap((statement) => [
    ...statement.matchAll(colonEquals),
    ...statement.replace(opener, '').matchAll(equals),
    ...[...statement.matchAll(into)].flatMap(([, targets = '']) => [...targets.matchAll(target)]),
  ]);
  return [...new Set(found.map(([, assigned = '']) => decoded(assigned)))];
}

/** The pieces between semicolons, with one space between tokens, and without comments and the contents of strings. */
function statementsOf(source: string): string[] {
  const tokens: string[] = [];
  for (let token = nextToken(source, 0); token; token = nextToken(source, token.end)) {
    if (token.kind === 'string') tokens.push("''");
    else if (token.kind === 'symbol') tokens.push(source.slice(token.start, token.end));
    else tokens.push(encoded(identifierText(source, token)));
  }
  return tokens.join(' ').split(' ; ');
}

/** A name without anything that separates tokens: `a.b` is `a%2e%b`. */
const encoded = (plain: string) => plain.replace(/[^\p{L}\p{N}_$]/gu, (one) => `%${one.codePointAt(0)?.toString(16)}%`);
const decoded = (token: string) =>
  token.replace(/%([0-9a-f]+)%/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)));
