import type ts from '@typescript/typescript6';
import { columnOf } from './columns.js';
import { constantOf } from './constants.js';
import { type DecoratorFact, factOf, propertiesOf } from './decorators.js';
import { lineage } from './lineage.js';
import type { Member, Names, Scope } from './shape.js';
import type { Uses } from './uses.js';

/** What a library or the model's own methods do about columns, so that fields and columns may differ. */
export interface OwnWork<Field> {
  readonly fields: readonly Field[];
  /** Columns that are filled although no field stands for them. */
  readonly filled: readonly string[];
}

/**
 * The fields of a model of Objection, without what is no column: relations, the type of its queries, and fields that
 * its hooks make of columns. `$beforeInsert() { this.createdAt = … }` fills a column as TypeORM's `@CreateDateColumn`
 * does.
 */
export function activeRecordFields(
  scope: Scope,
  node: ts.ClassDeclaration,
  members: readonly Member[],
): OwnWork<Member> {
  const { ts } = scope;
  const own = lineage(scope, node).flatMap((one) => (ts.isClassDeclaration(one) ? [...one.members] : []));
  const textsOf = (name: RegExp) =>
    own.filter((member) => name.test(member.name?.getText() ?? '')).map((member) => member.getText());
  const relations = new Set(own.flatMap((member) => relationsIn(scope, member)));
  const reshaped = new Set(textsOf(/^\$(?:parse|format)DatabaseJson$/).flatMap((text) => text.match(/\w+/g) ?? []));
  const inserted = textsOf(/^\$beforeInsert$/).flatMap((text) => [
    ...text.matchAll(/\bthis\.(\w+)\s*(?:\?\?)?=(?!=)/g),
  ]);
  const hasOtherKey = textsOf(/^idColumn$/)
    .slice(0, 1)
    .some((text) => !/['"]id['"]/.test(text));
  const filled = new Set(inserted.map(([, name]) => name));
  const fields = initialized(scope, node, members).map((member): Member => {
    const { name } = member;
    if (noAttribute.test(member.type.text)) return { ...member, skipped: 'its type says that it is no attribute' };
    if (relations.has(name)) return { ...member, skipped: 'relationMappings has it' };
    if (name === 'id' && hasOtherKey && member.file !== node.getSourceFile().fileName)
      return { ...member, skipped: 'idColumn names another key' };
    if (name === 'QueryBuilderType') return { ...member, skipped: 'it is the type of its queries' };
    if (reshaped.has(name)) return { ...member, skipped: '$parseDatabaseJson makes it' };
    return filled.has(name) ? { ...member, filledBy: '$beforeInsert' } : member;
  });
  const options = scope.attributes.get(node)?.options;
  const times = options ? sequelizeColumns(factOf(scope, 'init', [options])) : [];
  return { fields, filled: [...reshaped, ...times] };
}

/** The attributes that `init` passes for classes, by the declarations of the classes. */
export function attributesOf({ find }: Names, given: Uses['attributes']): Scope['attributes'] {
  return new Map(
    given.flatMap(({ model, ...attributes }) => {
      const node = find(model.getText(), model)?.node;
      return node ? [[node, attributes] as const] : [];
    }),
  );
}

/** Types that Sequelize has for properties that are no columns. */
const noAttribute = /^(?:Sequelize\.)?(?:NonAttribute\b|\w+Mixin\b)/;

/**
 * The fields of a model with what `User.init({ … })` of Sequelize says of them. A field that it does not list may be a
 * foreign key, whose column an association adds.
 */
function initialized(scope: Scope, node: ts.ClassDeclaration, members: readonly Member[]): readonly Member[] {
  const attributes = scope.attributes.get(node);
  const columns = attributes && constantOf(scope, attributes.columns);
  // If the attributes are not written out, the types of the class remain.
  if (!columns || !scope.ts.isObjectLiteralExpression(columns)) return members;
  const given = new Map(propertiesOf(scope, columns).map(({ name, value }) => [name, value]));
  return members.map((member) => {
    const { name, type } = member;
    const value = given.get(name);
    if (value) return attributeColumn(scope, member, value);
    if (times.has(name) || given.has(name)) return member;
    const column = { name, by: 'an association', guessed: true as const, open: true as const };
    return { ...member, type: { ...type, category: 'any', name: 'any', dimensions: 0 }, column };
  });
}

/** A field with what its attribute says of its column: `{ type: DataTypes.STRING, field: 'full_name' }`. */
export function attributeColumn(scope: Scope, member: Member, value: ts.Expression): Member {
  const column = columnOf(scope, member, factOf(scope, 'attribute', [value]), []);
  const { makes: _, ...type } = column.type;
  return { ...column, type, ...(times.has(member.name) ? { filledBy: 'Sequelize' } : {}) };
}

const times = new Set(['createdAt', 'updatedAt', 'deletedAt']);

/** Names of the relations of `static relationMappings = { owner: … }`, or of a function that returns such an object. */
function relationsIn({ ts }: Scope, member: ts.ClassElement): readonly string[] {
  if (member.name?.getText() !== 'relationMappings') return [];
  const found: string[] = [];
  const pending: ts.Node[] = [member];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (ts.isObjectLiteralExpression(node)) found.push(...node.properties.flatMap(({ name }) => name?.getText() ?? []));
    else ts.forEachChild(node, (child) => void pending.push(child));
  }
  return found;
}

/** Columns that Sequelize adds to each model and fills, unless its `@Table` says otherwise. */
export function sequelizeColumns({ denied, options }: DecoratorFact): readonly string[] {
  if (denied.has('timestamps')) return ['id'];
  const times = ['createdAt', 'updatedAt'].filter((name) => !denied.has(name)).map((name) => options[name] ?? name);
  return ['id', ...times];
}
