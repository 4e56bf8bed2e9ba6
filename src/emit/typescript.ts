import type { TsType } from '../model/ts-type.js';

/**
 * The spelling of TypeScript, and the only place that escapes. Whatever a schema holds (names, labels, comments, defaults)
 * reaches the output through one of these functions, so nothing of it can become code.
 */

/** Control characters, line separators, and marks that reorder text: shown as escapes wherever they stand. */
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu;

const escapeInvisible = (text: string) => text.replace(invisible, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/** `'it\'s'` */
export function stringLiteral(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return `'${escapeInvisible(escaped)}'`;
}

/** The text between the backticks of a template literal without substitutions. */
export function templateText(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${').replace(/[^\n]+/g, escapeInvisible);
}

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** A property's name in an interface. */
export function propertyKey(name: string): string {
  return identifier.test(name) ? name : stringLiteral(name);
}

/** A property's name in an object literal, where `__proto__: x` would set the prototype. */
export function objectKey(name: string): string {
  return name === '__proto__' ? "['__proto__']" : propertyKey(name);
}

/** `.name`, or `['na me']`. */
export function propertyAccess(name: string): string {
  return identifier.test(name) ? `.${name}` : `[${stringLiteral(name)}]`;
}

/** The lines of a doc comment, without indentation; none for an empty text. */
export function docComment(text: string | undefined): string[] {
  const lines = (text ?? '')
    .replaceAll('*/', '*\\/')
    .split(/\r\n|\r|\n/)
    .map((line) => escapeInvisible(line.replaceAll('\t', ' ')).trimEnd());
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  if (lines.length === 0) return [];
  return lines.length === 1 ? [`/** ${lines[0]} */`] : ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'];
}

/** A type's spelling; `localName` tells under which name a module knows a shared type. */
export function spellType(type: TsType, localName: (shared: string) => string = (name) => name): string {
  switch (type.kind) {
    case 'builtin':
      return type.name;
    case 'literal':
      return typeof type.value === 'string' ? stringLiteral(type.value) : String(type.value);
    case 'shared':
      return localName(type.name);
    case 'array': {
      const element = spellType(type.element, localName);
      return type.element.kind === 'union' ? `(${element})[]` : `${element}[]`;
    }
    case 'range':
      return `${localName('Range')}<${spellType(type.bound, localName)}>`;
    case 'union':
      return type.members.map((member) => spellType(member, localName)).join(' | ');
  }
}
