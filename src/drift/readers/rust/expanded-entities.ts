import type { Node } from 'web-tree-sitter';
import { snakeCase } from '../names.js';
import { attributeValue, derives, readAttribute } from './attributes.js';
import { preambleOf } from './preamble.js';
import type { Attribute, RustStruct } from './syntax.js';
import { lineOf } from './syntax-errors.js';
import { readType } from './type-syntax.js';

/** What SeaORM's expanded format says of a model outside of it. */
interface Expanded {
  /** The line of the struct `Model`. */
  readonly line: number;
  readonly attribute: Attribute;
  /** Attributes of fields, by their names. */
  readonly ofFields: ReadonlyMap<string, readonly Attribute[]>;
}

/**
 * Structs with the attributes that a model of SeaORM's compact format has. In the expanded one, `DeriveModel`, an
 * `impl EntityName for Entity` names the table, and the enum `Column` the columns.
 */
export function withEntities(structs: readonly RustStruct[], root: Node): RustStruct[] {
  const models = structs.filter(({ attributes }) => derives(attributes).includes('DeriveModel'));
  if (models.length === 0) return [...structs];
  const expanded = expandedIn(root);
  return structs.map((struct) => {
    const entity = models.includes(struct) ? expanded.find(({ line }) => line === struct.line) : undefined;
    if (!entity) return struct;
    const { attribute, ofFields } = entity;
    const derive = { name: 'derive', entries: [{ key: 'DeriveEntityModel' }] };
    const fields = struct.fields.map((field) => ({
      ...field,
      attributes: [...field.attributes, ...(ofFields.get(field.name) ?? [])],
    }));
    return { ...struct, attributes: [...struct.attributes, derive, attribute], fields };
  });
}

function expandedIn(root: Node): readonly Expanded[] {
  return root.descendantsOfType('impl_item').flatMap((implementation) => {
    const trait = implementation?.childForFieldName('trait');
    const siblings = implementation?.parent?.namedChildren ?? [];
    const named = (name: string) => siblings.find((node) => node?.childForFieldName('name')?.text === name);
    const model = named('Model');
    if (!implementation || !trait || readType(trait).name !== 'EntityName' || !model) return [];
    const entries = (['table_name', 'schema_name'] as const).flatMap((key) => {
      const value = returnedBy(implementation, key);
      return value === undefined ? [] : [{ key, value }];
    });
    return [{ line: lineOf(model), attribute: { name: 'sea_orm', entries }, ofFields: columnsOf(named('Column')) }];
  });
}

/** The text that a function returns: `fn table_name(&self) -> &str { "tasks" }`. */
function returnedBy(implementation: Node, name: string): string | undefined {
  const own = implementation
    .descendantsOfType('function_item')
    .find((item) => item?.childForFieldName('name')?.text === name);
  return /"([^"]*)"/.exec(own?.childForFieldName('body')?.text ?? '')?.[1];
}

/** The attributes of the variants of the enum `Column` that name columns, by the names of the fields. */
function columnsOf(column: Node | null | undefined): Expanded['ofFields'] {
  const variants = column?.childForFieldName('body')?.namedChildren ?? [];
  return new Map(
    variants.flatMap((variant) => {
      if (variant?.type !== 'enum_variant') return [];
      const attributes = preambleOf(variant).flatMap((node) =>
        node.type === 'attribute_item' ? readAttribute(node) : [],
      );
      const isNamed = attributeValue(attributes, 'sea_orm', 'column_name') !== undefined;
      return isNamed ? [[snakeCase(variant.childForFieldName('name')?.text ?? ''), attributes] as const] : [];
    }),
  );
}
