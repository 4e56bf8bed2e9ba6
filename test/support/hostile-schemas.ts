import fc from 'fast-check';
import pg from 'pg';

/**
 * Distinguishes a schema's texts from rowsmith's own. No name derived from it contains it unchanged, because words
 * begin at its capitals and end at its underscore.
 */
export const mark = 'HoSt_iLe';

/**
 * Random schemas with names that are difficult for generators. Everything that Postgres accepts as an identifier may
 * occur: 63 bytes of anything but NUL. Several payloads would not compile if they ever became code:
 * `const HoSt_iLe: never = 1`.
 */
const breakouts = [
  `*/ const ${mark}: never = 1; /*`,
  `'; const ${mark}: never = 1; '`,
  `\`; const ${mark}: never = 1; \``,
  `\${${mark}}`,
  `"} const ${mark}: never = 1; {"`,
  `\n const ${mark}: never = 1;`,
  `\r const ${mark}: never = 1;`,
  `\u2028 const ${mark}: never = 1;`,
  `// ${mark}`,
  `\\'; const ${mark}: never = 1; //`,
  `]; const ${mark}: never = 1; [`,
  `*/${mark}/*`,
  `'${mark}'`,
  `"${mark}"`,
  `\`${mark}\``,
  `<script>${mark}</script>`,
  `"><img src=x onerror=${mark}>`,
  `' onclick='${mark}`,
  `[${mark}](javascript:${mark})`,
  `![${mark}](${mark})`,
  `| ${mark} |`,
  `\n\n# ${mark}\n`,
  `\n\`\`\`\n<b>${mark}</b>`,
  `<!-- ${mark} -->`,
  `--><b>${mark}`,
  `&lt;${mark}`,
  `</pre></code>${mark}`,
  `{{${mark}}}`,
  `{{{${mark}}}}`,
  `@${mark}`,
  `{@link ${mark}}`,
  `#!${mark}`,
  `/// <reference path="${mark}" />`,
  `@ts-ignore ${mark}`,
  `@ts-expect-error ${mark}`,
  `\n@ts-expect-error ${mark}`,
  `@ts-nocheck ${mark}`,
  `@jsx ${mark}`,
  `$$ ${mark} $$`,
  `../../${mark}`,
  `${mark}/../..`,
  mark,
];

/** Names that have a meaning in TypeScript, in JavaScript, in a file system or in rowsmith, and unusual characters. */
const traps = [
  '// x',
  '\\',
  "\\'",
  '\u2028hostile',
  '\u202ertl',
  '\u200b',
  '\ufeff',
  '😀',
  'é',
  'E\u0301',
  'ﬁ',
  'ǅ',
  'ß',
  'ı',
  '١٢',
  '\u0007',
  '\r',
  '\t',
  ' ',
  '.',
  '-',
  '_',
  '__',
  '$',
  '@',
  '#',
  '{{x}}',
  '{{{x}}}',
  '%s',
  '<b>',
  '1st',
  '0',
  "'",
  '"',
  '`',
  '?',
  '!',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'class',
  'default',
  'function',
  'await',
  'let',
  'static',
  'enum',
  'type',
  'interface',
  'export',
  'import',
  'null',
  'undefined',
  'any',
  'never',
  'string',
  'number',
  'boolean',
  'db',
  'DB',
  'json',
  'Json',
  'JSON',
  'json_text',
  'json_input',
  'generated',
  'Generated',
  'kysely',
  'Kysely',
  'column_type',
  'ColumnType',
  'insertable',
  'selectable',
  'updateable',
  'sql',
  'Date',
  'Buffer',
  'Array',
  'Error',
  'Object',
  'Promise',
  'Record',
  'Range',
  'Interval',
  'point',
  'model',
  'models',
  'fields',
  'relation',
  'values',
  'value',
  'alias',
  't',
  'T',
  's',
  'row',
  'rows',
  'table',
  'types',
  'runtime',
  'guard',
  'parsers',
  'catalog',
  'index',
  'con',
  'NUL',
  'aux',
  'state',
  'select',
  'insert',
  'update',
  'foo_bar',
  'fooBar',
  'FooBar',
  'foo__bar',
  'foo bar',
  'user',
  'users',
  'User',
  'news',
  'task_stored',
  'task',
  'task_insert',
  'x'.repeat(63),
  `${'é'.repeat(31)}x`,
];

const short = (text: string) => {
  let cut = text.replaceAll('\0', '');
  while (Buffer.byteLength(cut) > 63) cut = [...cut].slice(0, -1).join('');
  return cut;
};
const random = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 12 })
  .filter((text) => !/[\ud800-\udfff]/u.test(text));
const breakout = fc.constantFrom(...breakouts);
const trap = fc.constantFrom(...traps);
const marked = (text: string) => (text.includes(mark) ? text : `${text}${mark}`);
const identifier = fc
  .oneof(
    { weight: 4, arbitrary: breakout },
    { weight: 3, arbitrary: trap },
    { weight: 2, arbitrary: fc.tuple(trap, breakout).map((two) => two.join('_')) },
    { weight: 1, arbitrary: fc.tuple(breakout, trap).map((two) => two.join('')) },
    { weight: 1, arbitrary: random.map(marked) },
  )
  .map(short)
  .filter((name) => name !== '' && !name.startsWith('pg_'));
const text = fc
  .oneof(
    { weight: 4, arbitrary: breakout },
    { weight: 2, arbitrary: fc.tuple(breakout, breakout).map((two) => two.join('\n')) },
    { weight: 2, arbitrary: fc.oneof(trap, random).map(marked) },
    { weight: 1, arbitrary: fc.constant('') },
  )
  .map((value) => value.replaceAll('\0', ''));

const quote = (name: string) => pg.escapeIdentifier(name);
const quoted = (value: string) => pg.escapeLiteral(value);
const unique = (max: number, min = 1) => fc.uniqueArray(identifier, { minLength: min, maxLength: max });

const types = [
  'int4',
  'int8',
  'text',
  'jsonb',
  'timestamptz',
  'numeric[]',
  'int4range',
  'bool',
  'point',
  'interval',
  'bytea',
  'date',
  'varchar(9)',
];
const column = (name: string) =>
  fc
    .tuple(
      fc.constantFrom(...types),
      text,
      fc.constantFrom('', ' NOT NULL', 'default', 'check', 'other check', 'generated'),
    )
    .map(([type, label, extra]) => {
      const id = quote(name);
      if (extra === 'default') return `${id} text DEFAULT ${quoted(label)}`;
      if (extra === 'check') return `${id} text CHECK (${id} IN (${quoted(label)}, 'b'))`;
      if (extra === 'other check')
        return `${id} text CONSTRAINT ${quote(short(`c${label}`))} CHECK (${id} <> ${quoted(label)} OR ${id} ~ ${quoted(label)})`;
      if (extra === 'generated') return `${id} text GENERATED ALWAYS AS (${quoted(label)}::text) STORED`;
      return `${id} ${type}${extra}`;
    });

/**
 * A table with a key, and possibly a foreign key to itself, a view of it, a function of its rows, and a state machine.
 */
const table = (schema: string) => (name: string) =>
  fc
    .tuple(
      unique(6).chain((names) => fc.tuple(...names.map((id) => column(id).map((sql) => ({ id, sql }))))),
      text,
      identifier,
      fc.subarray(['foreign key', 'view', 'function', 'states'] as const),
    )
    .map(([columns, comment, other, more]) => {
      const path = `${quote(schema)}.${quote(name)}`;
      const comments = columns.map(({ id }) => `COMMENT ON COLUMN ${path}.${quote(id)} IS ${quoted(comment)};`);
      return [
        `CREATE TABLE ${path} (key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, ${columns.map(({ sql }) => sql).join(', ')});`,
        `COMMENT ON TABLE ${path} IS ${quoted(comment)};`,
        ...comments,
        ...more.map((kind) => related[kind](schema, path, other, comment)),
      ];
    });

const related = {
  'foreign key': (_: string, path: string, other: string) =>
    `ALTER TABLE ${path} ADD COLUMN ${quote(other)} bigint, ADD CONSTRAINT ${quote(short(`fk ${other}`))} FOREIGN KEY (${quote(other)}) REFERENCES ${path};`,
  view: (schema: string, path: string, other: string, comment: string) =>
    `CREATE VIEW ${quote(schema)}.${quote(short(`v ${other}`))} AS SELECT t.*, ${quoted(comment)}::text AS ${quote(short(`as ${other}`))} FROM ${path} t WHERE ${quoted(comment)} <> '';`,
  function: (schema: string, path: string, other: string, comment: string) =>
    `CREATE FUNCTION ${quote(schema)}.${quote(other)}(${path}) RETURNS text STABLE LANGUAGE sql AS ${quoted(`SELECT ${quoted(comment)}::text`)};`,
  states: (schema: string, path: string, other: string, comment: string) =>
    `CREATE TABLE ${quote(schema)}.${quote(short(`s ${other}`))} (${quote(other)} bigint NOT NULL REFERENCES ${path}, to_state text NOT NULL CHECK (to_state IN (${quoted(comment)}, 'other')), sort_key int NOT NULL, UNIQUE (${quote(other)}, sort_key));`,
};

const declared = (schema: string, kind: 'enum' | 'composite' | 'domain') => (name: string) => {
  const path = `${quote(schema)}.${quote(name)}`;
  const use = `CREATE TABLE ${quote(schema)}.${quote(short(`u ${name}`))} (one ${path}, many ${path}[]);`;
  if (kind === 'enum')
    return fc
      .tuple(unique(4), text)
      .map(([labels, comment]) => [
        `CREATE TYPE ${path} AS ENUM (${labels.map(quoted).join(', ')});`,
        `COMMENT ON TYPE ${path} IS ${quoted(comment)};`,
        use,
      ]);
  if (kind === 'composite')
    return unique(4).map((names) => [
      `CREATE TYPE ${path} AS (${names.map((id) => `${quote(id)} text`).join(', ')});`,
      use,
    ]);
  return fc
    .tuple(text, text)
    .map(([value, comment]) => [
      `CREATE DOMAIN ${path} AS text CHECK (VALUE IN (${quoted(value)}, 'x'));`,
      `COMMENT ON DOMAIN ${path} IS ${quoted(comment)};`,
      use,
    ]);
};

/** A function of at least one argument, by name or by position. It returns a value, rows or nothing. */
const routine = (schema: string) => (name: string) =>
  fc
    .tuple(unique(5, 3), text, text, fc.constantFrom('value', 'rows', 'nothing', 'unnamed'))
    .map(([[first, second, ...columns], fallback, comment, kind]) => {
      const path = `${quote(schema)}.${quote(name)}`;
      const given =
        kind === 'unnamed'
          ? `text, ${quote(second ?? 'b')} text`
          : `${quote(first ?? 'a')} text, ${quote(second ?? 'b')} text DEFAULT ${quoted(fallback)}`;
      const returns = {
        value: 'text',
        unnamed: 'text',
        nothing: 'void',
        rows: `TABLE(${columns.map((id) => `${quote(id)} text`).join(', ')})`,
      }[kind];
      const body = `SELECT ${kind === 'rows' ? columns.map(() => `$1 || ${quoted(comment)}`).join(', ') : `$1 || ${quoted(comment)}`}`;
      return [
        `CREATE FUNCTION ${path}(${given}) RETURNS ${returns} LANGUAGE sql AS ${quoted(body)};`,
        `COMMENT ON FUNCTION ${path} IS ${quoted(comment)};`,
      ];
    });

/** The statements of a schema. One of them may fail if names clash, because relations and types share one namespace. */
export const hostileSchema: fc.Arbitrary<readonly string[]> = fc
  .tuple(unique(2, 1), unique(3, 1), unique(1, 0), unique(1, 0), unique(1, 0), unique(3, 1))
  .chain(([schemas, tables, enums, composites, domains, routines]) => {
    const all = ['public', ...schemas];
    const inSchema = <Statement>(
      make: (schema: string) => (name: string) => fc.Arbitrary<Statement>,
      names: readonly string[],
    ) => names.map((name, index) => make(all[index % all.length] ?? 'public')(name));
    return fc.tuple(
      fc.constant(schemas.map((schema) => [`CREATE SCHEMA ${quote(schema)};`])),
      fc.tuple(...inSchema(table, tables)),
      fc.tuple(...inSchema((schema) => declared(schema, 'enum'), enums)),
      fc.tuple(...inSchema((schema) => declared(schema, 'composite'), composites)),
      fc.tuple(...inSchema((schema) => declared(schema, 'domain'), domains)),
      fc.tuple(...inSchema(routine, routines)),
    );
  })
  .map((parts) => parts.flat(2));
