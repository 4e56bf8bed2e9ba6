import { isIdentifier } from '../model/identifier.js';
import type { TsType } from '../model/ts-type.js';
import { escapeInvisible } from '../printable.js';

/**
 * Spells TypeScript. This is the only place that escapes: whatever a schema contains (names, labels, comments,
 * defaults) reaches the output through one of these functions, so none of it can become code.
 */

/** Text that needs no escaping in a string, a template or a comment: nearly all names. */
const plainText = /^[\w .,:;()=<>+-]*$/;

/** Text that needs no escaping in a comment: it contains no asterisk that could end it, and no compiler directive. */
const plainComment = /^[\w .,:;()=<>+`'"→/-]*$/;

/** `'it\'s'` */
export function stringLiteral(text: string): string {
  if (plainText.test(text)) return `'${text}'`;
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return `'${escapeInvisible(escaped)}'`;
}

/** The text between the backticks of a template literal without substitutions. */
export function templateText(text: string): string {
  if (plainText.test(text)) return text;
  const escaped = text
    .replaceAll('\r\n', '\n')
    .replaceAll('\\', '\\\\')
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${');
  return escaped.replace(/[^\n]+/g, escapeInvisible);
}

/** A property's name in an interface. */
export function propertyKey(name: string): string {
  return isIdentifier(name) ? name : stringLiteral(name);
}

/** A property's name in an object literal, where `__proto__: x` would set the prototype. */
export function objectKey(name: string): string {
  return name === '__proto__' ? "['__proto__']" : propertyKey(name);
}

/** `.name`, or `['na me']`. */
export function propertyAccess(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${stringLiteral(name)}]`;
}

/**
 * Escapes `@ts-expect-error` and the like, and `@jsx`, with a backslash: TypeScript obeys them in any comment, but a
 * comment of the schema only mentions them.
 */
const withoutInstructions = (text: string): string => text.replace(/@(?=ts-|jsx)/gi, '\\@');

/** Text that does not end the comment that contains it. */
export const withoutCommentEnd = (text: string): string => text.replaceAll('*/', '*\\/');

const none: readonly string[] = [];

/** The lines of a doc comment, without indentation; empty for an empty text. */
export function docComment(text: string | undefined): readonly string[] {
  if (text === undefined || text === '') return none;
  if (plainComment.test(text) && !text.startsWith(' ')) return [`/** ${text.trimEnd()} */`];
  const lines = withoutCommentEnd(withoutInstructions(text))
    .split(/\r\n|\r|\n/)
    .map((line) => escapeInvisible(line.replaceAll('\t', ' ')).trimEnd());
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  if (lines.length === 0) return none;
  return lines.length === 1 ? [`/** ${lines[0]} */`] : ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'];
}

/** A name within a line of a comment in a template. */
export function commentText(text: string): string {
  return escapeInvisible(withoutCommentEnd(withoutInstructions(text)).replace(/\s+/g, ' '));
}

/** A comment on a line of its own. */
export function lineComment(text: string): string {
  return `// ${escapeInvisible(withoutInstructions(text))}`.trimEnd();
}

/** The names under which a module imports the types that it does not declare itself. */
export interface TypeNames {
  /** The local name of a type that `types.ts` declares: a helper, an enum, a brand, a composite. */
  readonly declared: (name: string) => string;
  /** The local name of an export of one of the user's modules. */
  readonly imported: (module: string, name: string) => string;
}

/** The spelling of types in one module: a function that spells each type once and remembers it. */
export function speller(names: TypeNames): (type: TsType) => string {
  const spelled = new Map<TsType, string>();
  return (type) => {
    const known = spelled.get(type);
    if (known !== undefined) return known;
    const text = spellType(type, names);
    spelled.set(type, text);
    return text;
  };
}

/** `string | null`, `Uint8Array[]`, `JsonText<Address>`. */
export function spellType(type: TsType, names: TypeNames): string {
  switch (type.kind) {
    case 'builtin':
      return type.name;
    case 'literal':
      return typeof type.value === 'string' ? stringLiteral(type.value) : String(type.value);
    case 'helper':
    case 'enum':
    case 'brand':
    case 'composite':
      return names.declared(type.name);
    case 'imported':
      return spellImported(type, names);
    case 'json text':
      return `${names.declared('JsonText')}<${spellType(type.of, names)}>`;
    case 'array': {
      const element = spellType(type.element, names);
      return type.element.kind === 'union' ? `(${element})[]` : `${element}[]`;
    }
    case 'nested array':
      return `${names.declared('NestedArray')}<${spellType(type.element, names)}>`;
    case 'range':
      return `${names.declared('Range')}<${spellType(type.bound, names)}>`;
    case 'union':
      return type.members.map((member) => spellType(member, names)).join(' | ');
  }
}

function spellImported(
  { module, name, member, schema }: Extract<TsType, { kind: 'imported' }>,
  names: TypeNames,
): string {
  const local = names.imported(module, name);
  // A type of a Standard Schema: https://standardschema.dev.
  if (schema) return `NonNullable<(typeof ${local})['~standard']['types']>['${schema}']`;
  return member === undefined ? local : `${local}.${member}`;
}

/** The path by which the runtime names a relation. */
export const spellPath = (path: readonly string[]): string => `[${path.map(stringLiteral).join(', ')}]`;
