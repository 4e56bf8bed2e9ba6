import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { openEmbedded } from '../../src/postgres/embedded/embedded.js';
import { readSqlFiles } from '../../src/postgres/embedded/files.js';
import { failureOf, scratchFolder } from './scratch.js';

const { folder, write } = scratchFolder();

describe('refused before Postgres starts', () => {
  const open = (...paths: string[]) => failureOf(openEmbedded(paths, () => {}));

  test('a path that is not there', async () => {
    expect(await open('no/such.sql')).toMatchObject({
      code: 'source-not-found',
      message: 'There is no SQL file or directory no/such.sql.',
    });
  });

  test('a directory without SQL', async () => {
    write('empty/readme.txt', 'x');
    expect(await open(join(folder, 'empty'))).toMatchObject({
      code: 'source-not-found',
      message: expect.stringContaining('contains no .sql files'),
    });
  });

  const unreadable: [name: string, content: Uint8Array, message: RegExp, hint: RegExp][] = [
    ['Latin-1', Buffer.from("select 'é'", 'latin1'), /is not UTF-8/, /--encoding=UTF8/],
    ['UTF-16', Buffer.from('\ufeffselect 1', 'utf16le'), /UTF-16/, /PowerShell/],
    ['a custom-format dump', Buffer.from('PGDMP\x01\x0e'), /custom format/, /--format=plain/],
    ['a NUL', Buffer.from('select 1\0'), /NUL/, /^$/],
  ];
  test.each(unreadable)('a file in %s', async (name, content, message, hint) => {
    const error = await open(write(`${name}.sql`, content));
    expect(error).toMatchObject({ code: 'sql-failed', message: expect.stringMatching(message) });
    expect(error.hint ?? '').toMatch(hint);
  });

  test.each(['i', 'ir', 'include', 'copy', '!', 'gexec', 'if', 'o', 'g', 'nonsense'])(
    'the psql command \\%s',
    async (name) => {
      const path = write('meta.sql', `select 1;\nselect 2\n\\${name} other.sql\n`);
      const error = await open(path);
      expect(error).toMatchObject({
        code: 'sql-not-supported',
        message: `${path}:3: the psql command \\${name} is not supported.`,
      });
      if (name.startsWith('i') && name !== 'if') expect(error.hint).toMatch(/source\.sql.*other\.sql/);
    },
  );

  test('directories are read in the order of code points, below them too', async () => {
    for (const name of [
      '10.sql',
      '9.sql',
      'B.SQL',
      'a.sql',
      'a/x.sql',
      'ä.sql',
      '😀.sql',
      '\uff5e.sql',
      '.hidden.sql',
      'c.txt',
    ])
      write(`tree/${name}`, '');
    symlinkSync(join(folder, 'tree'), join(folder, 'tree/loop'));
    symlinkSync(join(folder, 'tree/c.txt'), join(folder, 'tree/link.sql'));
    const files = await readSqlFiles([join(folder, 'tree')], () => {});
    expect(files.map(({ path }) => path.slice(folder.length + 6))).toEqual([
      '10.sql',
      '9.sql',
      'B.SQL',
      'a/x.sql',
      'a.sql',
      'link.sql',
      'ä.sql',
      '\uff5e.sql',
      '😀.sql',
    ]);
  });

  test('a link that leads out of the folder is followed, and nothing of its file is shown', async () => {
    write('elsewhere', 'SELECT hunter2;');
    write('linked/a/a.sql', 'SELECT b;');
    symlinkSync(join(folder, 'linked/a/a.sql'), join(folder, 'linked/b.sql'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'linked/c.sql'));
    const files = await readSqlFiles([join(folder, 'linked')], () => {});
    expect(files.map(({ path, isElsewhere }) => [path.slice(folder.length), isElsewhere])).toEqual([
      ['/linked/a/a.sql', undefined],
      ['/linked/b.sql', undefined],
      ['/linked/c.sql', true],
    ]);
    for (const text of ['SELECT hunter2;', '\\! hunter2', "CREATE TABLE t (hunter2 text DEFAULT 'hunter2);"]) {
      write('elsewhere', text);
      write('linked/a/a.sql', '');
      const error = await openEmbedded([join(folder, 'linked')], () => {}).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({
        message: `${join(folder, 'linked/c.sql')} cannot be loaded.`,
        hint: expect.stringContaining('is a link out of the directory'),
      });
      expect(inspect(error)).not.toContain('hunter2');
    }
  });
});
