import type { Node } from 'web-tree-sitter';
import { implementedType } from './implementations.js';
import { wordsOf } from './reading-places.js';

/**
 * The types of which the code of a file may use values. Where a type is declared, imported or has code of its own, it is
 * not used, and where only fields of a parameter are read, that value goes nowhere.
 */
export function usedTypes(root: Node): readonly string[] {
  const left = new Map<string, number>();
  const count = (names: readonly string[], by: number) => {
    for (const name of names) left.set(name, (left.get(name) ?? 0) + by);
  };
  count(wordsOf(root.text), 1);
  for (const node of root.descendantsOfType([
    'use_declaration',
    'struct_item',
    'enum_item',
    'impl_item',
    'function_item',
  ])) {
    if (node?.type === 'use_declaration') count(wordsOf(node.text), -1);
    else if (node?.type === 'struct_item' || node?.type === 'enum_item')
      count([node.childForFieldName('name')?.text ?? ''], -1);
    else if (node?.type === 'function_item') count(parametersOfFields(node), -1);
    else if (node && !isInner(node)) {
      const own = implementedType(node) ?? '';
      count(
        wordsOf(node.text).filter((word) => word === own),
        -1,
      );
    }
  }
  return [...left].flatMap(([name, times]) => (times > 0 ? [name] : []));
}

/** Whether an item is in the body of a function: what is nested there is not read once more. */
function isInner({ parent }: Node): boolean {
  return !/^(?:source_file|declaration_list)$/.test(parent?.type ?? '');
}

/** Most parameters of a function whose body is searched for each. */
const mostParameters = 16;

/** The types of the parameters of which a function reads fields only: `fn create(form: Json<TaskForm>)`. */
function parametersOfFields(item: Node): readonly string[] {
  const body = item.childForFieldName('body');
  const parameters = item.childForFieldName('parameters')?.namedChildren ?? [];
  if (!body || isInner(item) || parameters.length > mostParameters) return [];
  return parameters.flatMap((parameter) => {
    const pattern = parameter?.childForFieldName('pattern')?.text ?? '';
    const [, name] = /^(?:\w+\s*\(\s*)?(?:mut\s+)?(\w+)\s*\)?$/.exec(pattern) ?? [];
    const type = parameter?.childForFieldName('type')?.text ?? '';
    return name === undefined || isUsedWhole(name, body) ? [] : wordsOf(type);
  });
}

/** Whether a body uses a variable otherwise than for a field of it, before it declares another one of the name. */
function isUsedWhole(name: string, body: Node): boolean {
  const next = body.namedChildren.find((node) => node?.childForFieldName('pattern')?.text === name);
  const before = body.text.slice(0, (next?.startIndex ?? body.endIndex) - body.startIndex);
  const code = `${before} ${next?.childForFieldName('value')?.text ?? ''}`;
  return new RegExp(String.raw`\b${name}\b(?!\s*\.\s*[a-z_]\w*\b(?!\s*\())`).test(code.replace(noCode, ' '));
}

/** Characters, strings and comments. */
const noCode = /'(?:[^'\\\n]|\\.)'|"(?:[^"\\]|\\.)*"|\/\/.*/g;
