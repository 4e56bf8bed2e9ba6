/** A disk that is really full: a tmpfs of 64 KiB. Requires permission to mount. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { rowsmith } from './support/cli.js';
import { repositoryPath } from './support/repository.js';

const folder = mkdtempSync(join(tmpdir(), 'rowsmith-disk-full-'));
const disk = join(folder, 'disk');
mkdirSync(disk);
const mayMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status === 0;
afterAll(() => {
  if (mayMount) spawnSync('umount', [disk]);
  rmSync(folder, { recursive: true });
});

(mayMount ? test : test.skip)(
  'a new folder that does not fit is not there at all, and nothing is left beside it',
  () => {
    const { code, stdout, stderr } = rowsmith(
      ['generate', '--source', repositoryPath('generated/catalog.json'), '--out', 'disk/out'],
      folder,
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error: .* cannot be written: ENOSPC.*\n {2}The disk is full\./),
    });
    expect(readdirSync(disk)).toEqual([]);
  },
);

/** Every path below a folder, with its text. */
const tree = (root: string) =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => [
      name,
      statSync(join(root, name)).isFile() ? readFileSync(join(root, name), 'utf8') : undefined,
    ]),
  );

(mayMount ? test : test.skip)('of a folder that is there nothing is replaced, wherever the space runs out', () => {
  const generate = (source: string) =>
    rowsmith(['generate', '--source', repositoryPath(source), '--out', 'disk/out'], folder);
  spawnSync('mount', ['-o', 'remount,size=400k', disk]);
  const ballast = join(disk, 'ballast');
  expect(generate('test/cases/schemas/expected/catalog.json').code).toBe(0);
  const old = tree(join(disk, 'out'));
  // Less and less space is occupied, until the files fit.
  const codes: (number | null)[] = [];
  for (let kilobytes = 400; codes.at(-1) !== 0; kilobytes -= 24) {
    spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=1k', `count=${kilobytes}`]);
    const { code, stderr } = generate('test/cases/columns/expected/catalog.json');
    codes.push(code);
    if (code !== 0) {
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringMatching(
          /cannot be written: ENOSPC.*\n {2}The disk is full\. The existing files are unchanged/,
        ),
      });
      expect(tree(join(disk, 'out'))).toEqual(old);
    }
    unlinkSync(ballast);
  }
  expect(codes.length).toBeGreaterThan(4);
  expect(tree(join(disk, 'out'))).not.toEqual(old);
  expect(readdirSync(disk)).toEqual(['out']);
});

(mayMount ? test : test.skip)(
  'a cache that is full, or may only be read, is no error: nothing is remembered in it',
  () => {
    spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'ballast')}`, 'bs=1k']);
    for (const option of ['rw', 'ro']) {
      spawnSync('mount', ['-o', `remount,${option}`, disk]);
      for (const command of ['generate', 'check', 'check']) {
        const { code, stderr } = rowsmith(
          [
            command,
            '--source',
            repositoryPath('test/cases/columns/expected/catalog.json'),
            '--out',
            join(folder, 'elsewhere'),
          ],
          folder,
          { XDG_CACHE_HOME: disk },
        );
        expect({ option, command, code, stderr }).toEqual({ option, command, code: 0, stderr: '' });
      }
    }
    spawnSync('mount', ['-o', 'remount,rw', disk]);
  },
);
