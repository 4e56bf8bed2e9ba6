import { describe, expect, test } from '@jest/globals';
import { parseEnvFile } from '../src/config/env-file.js';
import { askedVariables, readEnvironment } from '../src/config/environment.js';
import { project } from './init/project.js';
import { rowsmith } from './support/cli.js';

const read = (text: string, set: Record<string, string> = {}) =>
  Object.fromEntries(parseEnvFile(text, { set, before: new Map() }));

test.each<readonly [name: string, text: string, values: Record<string, string>]>([
  ['plain, exported, spaced', 'A=1\nexport B = two words  \n C=3', { A: '1', B: 'two words', C: '3' }],
  ['comments', '# A=1\nA=1 # one\nB="x # y" # z\nC=a#b', { A: '1', B: 'x # y', C: 'a#b' }],
  ['quotes', `A='it "is"'\nB="line\\nbreak"\nC=\`x\``, { A: 'it "is"', B: 'line\nbreak', C: 'x' }],
  ['several lines', 'A="one\ntwo"\nB=3', { A: 'one\ntwo', B: '3' }],
  ['CRLF and a mark', '\ufeffA=1\r\nB=2\r\n', { A: '1', B: '2' }],
  ['nothing', 'A=\nB=""', { A: '', B: '' }],
  [
    'expanded, whatever the order',
    'URL=postgres://u:${P}@h/${D}\nP=s3\nD=d',
    { URL: 'postgres://u:s3@h/d', P: 's3', D: 'd' },
  ],
  ['not in single quotes, nor behind a backslash', "A='${B}'\nC=\\${B}\nB=1", { A: '${B}', C: '${B}', B: '1' }],
  ['a default', 'A=${NOTHING:-here}\nB=${NOTHING}', { A: 'here', B: '' }],
  ['in a circle', 'A=${B}x\nB=${A}y', { A: 'yx', B: 'xy' }],
  ['a dollar sign in a password', 'A=pa$word$1', { A: 'pa$word$1' }],
])('.env: %s', (_name, text, values) => {
  expect(read(text)).toEqual(values);
});

test('a variable that is set wins over the file in what is expanded', () => {
  expect(read('URL=${HOST}/db\nHOST=file', { HOST: 'set' })).toMatchObject({ URL: 'set/db' });
});

test.each<readonly [text: string, names: readonly string[], refuses: boolean]>([
  ["source: { url: process.env.DB }, out: process.env['OUT']", ['DB', 'OUT'], false],
  ['const { APP_DB, OTHER: other } = process.env;', ['APP_DB', 'OTHER'], false],
  ['// process.env.NOT\n/* process.env.NOR */ url: process.env.YES // env: false', ['YES'], false],
  ["url: 'postgres://h/d', env: false", [], true],
  ['{ "env": false }', [], true],
])('what a config asks for: %s', (text, names, refuses) => {
  expect(askedVariables(text)).toEqual({ names, refuses });
});

test('what says how programs run, and which servers are trusted, is never taken', () => {
  const { path } = project({
    '.env':
      'DATABASE_URL=x\nPGHOST=h\nPGPASSWORD=p\nPGSSLMODE=disable\nNODE_OPTIONS=--require x\nNODE_TLS_REJECT_UNAUTHORIZED=0\nSSL_CERT_FILE=f\nPG_URL=y\n',
  });
  expect([...readEnvironment([path('.env')]).keys()]).toEqual(['DATABASE_URL', 'PG_URL']);
});

describe('commands', () => {
  const config = 'export default { source: { url: process.env.APP_DB } };\n';
  const failing = (files: Record<string, string>, args: readonly string[] = [], environment = {}) => {
    const { folder } = project({ '.git/HEAD': '', 'package.json': '{}', ...files });
    return rowsmith(['generate', ...args], folder, environment);
  };
  const url = (port: number) => `postgres://u:s3cret@127.0.0.1:${port}/d`;

  test('.env is read before the config; .env.local wins, and no value is printed', () => {
    const { stderr } = failing({
      'rowsmith.config.mjs': config,
      '.env': `APP_DB=${url(1)}`,
      '.env.local': `APP_DB=${url(2)}`,
    });
    expect(stderr).toContain('127.0.0.1:2');
    expect(stderr).not.toContain('s3cret');
  });

  test('DATABASE_URL of .env is the source where there is no config', () => {
    expect(failing({ '.env': `DATABASE_URL=${url(3)}` }).stderr).toContain('Cannot connect to 127.0.0.1:3');
  });

  test('the root of a workspace, under the package', () => {
    const { path } = project({
      '.git/HEAD': '',
      'package.json': '{"workspaces":["packages/*"]}',
      '.env': `DATABASE_URL=${url(4)}`,
      'packages/db/package.json': '{}',
      'packages/db/rowsmith.config.mjs': 'export default { source: { url: process.env.DATABASE_URL } };',
    });
    expect(rowsmith(['generate'], path('packages/db')).stderr).toContain('127.0.0.1:4');
  });

  test('a variable that is set, --env-file, env: false', () => {
    const files = { 'rowsmith.config.mjs': config, '.env': `APP_DB=${url(5)}`, other: `APP_DB=${url(6)}` };
    expect(failing(files, [], { APP_DB: url(7) }).stderr).toContain('127.0.0.1:7');
    expect(failing(files, ['--env-file', 'other']).stderr).toContain('127.0.0.1:6');
    expect(failing(files, ['--env-file', 'nothing']).stderr).toMatch(/There is no file nothing\.|nothing: not found/);
    const refusing = {
      ...files,
      'rowsmith.config.mjs': 'export default { env: false, source: { url: process.env.APP_DB } };',
    };
    expect(failing(refusing).stderr).toContain('source.url is undefined');
  });

  test('a URL that is undefined: what is asked for, and where it was looked for', () => {
    const { code, stderr } = failing({ 'rowsmith.config.mjs': config, '.env': 'OTHER=1' });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'error: There is no schema to read: source.url is undefined.\n' +
        '  The config uses process.env.APP_DB. Looked for it in the environment and in .env, .env.local (not there).\n',
    });
  });

  test('a source as people write it', () => {
    const { folder } = project({
      'schema.sql': 'create table a (id int);',
      'rowsmith.config.json': '{ "source": "schema.sql" }',
    });
    expect(rowsmith(['generate'], folder)).toMatchObject({ code: 0 });
    for (const args of [
      ['check', 'schema.sql'],
      ['generate', 'schema.sql', '--json'],
      ['docs', 'schema.sql'],
    ])
      expect(rowsmith(args, folder)).toMatchObject({ code: 0 });
  });

  test.each<readonly [args: readonly string[], words: string]>([
    [['generate', '--souce', 'schema.sql'], 'Unknown option --souce. Did you mean "--source"?'],
    [['generate', 'schmea.sql'], 'Did you mean "schema.sql"?'],
    [['init', '--yes', '--source', 'prisma/schema.prisma'], "is not SQL: it is Prisma's schema."],
    [['generate', '--source', 'prisma/schema.prisma'], 'npx prisma migrate diff --from-empty'],
    [['generate', 'db/schema.rb'], 'config.active_record.schema_format = :sql'],
  ])('%j is answered with the right word', (args, words) => {
    const { folder } = project({ 'schema.sql': '', 'prisma/schema.prisma': 'model a {}', 'db/schema.rb': '' });
    const { code, stderr } = rowsmith(args, folder);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });

  test.each(['package.json', 'rowsmith.config.json'])('%s may begin with the byte order mark of Windows', (name) => {
    const { folder } = project({ 'schema.sql': 'create table t (id int);', [name]: '\ufeff{}' });
    const { stdout, stderr } = rowsmith(['generate', '--source', 'schema.sql'], folder);
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringContaining('+ models/t.ts'), stderr: '' });
  });

  test.each([
    ['rowsmith.config.mjs', 'export default {\n  out: 1 2,\n};\n', 2],
    ['rowsmith.config.json', '{\n  "out": "x",\n  "timeout": seven\n}\n', 3],
    ['rowsmith.config.ts', 'const a = 1;\n\nexport default { out: };\n', 3],
    ['rowsmith.config.js', '\nthrow new Error("no");\n', 2],
    ['package.json', '{\n  "name": "shop",\n}\n', 3],
  ])('a mistake in %s has its line', (name, text, line) => {
    const { folder } = project({ 'package.json': '{"type":"module"}', [name]: text });
    expect(rowsmith(['generate'], folder).stderr).toContain(`error: ${name}:${line} cannot be loaded: `);
  });

  test('rowsmith alone prints its help', () => {
    const { code, stdout, stderr } = rowsmith([], project({}).folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('rowsmith generate');
  });
});
