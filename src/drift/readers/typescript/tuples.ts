import type ts from '@typescript/typescript6';
import type { Scope } from './shape.js';

/** The types of a tuple's elements: `string` and `number` of `[first: string, second?: string, ...rest: number[]]`. */
export function elementsOf({ ts }: Pick<Scope, 'ts'>, { elements }: ts.TupleTypeNode): readonly ts.TypeNode[] {
  return elements.map((element) => {
    const type = ts.isNamedTupleMember(element) ? element.type : element;
    const isRest = ts.isRestTypeNode(type) || (ts.isNamedTupleMember(element) && element.dotDotDotToken !== undefined);
    const inner = ts.isRestTypeNode(type) || ts.isOptionalTypeNode(type) ? type.type : type;
    return isRest && ts.isArrayTypeNode(inner) ? inner.elementType : inner;
  });
}
