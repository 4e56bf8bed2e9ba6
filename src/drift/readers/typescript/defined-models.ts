import type ts from '@typescript/typescript6';
import pluralize from 'pluralize';
import type { DeclaredModel } from '../../declared.js';
import { attributeColumn, sequelizeColumns } from './active-records.js';
import { constantOf, textOf } from './constants.js';
import { factOf, propertiesOf } from './decorators.js';
import { membersOf, membersOfType } from './members.js';
import { type Belonging, type Definition, lineOf, type Member, oneLine, type Scope } from './shape.js';

/** The model of a definition; empty where its attributes are not written out. */
export function definedModel(
  scope: Scope,
  { name: named, columns, options, instance }: Definition,
  belongings: readonly Belonging[],
): readonly DeclaredModel[] {
  const name = textOf(scope, named);
  const given = constantOf(scope, columns);
  const fact = factOf(scope, 'define', options ? [options] : []);
  const attributes = propertiesOf(scope, given);
  if (
    name === undefined ||
    !attributes.some(({ value }) => value && /\b(?:DataTypes?|Sequelize)\./.test(value.getText()))
  )
    return [];
  const { tableName, schema } = fact.options;
  const typed = new Map(rowMembers(scope, instance).map((member) => [member.name, member]));
  const filled = [...sequelizeColumns(fact), ...foreignKeys(scope, named, belongings)];
  const table = tableName ?? (fact.flags.has('freezeTableName') ? name : pluralize(name));
  return [
    {
      name,
      path: name,
      language: 'typescript',
      file: named.getSourceFile().fileName,
      line: lineOf(scope, named),
      construct: 'model',
      profile: 'sequelize',
      tables: [
        {
          table,
          by: 'define',
          ...(schema === undefined ? {} : { schema }),
          ...(tableName === undefined ? { guessed: true as const } : {}),
        },
      ],
      role: { kind: 'row' },
      readsRows: true,
      inserts: true,
      filled,
      fields: attributes.flatMap(({ name: key, value }) =>
        value ? [attributeColumn(scope, typed.get(key) ?? untyped(scope, key, value), value)] : [],
      ),
    },
  ];
}

/** The foreign keys that relations add to the model of a definition, `const Post = sequelize.define('post', …)`. */
function foreignKeys(scope: Scope, named: ts.Expression, belongings: readonly Belonging[]): readonly string[] {
  const { parent } = named.parent;
  const variable = scope.ts.isVariableDeclaration(parent) ? parent.name.getText() : undefined;
  const own = belongings.filter(
    ({ model }) => model.getText() === variable && model.getSourceFile() === named.getSourceFile(),
  );
  return own.map(({ target, options }) => {
    const { foreignKey } = factOf(scope, 'belongsTo', options ? [options] : []).options;
    const name = target.getText().split('.').at(-1) ?? '';
    return foreignKey ?? `${name.charAt(0).toLowerCase()}${name.slice(1)}Id`;
  });
}

/** An attribute of which no type is known: it says what column there is, and nothing of the values. */
function untyped(scope: Scope, name: string, value: ts.Expression): Member {
  const type = { text: oneLine(value), name: 'any', category: 'any', dimensions: 0, nullable: true } as const;
  return { name, line: lineOf(scope, value), type };
}

/** Deepest nesting of types that is followed. */
const deepest = 8;

/** The properties of the rows that a definition is typed by: those of `User` in `define<Model<User>>`. */
function rowMembers(scope: Scope, type: ts.TypeNode | undefined, depth = 0): readonly Member[] {
  const { ts: typescript, names } = scope;
  if (!type || depth > deepest) return [];
  if (typescript.isIntersectionTypeNode(type)) return type.types.flatMap((part) => rowMembers(scope, part, depth + 1));
  if (typescript.isTypeQueryNode(type)) {
    const schema = names.find(type.exprName.getText(), type);
    return (schema && membersOf(scope, schema)) ?? [];
  }
  if (!typescript.isTypeReferenceNode(type)) return membersOfType(scope, type) ?? [];
  const inner = rowMembers(scope, type.typeArguments?.[0], depth + 1);
  if (inner.length > 0) return inner;
  const declared = names.find(type.typeName.getText(), type)?.node;
  return declared && typescript.isTypeAliasDeclaration(declared)
    ? rowMembers(scope, declared.type, depth + 1)
    : (membersOfType(scope, type) ?? []);
}
