import type ts from '@typescript/typescript6';
import { constantOf, textOf } from './constants.js';
import type { Scope } from './shape.js';

/**
 * The values of an enum of texts, which constants and members of other enums may be: `Owner = Roles.Owner`. Unknown
 * where no given file says what a member is.
 */
export function enumValues(scope: Scope, { members }: ts.EnumDeclaration): readonly string[] | 'numbers' | 'unknown' {
  const values = members.flatMap(({ initializer }) => textOf(scope, initializer) ?? []);
  if (values.length > 0 && values.length === members.length) return values;
  return members.some(({ initializer }) => initializer && isOpen(scope, constantOf(scope, initializer)))
    ? 'unknown'
    : 'numbers';
}

const isOpen = ({ ts }: Scope, value: ts.Expression): boolean =>
  ts.isCallExpression(value) || ts.isIdentifier(value) || ts.isPropertyAccessExpression(value);
