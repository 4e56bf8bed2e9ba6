import type { Node } from 'web-tree-sitter';
import { columnCase, snakeCase } from '../names.js';
import { attributeValue, derives } from './attributes.js';
import { addPreamble, noPreamble, preambleOf } from './preamble.js';
import { nameOf } from './struct-fields.js';
import type { Attribute, LabelledEnum } from './syntax.js';
import { lineOf } from './syntax-errors.js';

/** Keys of attributes that say the same: of `#[sqlx(rename = "x")]`, `rename` of `sqlx`. */
type Keys = readonly (readonly [attribute: string, key: string])[];

/** How a library says which enum of the database an enum is, and which labels its variants have. */
interface Dialect {
  readonly derive: string;
  readonly type: Keys;
  readonly style: Keys;
  readonly label: Keys;
  /** The style where none is written. */
  readonly byDefault?: string;
}

/** What names the SQL type in Diesel's schema file. */
const path: Keys = [
  ['ExistingTypePath', 'ExistingTypePath'],
  ['db_enum', 'existing_type_path'],
];

const dialects: readonly Dialect[] = [
  { derive: 'Type', type: [['sqlx', 'type_name']], style: [['sqlx', 'rename_all']], label: [['sqlx', 'rename']] },
  {
    derive: 'FromSql',
    type: [['postgres', 'name']],
    style: [['postgres', 'rename_all']],
    label: [['postgres', 'name']],
  },
  {
    derive: 'DeriveActiveEnum',
    type: [['sea_orm', 'enum_name']],
    style: [['sea_orm', 'rename_all']],
    label: [['sea_orm', 'string_value']],
  },
  {
    derive: 'DbEnum',
    type: [
      ['PgType', 'PgType'],
      ['db_enum', 'pg_type'],
    ],
    style: [
      ['DbValueStyle', 'DbValueStyle'],
      ['db_enum', 'value_style'],
    ],
    label: [
      ['db_rename', 'db_rename'],
      ['db_enum', 'rename'],
    ],
    byDefault: 'snake_case',
  },
];

/** The enums of a file that libraries read enums of the database into: `#[derive(sqlx::Type)]`, `#[derive(DbEnum)]`. */
export function labelledEnums(root: Node, file: string, isRead: (node: Node) => boolean): readonly LabelledEnum[] {
  return root.descendantsOfType('enum_item').flatMap((node) => {
    if (!node || !isRead(node)) return [];
    const attributes = attributesOf(node);
    const traits = derives(attributes);
    const dialect = dialects.find(({ derive }) => traits.includes(derive));
    const type = nameOf(node);
    const written = dialect && typeOf(type, attributes, dialect);
    const labels = dialect && labelsOf(node, attributes, dialect, isRead);
    if (written === undefined || labels === undefined) return [];
    const [name = written, schema] = written.replaceAll('"', '').split('.').reverse();
    // A name without quotes may be that of an enum in lower case.
    return [...new Set([name, name.toLowerCase()])].map((spelled) => ({
      type,
      name: spelled,
      ...(schema === undefined ? {} : { schema }),
      labels,
      file,
      line: lineOf(node),
      construct: `enum ${type}`,
      isUsed: false,
    }));
  });
}

function attributesOf(item: Node): readonly Attribute[] {
  const pieces = noPreamble();
  for (const before of preambleOf(item)) addPreamble(pieces, before);
  return pieces.attributes;
}

/** The type of the database that an enum is read from: attributes name it, or it has the name of the enum. */
function typeOf(name: string, attributes: readonly Attribute[], { derive, type }: Dialect): string | undefined {
  const written = writtenIn(attributes, type);
  if (written !== undefined) return written;
  // Diesel makes the name of the SQL type of that of the enum.
  if (derive === 'DbEnum') return snakeCase(writtenIn(attributes, path)?.split('::').at(-1)?.trim() ?? name);
  const isOfSqlx = attributes.some(({ text = '' }) => /\bsqlx\s*::\s*Type\b/.test(text));
  return isOfSqlx && !attributes.some((attribute) => attribute.name === 'repr') ? name : undefined;
}

function writtenIn(attributes: readonly Attribute[], keys: Keys): string | undefined {
  return keys
    .map(([attribute, key]) => attributeValue(attributes, attribute, key))
    .find((value) => value !== undefined);
}

/** The labels of an enum's variants; undefined where a variant holds values, or has a style that is not known. */
function labelsOf(
  item: Node,
  attributes: readonly Attribute[],
  { style: styleKeys, label, byDefault = verbatim }: Dialect,
  isRead: (node: Node) => boolean,
): readonly string[] | undefined {
  const variants = (item.childForFieldName('body')?.namedChildren ?? []).filter(
    (node) => node?.type === 'enum_variant' && isRead(node),
  );
  const style = writtenIn(attributes, styleKeys) ?? byDefault;
  const labels = variants.flatMap((variant) => {
    const written = variant && writtenIn(attributesOf(variant), label);
    const isPlain = variant?.childForFieldName('body') === null;
    return isPlain && (written !== undefined || styles.has(style))
      ? [written ?? columnCase(nameOf(variant), style)]
      : [];
  });
  return labels.length > 0 && labels.length === variants.length ? labels : undefined;
}

const verbatim = 'verbatim';
/** The styles of names that `columnCase` knows, and none. */
const styles: ReadonlySet<string> = new Set([
  verbatim,
  'lowercase',
  'UPPERCASE',
  'camelCase',
  'PascalCase',
  'snake_case',
  'SCREAMING_SNAKE_CASE',
  'kebab-case',
]);
