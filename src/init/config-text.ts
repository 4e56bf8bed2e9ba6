import { lineComment, objectKey, stringLiteral } from '../emit/typescript.js';
import type { Entry, Properties, Value, Variable } from './entry.js';

/** The length up to which a value is written on one line. */
const width = 110;

/** The text of a config file. */
export function configText(entries: readonly Entry[], environmentFile: string | undefined): string {
  const variable = entries.map(({ value }) => variableIn(value)).find((name) => name !== undefined);
  const loadsFile = variable !== undefined && environmentFile !== undefined;
  const lines = [
    ...(loadsFile ? ["import { existsSync } from 'node:fs';"] : []),
    "import { defineConfig } from 'rowsmith';",
    '',
    ...(loadsFile
      ? [
          lineComment(`${variable} is set in ${environmentFile}; a value in the environment takes precedence.`),
          `const environment = new URL(${stringLiteral(urlPath(environmentFile))}, import.meta.url);`,
          'if (existsSync(environment)) process.loadEnvFile(environment);',
          '',
        ]
      : []),
    lineComment('docs/config.md of rowsmith describes every key. Paths are relative to this file.'),
    'export default defineConfig({',
    '  version: 1,',
    ...entries.flatMap((entry, index) => [...(index > 0 && spaced(entry) ? [''] : []), ...entryLines(entry, '  ')]),
    '});',
  ];
  return `${lines.join('\n')}\n`;
}

const urlPath = (path: string) => path.split('/').map(encodeURIComponent).join('/');

const spaced = ({ comment, value }: Entry) => comment !== undefined || isProperties(value);

function variableIn(value: Value): string | undefined {
  if (isVariable(value)) return value.variable;
  return isProperties(value)
    ? value.entries.map((entry) => variableIn(entry.value)).find((name) => name !== undefined)
    : undefined;
}

function entryLines({ key, value, comment, off }: Entry, indent: string): string[] {
  const lines = valueLines(value, width - indent.length - key.length);
  const [first = '', ...others] = lines;
  const body = [`${objectKey(key)}: ${first}`, ...others].map((line, index) =>
    index === lines.length - 1 ? `${line},` : line,
  );
  const shown = off ? body.map((line) => `// ${line}`) : body;
  return [...(comment === undefined ? [] : wrapped(comment, width - indent.length).map(lineComment)), ...shown].map(
    (line) => `${indent}${line}`.trimEnd(),
  );
}

/** The lines of a value: one where it fits and holds no comment. */
function valueLines(value: Value, room: number): string[] {
  const line = inline(value);
  if (line !== undefined && line.length <= room) return [line];
  if (isProperties(value)) return ['{', ...value.entries.flatMap((entry) => entryLines(entry, '  ')), '}'];
  if (isList(value)) {
    return [
      '[',
      ...value.flatMap((item) =>
        valueLines(item, room - 2).map((text, index, all) => `  ${text}${index === all.length - 1 ? ',' : ''}`),
      ),
      ']',
    ];
  }
  return [line ?? ''];
}

/** The text of a value on one line; undefined where it has comments in it. */
function inline(value: Value): string | undefined {
  if (isVariable(value)) return `process.env.${value.variable}`;
  if (isProperties(value)) {
    const parts = value.entries.map(({ key, value: item, comment, off }) => {
      const text = comment === undefined && !off ? inline(item) : undefined;
      return text === undefined ? undefined : `${objectKey(key)}: ${text}`;
    });
    if (parts.includes(undefined)) return undefined;
    return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
  }
  if (isList(value)) {
    const parts = value.map(inline);
    return parts.includes(undefined) ? undefined : `[${parts.join(', ')}]`;
  }
  return typeof value === 'string' ? stringLiteral(value) : String(value);
}

function wrapped(text: string, room: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + word.length + 4 > room) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

/** The value that the text gives when it is loaded. */
export function configValue(entries: readonly Entry[]): object {
  const plain = (value: Value): unknown => {
    if (isVariable(value)) return process.env[value.variable];
    if (isProperties(value)) return configValue(value.entries);
    return isList(value) ? value.map(plain) : value;
  };
  const on = entries.filter(({ off }) => !off);
  return Object.fromEntries(on.map(({ key, value }) => [key, plain(value)]));
}

function isVariable(value: Value): value is Variable {
  return typeof value === 'object' && 'variable' in value;
}

function isProperties(value: Value): value is Properties {
  return typeof value === 'object' && 'entries' in value && !Array.isArray(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
