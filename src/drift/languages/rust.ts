import type { DeclaredModel } from '../declared.js';
import { dieselProfile } from '../types/diesel.js';
import { sqlxProfile } from '../types/sqlx.js';
import type { Language } from './language.js';

const keywords = new Set(
  'as async await break const continue dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return static struct trait true type unsafe use where while abstract become box do final macro override priv try typeof unsized virtual yield gen'.split(
    ' ',
  ),
);

/** Words that cannot be names, not even as `r#…`. */
const paths = new Set(['crate', 'self', 'Self', 'super', '_']);

const profiles = { sqlx: sqlxProfile, diesel: dieselProfile } as const;

export const rust: Language = {
  name: 'rust',
  extensions: ['.rs'],
  loadReader: async () => (await import('../readers/rust.js')).loadRustReader(),
  profileOf: ({ profile }, settings) => profiles[settings.profiles.rust ?? (profile === 'diesel' ? 'diesel' : 'sqlx')],
  anyCase: false,
  fieldName: (_, column) => nameOf(column),
  field: (name, type) => `pub ${keywords.has(name) ? `r#${name}` : name}: ${type},`,
  shownField: ({ name, type }) => `pub ${name}: ${type.text},`,
  opening: ({ name }) => `pub struct ${name} {`,
  shownOpening: ({ name }) => `pub struct ${name} {`,
  indent: '    ',
  attribute,
  keepName: (model, column) => `write ${attribute(model, column)} above it`,
};

/** Name of a Rust field for a column: characters that a Rust name cannot have are replaced. */
function nameOf(column: string): string {
  const name = column.replace(/\P{XID_Continue}+/gu, '_');
  const begun = /^[\p{XID_Start}_]/u.test(name) ? name : `_${name}`;
  return paths.has(begun) ? `${begun}_` : begun;
}

function attribute({ profile }: DeclaredModel, column: string): string {
  return profile === 'diesel'
    ? `#[diesel(column_name = ${column})]`
    : `#[sqlx(rename = "${column.replace(/["\\]/g, '\\$&')}")]`;
}
