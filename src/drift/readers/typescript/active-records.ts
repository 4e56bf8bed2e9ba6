import type ts from '@typescript/typescript6';
import type { DecoratorFact } from './decorators.js';
import { lineage } from './lineage.js';
import type { Member, Scope } from './shape.js';

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
  const filled = new Set(inserted.map(([, name]) => name));
  const fields = members.map((member): Member => {
    const { name } = member;
    if (relations.has(name)) return { ...member, skipped: 'relationMappings has it' };
    if (name === 'QueryBuilderType') return { ...member, skipped: 'it is the type of its queries' };
    if (reshaped.has(name)) return { ...member, skipped: '$parseDatabaseJson makes it' };
    return filled.has(name) ? { ...member, filledBy: '$beforeInsert' } : member;
  });
  return { fields, filled: [...reshaped] };
}

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
