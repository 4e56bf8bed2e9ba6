import type { DeclaredModel, ProfileName } from '../declared.js';
import type { DriftSettings } from '../settings.js';
import { dieselProfile } from '../types/diesel.js';
import type { Profile } from '../types/profile.js';
import { seaOrmProfile } from '../types/sea-orm.js';
import { sqlxProfile } from '../types/sqlx.js';
import type { Language } from './language.js';

export const keywords: ReadonlySet<string> = new Set(
  'as async await break const continue dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return static struct trait true type unsafe use where while abstract become box do final macro override priv try typeof unsized virtual yield gen'.split(
    ' ',
  ),
);

/** Words that cannot be names, not even as `r#…`. */
const paths = new Set(['crate', 'self', 'Self', 'super', '_']);

const profiles = {
  sqlx: sqlxProfile,
  diesel: dieselProfile,
  'sea-orm': seaOrmProfile,
} as const;

export const rust: Language = {
  name: 'rust',
  code: 'rust',
  extensions: ['.rs'],
  loadReader: async () => (await import('../readers/rust.js')).loadRustReader(),
  profileOf,
  anyCase: false,
  fieldName,
  otherNames: (name) => (name.endsWith('_') ? [name.replace(/_+$/, '')] : []),
  field: (name, type) => `pub ${keywords.has(name) ? `r#${name}` : name}: ${type},`,
  shownField: ({ name, type }) => `pub ${name}: ${type.text},`,
  opening: ({ name }) => `pub struct ${name} {`,
  shownOpening: ({ name }) => `pub struct ${name} {`,
  indent: '    ',
  attribute,
  keepName: (model, column) => {
    const written = attribute(model, column);
    return written === undefined ? `call it ${fieldName(model, column)}` : `write ${written} above it`;
  },
};

function profileOf({ profile }: DeclaredModel, { profiles: { rust: asked } }: DriftSettings): Profile {
  return profiles[asked ?? (isRust(profile) ? profile : 'sqlx')];
}

const isRust = (profile: ProfileName): profile is keyof typeof profiles => Object.hasOwn(profiles, profile);

/** Name of a new field. Diesel calls a column that is a keyword `type_`. */
function fieldName({ profile }: DeclaredModel, column: string): string {
  const name = nameOf(column);
  return profile === 'diesel' && keywords.has(name) ? `${name}_` : name;
}

/** Name of a Rust field for a column: characters that a Rust name cannot have are replaced. */
export function nameOf(column: string): string {
  const name = column.replace(/\P{XID_Continue}+/gu, '_');
  const begun = /^[\p{XID_Start}_]/u.test(name) ? name : `_${name}`;
  return paths.has(begun) ? `${begun}_` : begun;
}

/** The attribute that names a column; undefined where Diesel's `table!` has another name for it already. */
function attribute({ profile }: DeclaredModel, column: string): string | undefined {
  if (profile === 'sea-orm') return `#[sea_orm(column_name = "${column.replace(/["\\]/g, '\\$&')}")]`;
  if (profile === 'diesel')
    return keywords.has(column) || nameOf(column) !== column ? undefined : `#[diesel(column_name = ${column})]`;
  return `#[sqlx(rename = "${column.replace(/["\\]/g, '\\$&')}")]`;
}
