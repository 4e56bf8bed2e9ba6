import type {
  Catalog,
  Check,
  Column,
  DomainType,
  ForeignKey,
  Index,
  InferredExpression,
  QualifiedName,
  Relation,
  RoutineFact,
  TypeRef,
} from '../../catalog/catalog.js';
import { onceForEach, optional } from '../../catalog/collections.js';
import { renameSchemaInText } from './rename-text.js';

/**
 * The catalog with one of its schemas renamed wherever it is mentioned: in references to relations and types, and in
 * expressions. Other schemas are unchanged.
 */
export function renameSchema(catalog: Catalog, from: string, to: string): Catalog {
  const { name, type, column, domain, relation, routine } = renamers(from, to);
  return {
    schemas: catalog.schemas.map((schema) => (schema.name === from ? { ...schema, name: to } : schema)),
    relations: catalog.relations.map(relation),
    enums: catalog.enums.map(name),
    domains: catalog.domains.map(domain),
    composites: catalog.composites.map((composite) => ({
      ...name(composite),
      attributes: composite.attributes.map((attribute) => column(attribute)),
    })),
    ranges: catalog.ranges.map((range) => ({ ...name(range), subtype: type(range.subtype) })),
    baseTypes: catalog.baseTypes.map(name),
    functions: catalog.functions.map(routine),
    expressions: renameInExpressions(catalog.expressions, from, to),
  };
}

/** The same for inferred expressions. Their SQL is the user's, and is unchanged. */
export function renameInExpressions(
  expressions: readonly InferredExpression[],
  from: string,
  to: string,
): InferredExpression[] {
  const { name, type } = renamers(from, to);
  return expressions.map((expression) => ({
    ...expression,
    relation: name(expression.relation),
    type: type(expression.type),
  }));
}

/** The functions that rename in each kind of fact. A fact that does not mention the schema is returned unchanged. */
function renamers(from: string, to: string) {
  const text = renameSchemaInText(from, to);
  const name = <Named extends QualifiedName>(named: Named): Named =>
    named.schema === from ? { ...named, schema: to } : named;
  const type = onceForEach(
    (ref: TypeRef): TypeRef => (ref.schema === from ? { ...ref, schema: to, sql: text(ref.sql) } : ref),
  );
  const column = <Typed extends Pick<Column, 'type' | 'default'>>(typed: Typed): Typed => {
    const [renamed, fallback] = [type(typed.type), typed.default === undefined ? undefined : text(typed.default)];
    return renamed === typed.type && fallback === typed.default
      ? typed
      : { ...typed, type: renamed, ...optional({ default: fallback }) };
  };
  const check = (fact: Check): Check => ({ ...fact, expression: text(fact.expression) });
  const index = (fact: Index): Index =>
    fact.predicate === undefined ? fact : { ...fact, predicate: text(fact.predicate) };
  const foreignKey = (fact: ForeignKey): ForeignKey => ({ ...fact, references: name(fact.references) });
  const domain = (fact: DomainType): DomainType => ({
    ...name(fact),
    base: type(fact.base),
    checks: fact.checks.map(check),
    ...optional({ default: fact.default === undefined ? undefined : text(fact.default) }),
  });
  const relation = (fact: Relation): Relation => ({
    ...name(fact),
    ...optional({ parents: fact.parents?.map(name) }),
    columns: fact.columns.map(column),
    foreignKeys: fact.foreignKeys.map(foreignKey),
    checks: fact.checks.map(check),
    indexes: fact.indexes.map(index),
  });
  const routine = (fact: RoutineFact): RoutineFact => ({
    ...name(fact),
    arguments: fact.arguments.map((argument) => ({ ...argument, type: type(argument.type) })),
    ...optional({ returns: fact.returns && type(fact.returns) }),
  });
  return { name, type, column, domain, relation, routine };
}
