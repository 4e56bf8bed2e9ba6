import { quoteIdentifier } from '../postgres/quote-identifier.js';
import type { QualifiedName, TypeRef } from './catalog.js';

/** A name with its schema, quoted: `"public"."tasks"`. */
export function quoteName({ schema, name }: QualifiedName): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

/**
 * A type as a CAST names it, regardless of the search path. After `pg_catalog.`, a name means only the type, without
 * the length 1 that the keywords `bit` and `character` imply:
 * https://www.postgresql.org/docs/current/datatype-character.html.
 */
export function castName({ schema, name, dimensions }: TypeRef): string {
  const element = schema === undefined ? `pg_catalog.${name}` : quoteName({ schema, name });
  return dimensions === undefined ? element : `${element}[]`;
}

/**
 * A type as SQL spells it. `formatted` is what `format_type` prints. Names of the schema's own types are spelled here,
 * because `format_type` quotes the server's keywords, which differ between versions: `json` is one since PostgreSQL 16.
 */
export function spellTypeName(
  type: { readonly schema: string; readonly name: string; readonly array: boolean },
  formatted: string,
): string {
  if (type.schema === 'pg_catalog') return formatted;
  const modifier = /\([^()]*\)(?=(\[\])*$)/.exec(formatted)?.[0] ?? '';
  return `${spellIdentifier(type.schema)}.${spellIdentifier(type.name)}${modifier}${type.array ? '[]' : ''}`;
}

/** A name that is quoted only if necessary, ignoring reserved words: the text is read by people, not by a server. */
export function spellIdentifier(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : quoteIdentifier(name);
}
