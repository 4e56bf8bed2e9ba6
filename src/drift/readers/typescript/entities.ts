import type ts from '@typescript/typescript6';
import type { DeclaredField, DeclaredModel, TableHint } from '../../declared.js';
import { snakeCase } from '../names.js';
import { activeRecordFields, type OwnWork, sequelizeColumns } from './active-records.js';
import { type DecoratorFact, decoratorFacts } from './decorators.js';
import { lineage } from './lineage.js';
import type { Member, Scope } from './shape.js';

/** An entity's decorator, and the class that it stands at: a child of a single table has its parent's. */
export interface Entity {
  readonly decorator: DecoratorFact;
  readonly className: string;
  /** The column that says which class a row is of. */
  readonly discriminator?: string;
}

const entityDecorators = new Set(['Entity', 'ViewEntity', 'Table']);

export function entityOf(scope: Scope, node: ts.Node): Entity | undefined {
  if (!scope.ts.isClassDeclaration(node)) return undefined;
  const isChild = decoratorFacts(scope, node).some(({ name }) => name === 'ChildEntity');
  for (const owner of isChild ? lineage(scope, node) : [node]) {
    const facts = decoratorFacts(scope, owner);
    const decorator = facts.find(({ name }) => entityDecorators.has(name));
    if (!decorator) continue;
    const tree = facts.find(({ name }) => name === 'TableInheritance');
    const discriminator = tree && (tree.options['column'] ?? tree.options['column.name'] ?? 'type');
    return {
      decorator,
      className: owner.name?.text ?? '',
      ...(discriminator === undefined ? {} : { discriminator }),
    };
  }
  return undefined;
}

export function profileOf(scope: Scope, entity: Entity | undefined, node: ts.Node): DeclaredModel['profile'] {
  if (!entity) return scope.attributes.has(node) ? 'sequelize' : 'typescript';
  return entity.decorator.name === 'Table' ? 'sequelize' : 'typeorm';
}

/** The table of an entity; `prefix` is what TypeORM puts before all names. */
export function entityTable({ decorator, className }: Entity, prefix: string): TableHint {
  const { name, first, options, given } = decorator;
  const named = first ?? options['tableName'] ?? options['name'];
  const schema = options['schema'];
  // A name that only the running program knows is none to guess from.
  const isOpen = named === undefined && (given.has('name') || given.has('tableName'));
  return {
    table: `${name === 'Table' ? '' : prefix}${named ?? snakeCase(className)}`,
    by: `@${name}`,
    ...(schema === undefined ? {} : { schema }),
    ...(named === undefined || isOpen ? { guessed: true as const } : {}),
  };
}

/** What a model is to its library. */
interface Kind {
  readonly entity: Entity | undefined;
  /** Whether it is a model of Objection or Sequelize without decorators. */
  readonly isRecord: boolean;
  /** Whether a database type lists it as the rows of a table. */
  readonly isListed: boolean;
  /** Whether a query joins its rows with those of other tables. */
  readonly isJoined: boolean;
  /** Names of fields that code sets, or that queries select from other tables. */
  readonly supplied: ReadonlySet<string>;
}

/** The fields of a model, and columns that are filled although no field stands for them. */
export function fieldsOf(
  scope: Scope,
  node: ts.Node,
  members: readonly Member[],
  { entity, isRecord, isListed, isJoined, supplied }: Kind,
): OwnWork<DeclaredField> {
  // A base class has no `@Entity` of its own; a class without any decorator of a column has none to lack.
  const isEntity = entity !== undefined || members.some(({ decorated }) => decorated);
  const work =
    isRecord && scope.ts.isClassDeclaration(node)
      ? activeRecordFields(scope, node, members)
      : { fields: members, filled: [] };
  const isSequelize = entity?.decorator.name === 'Table';
  const ofLibrary = isSequelize ? sequelizeColumns(entity.decorator) : [];
  const fields = work.fields.map(({ decorated: _, undecorated, ...given }): DeclaredField => {
    const member = isSequelize ? ofSequelize(given, ofLibrary) : given;
    const skipped = member.skipped ?? (isEntity ? undecorated : undefined) ?? turnedOff(entity, member);
    const field = skipped === undefined ? member : { ...member, skipped };
    // Who lists the table or is its entity has each field selected, optional or not.
    if (entity !== undefined || isListed) return selected(field);
    return isJoined || supplied.has(field.name) ? { ...field, mayLack: true } : field;
  });
  const discriminator = entity?.discriminator === undefined ? [] : [entity.discriminator];
  return { fields, filled: [...work.filled, ...ofLibrary, ...discriminator] };
}

/** A column as Sequelize reads it, by its own type alone, and with the times that it fills. */
function ofSequelize<Given extends Member>(member: Given, filled: readonly string[]): Given {
  const { makes: _, ...type } = member.type;
  const isTime = filled.slice(1).includes(member.name) && member.filledBy === undefined;
  return { ...member, type, ...(isTime ? { filledBy: '@Table' } : {}) };
}

function selected({ mayLack: _, ...field }: DeclaredField): DeclaredField {
  return field;
}

/** Why a time that Sequelize would fill is no column: `@Table({ updatedAt: false })` of a class that inherits it. */
function turnedOff(entity: Entity | undefined, { filledBy }: Member): string | undefined {
  const option = { '@CreatedAt': 'createdAt', '@UpdatedAt': 'updatedAt' }[filledBy ?? ''];
  const denied = entity?.decorator.denied;
  if (option === undefined || !denied) return undefined;
  return denied.has(option) || denied.has('timestamps') ? '@Table turns it off' : undefined;
}
