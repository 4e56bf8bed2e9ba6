import type ts from '@typescript/typescript6';
import { type DecoratorFact, decoratorFacts } from './decorators.js';
import { joinColumns } from './relations.js';
import type { Declaration, Member, Scope } from './shape.js';

/** Decorators of TypeORM, MikroORM and sequelize-typescript that make a property a column. */
const columnDecorators = new Set([
  'Column',
  'PrimaryColumn',
  'PrimaryGeneratedColumn',
  'CreateDateColumn',
  'UpdateDateColumn',
  'DeleteDateColumn',
  'VersionColumn',
  'ObjectIdColumn',
  'ViewColumn',
  'Property',
  'PrimaryKey',
  'SerializedPrimaryKey',
  'Enum',
  'Formula',
  'ForeignKey',
  'CreatedAt',
  'UpdatedAt',
  'DeletedAt',
]);
const ofMikro = new Set(['Property', 'PrimaryKey', 'SerializedPrimaryKey', 'Enum']);
/** Columns whose values the library makes. */
const filledColumns = new Set(['CreateDateColumn', 'UpdateDateColumn', 'VersionColumn', 'CreatedAt', 'UpdatedAt']);
/** Columns that may be null without saying so. */
const nullableColumns = new Set(['DeleteDateColumn', 'DeletedAt', 'AllowNull']);

/** Whether a decorator makes a member of a class a column. */
export function isColumn(scope: Scope, node: ts.Node): boolean {
  return columnDecorator(scope, decoratorFacts(scope, node)) !== undefined;
}

function columnDecorator({ columnMakers }: Scope, decorators: readonly DecoratorFact[]): DecoratorFact | undefined {
  return (
    decorators.find(({ name }) => name === 'Column') ??
    decorators.find(({ name }) => columnDecorators.has(name) || columnMakers.has(name))
  );
}

/**
 * The columns that a property of a class is, as its decorators say. A property without one stays as it is and is
 * marked: in an entity it is no column.
 */
export function columnsOf(scope: Scope, member: Member, node: ts.Node, membersOf: MembersOf): readonly Member[] {
  const decorators = decoratorFacts(scope, node);
  const embedded = embeddedMembers(member, decorators, embeddedIn(scope, decorators, node, membersOf));
  if (embedded) return embedded;
  const joined = joinColumns(scope, member, node, decorators);
  if (joined) return joined.map(decorated);
  const column = columnDecorator(scope, decorators);
  if (column) return [decorated(columnOf(scope, member, column, decorators))];
  const strange = decorators.find(({ name }) => isStrange(scope, name, node));
  if (strange) return [strangeColumn(member, strange.name)];
  const [other] = decorators;
  return [{ ...member, undecorated: other ? `@${other.name}` : 'it has no column decorator' }];
}

/** Whether a decorator is one of the project's own that no given file declares, so that it may make a column. */
function isStrange({ names, functions }: Scope, name: string, node: ts.Node): boolean {
  const from = names.importedFrom(name, node);
  return from !== undefined && !functions.has(name) && /^\.|^@[\w-]+\/[\w-]+\/|^(?:src|[@~#])\//.test(from);
}

/** A property that may be a column of the same name; nobody knows what type its values have. */
function strangeColumn(member: Member, decorator: string): Member {
  const column = { name: member.name, by: `@${decorator}`, guessed: true as const, open: true as const };
  return { ...member, type: { ...member.type, category: 'any', name: 'any', dimensions: 0 }, column };
}

const decorated = (member: Member): Member => ({ ...member, decorated: true });

/** Finds the members of a declaration. */
type MembersOf = (scope: Scope, declaration: Declaration) => readonly Member[] | undefined;

function embeddedIn(
  scope: Scope,
  decorators: readonly DecoratorFact[],
  node: ts.Node,
  membersOf: MembersOf,
): readonly Member[] | undefined {
  const embeds = embedding(decorators)?.embeds;
  const declared = embeds === undefined ? undefined : scope.names.find(embeds, node);
  return declared && membersOf(scope, declared);
}

const embedding = (decorators: readonly DecoratorFact[]): DecoratorFact | undefined =>
  decorators.find(({ name, embeds }) => name === 'Column' && embeds !== undefined);

/** Members of an embedded object, `@Column(() => Name) name: Name`: columns of their own, with a prefix. */
function embeddedMembers(
  { name, file, line }: Member,
  decorators: readonly DecoratorFact[],
  members: readonly Member[] | undefined,
): readonly Member[] | undefined {
  const decorator = embedding(decorators);
  if (!decorator || !members) return undefined;
  const prefix = decorator.given.has('prefix') ? (decorator.options['prefix'] ?? '') : name;
  return members
    .filter(({ undecorated }) => undecorated === undefined)
    .map((member) => {
      const inner = member.column?.name ?? member.name;
      const column = prefix === '' ? inner : `${prefix}${inner.charAt(0).toUpperCase()}${inner.slice(1)}`;
      return {
        ...member,
        name: `${name}.${member.name}`,
        ...(file === undefined ? {} : { file }),
        line,
        column: { name: column, by: `@${decorator.name}`, guessed: true },
      };
    });
}

/** A column with what its decorators, or an attribute's options, say of it. */
export function columnOf(
  scope: Scope,
  member: Member,
  column: DecoratorFact,
  decorators: readonly DecoratorFact[],
): Member {
  if (column.name === 'Formula') return { ...member, skipped: '@Formula' };
  if (/\bVIRTUAL\b/.test(column.type ?? '')) return { ...member, skipped: 'it is virtual' };
  if (column.denied.has('persist')) return { ...member, skipped: 'it is not persisted' };
  if (column.denied.has('select') && column.denied.has('insert'))
    return { ...member, skipped: 'it is neither selected nor inserted' };
  const named = column.options['name'] ?? column.options['fieldName'] ?? column.options['field'];
  const isFilled = filledColumns.has(column.name) || column.given.has('onCreate');
  const typed: Member = {
    ...member,
    type: storedType(scope, member.type, column, decorators),
    ...(isFilled ? { filledBy: `@${column.name}` } : {}),
  };
  return named === undefined ? typed : { ...typed, column: { name: named, by: `@${column.name}` } };
}

/**
 * The type of a column's values. A transformer, an accessor and a type of the project's own make anything of them,
 * `simple-array` reads a list from a text, and `nullable: true` lets null in, whether the property's type says so or
 * not.
 */
function storedType(
  { converters }: Scope,
  type: Member['type'],
  column: DecoratorFact,
  decorators: readonly DecoratorFact[],
): Member['type'] {
  const isConverted =
    ['transformer', 'customType', 'get'].some((option) => column.given.has(option)) ||
    /^simple-(?!enum)|^new\b|^(?!DataTypes?$)\w+Type$/.test(column.type ?? '') ||
    (isOpen(column) && (type.dimensions > 0 || type.category === 'json')) ||
    // What the library writes into JSON as a text, it reads as that text.
    (type.name === 'string' && /^(?:DataTypes?\.)?jsonb?$/i.test(column.options['columnType'] ?? column.type ?? '')) ||
    decorators.some(({ name }) => converters.has(name));
  if (isConverted) return { ...type, category: 'any', name: 'any', dimensions: 0 };
  const isNullable =
    column.flags.has('nullable') ||
    column.flags.has('allowNull') ||
    // TypeORM takes a column whose default is null for one that may be null.
    (column.name === 'Column' && column.nulls.has('default') && !column.denied.has('nullable')) ||
    decorators.some(({ name, type: given }) => nullableColumns.has(name) && given !== 'false');
  const read = madeOf(type, column);
  return isNullable && !read.nullable && read.category !== 'any' ? { ...read, nullable: true, hidesNull: true } : read;
}

/** Whether a column's type is a constant that no given file declares, which may be `simple-array` or `date`. */
function isOpen({ type = '' }: DecoratorFact): boolean {
  return /^(?!DataTypes?\b)\w+\.\w+$/.test(type);
}

/**
 * The type with what the library makes of the column's values. It goes by the decorator, not by the column: TypeORM
 * gives text for what the decorator calls `date`. MikroORM reads all times as text, and makes a `Date` if the property
 * is one.
 */
function madeOf(type: Member['type'], column: DecoratorFact): Member['type'] {
  const { name, type: given } = column;
  const isText = type.name === 'string';
  if (ofMikro.has(name)) return isText ? { ...type, makes: writtenTimes } : type;
  if (isOpen(column)) return { ...type, makes: { date: 'any' } };
  if (given === 'date') return { ...type, makes: writtenTimes };
  if (/^(?:simple-)?enum$/.test(given ?? '') && type.name === 'number') return { ...type, makes: { enum: 'number' } };
  return isText ? { ...type, makes: { date: 'Date' } } : type;
}

const writtenTimes = { date: 'string', timestamp: 'string', timestamptz: 'string' };
