/** What commands print of names and texts that would be commands to a terminal or to GitHub Actions. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { printable, printableJson, printableLine } from '../src/printable.js';
import { type CliResult, rowsmith } from './support/cli.js';

const texts = [
  '\u001b[2J\u001b[31mred',
  '\u001b]8;;http://example.invalid\u0007link\u001b]8;;\u0007',
  '\u0007\u0008\u007f',
  '\u009b31mred',
  '\u009d0;title\u009c',
  '\u202egnp.exe\u202c',
  '\u2066x\u2069\u200b\u061c',
  '\n::error file=x::boom',
  '\r::warning::boom',
  '\r\n  ::set-output name=a::b',
  '%0A::error::boom',
  '##[error]boom',
  'a\n##[stop-commands]b',
  '::add-mask::a',
  '\ufffe\u{1fffe}',
  '[text](http://example.invalid)',
  '\u2028::error::boom',
];

const all = texts.join(' ');

let folder: string;
const run = (...args: string[]) => rowsmith(args, folder, { CI: 'true' });

/**
 * A table for each text, with the text as a name, a comment, a default, a label and in a CHECK, and one table that
 * causes a note.
 */
function schema(suffix: string, more: string): string {
  const quoted = pg.escapeLiteral;
  return texts
    .map((text, index) => {
      const table = pg.escapeIdentifier(`t${index} ${text}`);
      const column = pg.escapeIdentifier(`${text} ${suffix}`);
      const kind = pg.escapeIdentifier(`k${index} ${text}`);
      return `CREATE TYPE ${kind} AS ENUM (${quoted(`${text} ${suffix}`)});
        CREATE TABLE ${table} (id serial PRIMARY KEY, ${column} text DEFAULT ${quoted(text + suffix)} CHECK (${column} <> ${quoted(text)}), kind ${kind}, at timestamp ${more});
        COMMENT ON TABLE ${table} IS ${quoted(text + suffix)};
        CREATE TABLE ${pg.escapeIdentifier(`m${index} ${text}`)} (parent_id int NOT NULL REFERENCES ${table}, to_state text NOT NULL, sort_key int NOT NULL);`;
    })
    .join('\n');
}

/** Lines that would be a command to a terminal or to GitHub, except for complete annotations of rowsmith's. */
function harm({ stdout, stderr }: CliResult): readonly string[] {
  const bad =
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|^\s*::|##\[/u;
  const isAnnotation = (line: string) => /^::(error|warning|notice) [^:]*::/.test(line) && !bad.test(line.slice(2));
  return `${stdout}\n${stderr}`.split('\n').filter((line) => bad.test(line) && !isAnnotation(line));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-hostile-output-'));
  writeFileSync(join(folder, 'old.sql'), schema('old', ''));
  writeFileSync(join(folder, 'new.sql'), schema('new', ', more int NOT NULL'));
  for (const version of ['old', 'new']) {
    const result = run('generate', '--source', `${version}.sql`, '--out', version);
    expect({ version, code: result.code, harm: harm(result) }).toEqual({ version, code: 0, harm: [] });
    cpSync(join(folder, version, 'catalog.json'), join(folder, `${version}.json`));
  }
  writeFileSync(
    join(folder, 'bad.sql'),
    `select ${pg.escapeIdentifier(texts.join(' ').slice(0, 60))} as x\n::error::x from ${pg.escapeIdentifier(texts.join(' '))};`,
  );
  const [first = ''] = texts;
  mkdirSync(join(folder, 'models'));
  writeFileSync(join(folder, 'models', `${first}\n::error::x.rs`), 'struct X { a: ');
  writeFileSync(
    join(folder, 'models', 'a\u202e.rs'),
    texts
      .map(
        (text, index) =>
          `/// Maps to \`t${index} ${text.replace(/[\r\n]/g, ' ')}\`\npub struct T${index} {\n    #[sqlx(rename = ${JSON.stringify(text).replace(/\\u(....)/g, '\\u{$1}')})]\n    pub id: String,\n    pub more${index}: i8,\n}`,
      )
      .join('\n'),
  );
  writeFileSync(
    join(folder, 'models', 'b.ts'),
    texts
      .map((text, index) => `export interface T${index} { id: string; ${JSON.stringify(text)}: number; }`)
      .join('\n'),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('nothing raw comes out of', () => {
  const formats = ['text', 'markdown', 'json', 'github', 'sarif'];
  const commands: readonly (readonly [code: number, ...args: string[]])[] = [
    ...['--json', '--silent', '--verbose'].map(
      (option) => [0, 'generate', '--source', 'old.json', '--out', `generate${option}`, option] as const,
    ),
    [0, 'generate', '--source', 'old.json', '--out', 'same'],
    [0, 'generate', '--source', 'old.json', '--out', 'same'],
    [0, 'check', '--source', 'old.json', '--out', 'same'],
    [1, 'check', '--source', 'new.json', '--out', 'same'],
    [1, 'check', '--source', 'new.json', '--out', 'same', '--json'],
    [1, 'check', '--source', 'new.json', '--out', 'same', '--format', 'github'],
    [1, 'check', '--source', 'new.json', '--out', 'none \u001b[2J\n::error::x'],
    [1, 'check', '--source', 'new.json', '--out', 'none \u001b[2J\n::error::x', '--format', 'github'],
    ...formats.map((format) => [1, 'diff', '--from', 'old.json', '--to', 'new.json', '--format', format] as const),
    ...formats.map(
      (format) =>
        [
          1,
          'drift',
          '--source',
          'old.json',
          '--models',
          'models/*.ts',
          '--format',
          format,
          '--fix-suggestions',
          '--fail-on',
          'warning',
        ] as const,
    ),
    ...formats.map(
      (format) =>
        [2, 'drift', '--source', 'old.json', '--models', 'models/*', '--format', format, '--fix-suggestions'] as const,
    ),
    ...['html', 'markdown'].map(
      (format) => [0, 'docs', '--source', 'old.json', '--models', 'models/*', '--format', format] as const,
    ),
    [2, 'generate', '--source', `${all}.sql`],
    [2, 'generate', '--source', 'old.json', '--config', all],
    [2, 'generate', `--${all}`],
    [2, all],
    [2, 'drift', '--source', 'old.json', '--models', all],
    [2, 'drift', '--source', 'old.json', '--models', 'models/*', '--rule', all],
    [2, 'generate', '--source', 'bad.sql'],
  ];
  test.each(commands.map((command, index) => [index, ...command] as const))(
    '%s: exit code %s of %j',
    (_, code, ...args) => {
      const result = run(...args);
      expect({ code: result.code, harm: harm(result) }).toEqual({ code, harm: [] });
      expect(`${result.stdout}${result.stderr}` === '').toBe(args.includes('--silent'));
    },
  );
});

test('JSON has the same values', () => {
  for (const text of texts) expect(JSON.parse(printableJson({ [text]: text }))).toEqual({ [text]: text });
});

test('plain text stays as it is', () => {
  const plain = 'héllo → wörld: a::b, "c" [d] #1\n\tsecond line';
  expect(printable(plain)).toBe(plain);
  expect(printableLine('a\nb')).toBe('a\\u{a}b');
  expect(printable('  ::error::x')).toBe('  \\u{3a}:error::x');
});
