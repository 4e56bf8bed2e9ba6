import { describe, expect, test } from '@jest/globals';
import { createdExtensions } from '../../src/postgres/embedded/extensions.js';
import { readScript } from '../../src/postgres/embedded/script.js';

type Case = [name: string, { given: string; want: readonly string[] }];

/** The statements' texts; `given` as a file would hold it. */
const splitting: Case[] = [
  ['nothing', { given: '', want: [] }],
  ['only comments and white space', { given: ' -- a; b\n/* c; d */\n', want: [] }],
  ['empty statements', { given: ';;\n ; select 1;;', want: ['select 1'] }],
  ['a last statement without its semicolon', { given: 'select 1; select 2 \n', want: ['select 1', 'select 2'] }],
  ['a byte order mark', { given: '\ufeffselect 1;', want: ['select 1'] }],
  ['a quote doubled in a string', { given: "select 'it''s; ok'; select 2", want: ["select 'it''s; ok'", 'select 2'] }],
  [
    'a backslash in a plain string',
    { given: String.raw`select 'a\'; select 2`, want: [String.raw`select 'a\'`, 'select 2'] },
  ],
  [
    'a backslash in an E string',
    { given: String.raw`select E'a\';', e'\\'; select 2`, want: [String.raw`select E'a\';', e'\\'`, 'select 2'] },
  ],
  [
    'an E string over two lines',
    {
      given: "select E'a'\n'\\';'; select 2",
      want: ["select E'a'\n'\\';'", 'select 2'],
    },
  ],
  [
    'two strings on one line are not one',
    { given: String.raw`select E'a' '\'; select 2`, want: [String.raw`select E'a' '\'`, 'select 2'] },
  ],
  [
    'a name that ends in e before a string',
    { given: String.raw`select date'\'; select 2`, want: [String.raw`select date'\'`, 'select 2'] },
  ],
  [
    'a number that ends in e before a string',
    { given: String.raw`select 1e'\'; select 2`, want: [String.raw`select 1e'\'`, 'select 2'] },
  ],
  [
    'a unicode string',
    { given: String.raw`select U&'\0041;\'; select 2`, want: [String.raw`select U&'\0041;\'`, 'select 2'] },
  ],
  [
    'quoted identifiers',
    { given: `select ";" as "a""; --"; select U&"\\;"`, want: [`select ";" as "a""; --"`, `select U&"\\;"`] },
  ],
  [
    'dollar quotes',
    { given: `select $$a;'$$; select $t$;$$;$T$;$t$;`, want: [`select $$a;'$$`, `select $t$;$$;$T$;$t$`] },
  ],
  ['a dollar tag beyond ASCII', { given: `select $é$;$é$; select 2`, want: [`select $é$;$é$`, 'select 2'] }],
  [
    'dollars inside of an identifier',
    { given: `select a$b$c; select d$$; select 3`, want: ['select a$b$c', 'select d$$', 'select 3'] },
  ],
  [
    'dollars behind a parameter',
    { given: `select $1; select $2$x; select 3`, want: ['select $1', 'select $2$x', 'select 3'] },
  ],
  ['line comments', { given: `select 1 -- ; ' "\n, 2; select 3`, want: [`select 1 -- ; ' "\n, 2`, 'select 3'] }],
  ['a comment behind an operator', { given: 'select 2*--;\n3; select 4', want: ['select 2*--;\n3', 'select 4'] }],
  [
    'nested comments',
    {
      given: 'select /* a /* b; */ ; */ 1; select /*/ ; */ 2',
      want: ['select /* a /* b; */ ; */ 1', 'select /*/ ; */ 2'],
    },
  ],
  ['quotes inside of comments', { given: "/* ' */ select 1; -- $$\nselect 2", want: ['select 1', 'select 2'] }],
  [
    'parentheses',
    {
      given: 'create rule r as on delete to t do (select 1; select 2); select 3',
      want: ['create rule r as on delete to t do (select 1; select 2)', 'select 3'],
    },
  ],
  ['a closing parenthesis too many', { given: 'select 1); select 2', want: ['select 1)', 'select 2'] }],
  [
    'CRLF line endings',
    { given: "select 1 -- ;\r\n, 2;\r\nselect '\r\n';\r\n", want: ['select 1 -- ;\r\n, 2', "select '\r\n'"] },
  ],
  ['an unclosed string', { given: "select 'a; select 2", want: ["select 'a; select 2"] }],
  ['an unclosed dollar quote', { given: 'select $a$ ; select 2', want: ['select $a$ ; select 2'] }],
  ['an unclosed comment', { given: 'select 1; /* ; select 2', want: ['select 1'] }],
  [
    'psql variables are left to fail',
    { given: "select :'name'; select a[1:2]", want: ["select :'name'", 'select a[1:2]'] },
  ],
  ['a semicolon that psql would send later', { given: 'select 1\\; select 2;', want: ['select 1', 'select 2'] }],
  [
    'BEGIN, not of a function',
    {
      given: 'begin; select 1; end; create table begin (atomic int); select 2',
      want: ['begin', 'select 1', 'end', 'create table begin (atomic int)', 'select 2'],
    },
  ],
  [
    'a function named begin',
    {
      given: "create function begin() returns int language sql as 'select 1;'; select 2",
      want: ["create function begin() returns int language sql as 'select 1;'", 'select 2'],
    },
  ],
  [
    'a SQL-standard body',
    {
      given:
        'create or replace procedure p() begin atomic select case when 1=1 then case 1 when 1 then 2 end end; delete from t; end; select 2',
      want: [
        'create or replace procedure p() begin atomic select case when 1=1 then case 1 when 1 then 2 end end; delete from t; end',
        'select 2',
      ],
    },
  ],
  [
    'a SQL-standard body with comments and strings in between',
    {
      given: "CREATE FUNCTION f() BEGIN /* x */ ATOMIC SELECT 'end;'; -- end;\n END; select 2",
      want: ["CREATE FUNCTION f() BEGIN /* x */ ATOMIC SELECT 'end;'; -- end;\n END", 'select 2'],
    },
  ],
];

describe('statements', () => {
  test.each(splitting)('%s', (_name, { given, want }) => {
    expect(readScript(given).statements.map(({ text }) => text)).toEqual(want);
  });

  test('lines are those of the first token', () => {
    const script = readScript('-- one\r\n\r\n/* three\n four */ select 1;\nselect 2; select\n3;\n\n\nselect 4');
    expect(script.statements.map(({ line }) => line)).toEqual([4, 5, 5, 9]);
  });

  test('the leading tokens tell what a statement is', () => {
    const [statement] = readScript(
      'CREATE /* x */ Extension IF NOT EXISTS "uuid-ossp" WITH SCHEMA "My ""x"""',
    ).statements;
    expect(statement?.leading).toEqual(['create', 'extension', 'if', 'not', 'exists', 'uuid-ossp', 'with', 'schema']);
  });

  test('time grows with the text only', () => {
    const hostile = [
      "'".repeat(1e6),
      '$a'.repeat(5e5),
      '/*'.repeat(5e5),
      "E'\\\\' ".repeat(1e5),
      'copy t from stdin;'.repeat(1e5),
      'a;'.repeat(5e5),
      '\\echo '.repeat(1e5),
      '--\r'.repeat(3e5),
    ];
    // A reader that begins anew at each character would take minutes for the first of them, and run into Jest's limit.
    for (const text of hostile) expect(readScript(text).statements).toBeInstanceOf(Array);
  });
});

describe('COPY … FROM stdin', () => {
  const read = (text: string) => {
    const { copies, statements } = readScript(text);
    return {
      copies: copies.map(({ data, line }) => ({ data, line })),
      statements: statements.map(({ text: sql, line }) => `${line}: ${sql}`),
    };
  };

  test('takes the lines up to \\. as data', () => {
    const given = "select 1;\nCOPY public.t (a, b) FROM stdin;\n1\tit's; $$ /* \\.\n\\.x\n\\\\.\n\\.\n\nselect 2;";
    expect(read(given)).toEqual({
      copies: [{ line: 2, data: "1\tit's; $$ /* \\.\n\\.x\n\\\\.\n" }],
      statements: ['1: select 1', '8: select 2'],
    });
  });

  test('knows no data', () => {
    expect(read('copy t from stdin;\n\\.\nselect 1')).toEqual({
      copies: [{ line: 1, data: '' }],
      statements: ['3: select 1'],
    });
  });

  test('knows CRLF line endings', () => {
    expect(read('copy t from stdin with (format csv);\r\na;b\r\n\\.\r\nselect 1;')).toEqual({
      copies: [{ line: 1, data: 'a;b\r\n' }],
      statements: ['4: select 1'],
    });
  });

  test('ends with the file', () => {
    expect(read('copy t from stdin;\na\nb')).toEqual({ copies: [{ line: 1, data: 'a\nb' }], statements: [] });
  });

  test('leaves the rest of its line for after the data', () => {
    expect(read('copy t from stdin; copy u from stdout; select 1; -- x\na\n\\.\nb\n\\.\nselect 2;')).toEqual({
      copies: [
        { line: 1, data: 'a\n' },
        { line: 1, data: 'b\n' },
      ],
      statements: ['1: select 1', '6: select 2'],
    });
  });

  test('is told from other COPY', () => {
    const given =
      'copy t to stdout; copy (select a from stdin) to stdout; copy t from \'/stdin\'; copy t from "x" stdin; select a from stdin;';
    expect(read(given).copies).toEqual([]);
  });
});

describe('psql commands', () => {
  test('go to the end of their line', () => {
    expect(
      readScript(
        '\\restrict abc\n\\connect -reuse-previous=on "dbname=\'a b\'"\r\nselect 1;\n  \\echo \'a\\\\b\' "\\" ; c\n',
      ).metaCommands,
    ).toEqual([
      { name: 'restrict', arguments: 'abc', line: 1 },
      { name: 'connect', arguments: '-reuse-previous=on "dbname=\'a b\'"', line: 2 },
      { name: 'echo', arguments: `'a\\\\b' "\\" ; c`, line: 4 },
    ]);
  });

  test('stand several to a line', () => {
    const { metaCommands, statements } = readScript('\\set x 1 \\echo y \\\\ select 2;\nselect 3;');
    expect(metaCommands.map(({ name }) => name)).toEqual(['set', 'echo']);
    expect(statements.map(({ text }) => text)).toEqual(['select 2', 'select 3']);
  });

  test('are taken out of a statement, which keeps its positions', () => {
    const { metaCommands, statements } = readScript('select 1\n\\echo hi\n, 2;');
    expect(metaCommands).toEqual([{ name: 'echo', arguments: 'hi', line: 2 }]);
    expect(statements).toMatchObject([{ text: 'select 1\n        \n, 2', line: 1 }]);
  });

  test('\\gexec does not hide behind its query', () => {
    expect(readScript("select 'drop table t' \\gexec\n").metaCommands).toMatchObject([{ name: 'gexec' }]);
  });

  test('\\q ends the script', () => {
    expect(readScript('select 1;\n\\q\nselect 2;').statements).toHaveLength(1);
  });

  test('are none inside of strings, comments and data', () => {
    expect(
      readScript("select '\\! x', $$\n\\! x\n$$; -- \\! x\n/*\n\\! x */\ncopy t from stdin;\n\\N\n\\.\n").metaCommands,
    ).toEqual([]);
  });
});

test.each([
  ['create extension citext', ['citext']],
  ['create extension if not exists "uuid-ossp" with schema public', ['uuid-ossp']],
  [
    'do $$ begin if a then create extension citext; end if; CREATE EXTENSION IF NOT EXISTS "uuid-ossp"; end $$',
    ['citext', 'uuid-ossp'],
  ],
  ["select 'create extension citext'", []],
])('the extensions that %s creates', (sql, want) => {
  expect(readScript(sql).statements.flatMap(createdExtensions)).toEqual(want);
});
