/** A disk that is really full: a tmpfs of 64 KiB. Only who may mount can try it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
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

(mayMount ? test : test.skip)('a new folder that does not fit is not there at all, and nothing is left beside it', () => {
  const { code, stdout, stderr } = rowsmith(['generate', '--source', repositoryPath('generated/catalog.json'), '--out', 'disk/out'], folder);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(/^error: .* cannot be written: ENOSPC.*\n {2}The disk is full\./) });
  expect(readdirSync(disk)).toEqual([]);
});
