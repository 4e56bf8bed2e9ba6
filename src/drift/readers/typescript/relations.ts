import type ts from '@typescript/typescript6';
import { type DecoratorFact, decoratorFacts } from './decorators.js';
import { lineage } from './lineage.js';
import type { Member, Scope } from './shape.js';

const owningRelations = new Set(['ManyToOne', 'OneToOne', 'TreeParent']);
const keyColumns = new Set(['PrimaryColumn', 'PrimaryGeneratedColumn', 'PrimaryKey', 'SerializedPrimaryKey']);

/** The foreign keys of a relation that its table owns: `@ManyToOne(…) @JoinColumn({ name: 'author_id' }) author`. */
export function joinColumns(
  scope: Scope,
  member: Member,
  node: ts.Node,
  decorators: readonly DecoratorFact[],
): readonly Member[] | undefined {
  const relation = decorators.find(({ name }) => owningRelations.has(name));
  const join = decorators.find(({ name }) => name === 'JoinColumn' || name === 'JoinColumns');
  if (!relation || (relation.name === 'OneToOne' && !join && !isOwner(relation))) return undefined;
  if (relation.denied.has('persist')) return [{ ...member, skipped: 'it is not persisted' }];
  const { name, line } = member;
  const file = member.file === undefined ? {} : { file: member.file };
  const type = { ...member.type, category: 'any' as const, name: 'any' };
  const by = `@${join ? 'JoinColumn' : relation.name}`;
  const listed = (join?.list ?? []).flatMap((options) => options['name'] ?? []);
  const named = join?.options['name'] ?? relation.options['fieldName'] ?? relation.options['joinColumn'];
  const names = named === undefined ? listed : [named];
  if (names.length > 0) return names.map((column) => ({ name, ...file, line, type, column: { name: column, by } }));
  const referenced = join?.options['referencedColumnName'];
  const keys = referenced === undefined ? keysOf(scope, relation.embeds ?? member.model, node) : [referenced];
  // The library appends the name of the target's key, whatever its naming strategy makes of both.
  const guess = (key: string, facts: object) => ({
    ...{ name, ...file, line, type },
    column: { name: `${name}_${key}`, by, guessed: true as const, ...facts },
  });
  return keys.length === 0 ? [guess('id', { open: true })] : keys.map((key) => guess(key, {}));
}

/** Whether MikroORM keeps the key of a relation in this table: the other side says `mappedBy`. */
function isOwner({ flags, given }: DecoratorFact): boolean {
  const says = ['fieldName', 'joinColumn', 'inversedBy', 'entity'].some((option) => given.has(option));
  return flags.has('owner') || (says && !given.has('mappedBy'));
}

/** The names of the properties that are the primary key of an entity; none where no given file declares it. */
function keysOf(scope: Scope, entity: string | undefined, at: ts.Node): readonly string[] {
  const { ts } = scope;
  const target = entity === undefined ? undefined : scope.names.find(entity, at)?.node;
  if (!target || !ts.isClassDeclaration(target)) return [];
  const members = lineage(scope, target).flatMap((one) => (ts.isClassDeclaration(one) ? [...one.members] : []));
  const keys = members.filter((one) =>
    decoratorFacts(scope, one).some(({ name, flags }) => keyColumns.has(name) || flags.has('primary')),
  );
  return [...new Set(keys.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : [])))];
}
