import type { DeclaredModel } from '../declared.js';
import type { ProfileName } from '../declared-type.js';
import type { MissingModel } from '../missing-model.js';
import type { DriftSettings } from '../settings.js';
import { dieselProfile } from '../types/diesel.js';
import type { Profile } from '../types/profile.js';
import { seaOrmProfile } from '../types/sea-orm.js';
import { sqlxAnyProfile, sqlxProfile } from '../types/sqlx.js';
import { pascalCase } from '../words.js';
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
  'sqlx-any': sqlxAnyProfile,
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
  opening: ({ name, profile }) => `pub struct ${profile === 'sea-orm' ? 'Model' : name} {`,
  shownOpening: ({ name }) => `pub struct ${name} {`,
  indent: '    ',
  modelName: typeName,
  above,
  below,
  ofColumn: (type, { name, default: byDefault, identity }, { primaryKey }, { profile }) => {
    if (profile !== 'sea-orm' || !primaryKey?.columns.includes(name)) return { type };
    const counts = identity !== undefined || byDefault?.startsWith('nextval(') === true;
    return { type, above: [`#[sea_orm(primary_key${counts ? '' : ', auto_increment = false'})]`] };
  },
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

function typeName(words: readonly string[]): string {
  const name = pascalCase(words).replace(/\W/g, '_');
  return /^\p{XID_Start}/u.test(name) ? name : `Table${name}`;
}

/** Lines before a new struct: the derives of the others, and its table. */
function above({ model, like, relation }: MissingModel): readonly string[] {
  const derives = like.preamble ?? [];
  if (model.profile === 'diesel') {
    const path = like.tables.find(({ by }) => by === '#[diesel(table_name)]')?.table.replace(/\w+$/, '') ?? '';
    return [...derives, `#[diesel(table_name = ${path}${nameOf(relation.name)})]`];
  }
  if (model.profile !== 'sea-orm')
    return [...derives, ...(derives.length > 0 ? [] : ['#[derive(Debug, Clone, sqlx::FromRow)]'])];
  const schema = relation.schema === 'public' ? '' : `, schema_name = "${relation.schema}"`;
  return [...derives, `#[sea_orm(table_name = "${relation.name}"${schema})]`];
}

/** What an entity of SeaORM has beside its struct. */
function below({ model }: MissingModel): readonly string[] {
  if (model.profile !== 'sea-orm') return [];
  return [
    '',
    '#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]',
    'pub enum Relation {}',
    '',
    'impl ActiveModelBehavior for ActiveModel {}',
  ];
}

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
