/**
 * What remains in the output folder if writing fails: the old files or the new ones, and nothing that could be mistaken
 * for something else.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rowsmith } from './support/cli.js';
import { repositoryPath } from './support/repository.js';

let folder: string;
const path = (name: string) => join(folder, name);
const main = repositoryPath('dist/cli/main.js');
const before = ['generate', '--source', 'before.json', '--out', 'generated'];
const after = ['generate', '--source', 'after.json', '--out', 'generated'];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-writing-'));
  cpSync(repositoryPath('test/cases/schemas/expected/catalog.json'), path('before.json'));
  cpSync(repositoryPath('test/cases/columns/expected/catalog.json'), path('after.json'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Every file below a folder, with its text. */
function tree(name: string): Record<string, string> {
  if (!existsSync(path(name))) return {};
  const files = readdirSync(path(name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => [
      join(entry.parentPath, entry.name).slice(path(name).length + 1),
      readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    ]),
  );
}

/** Files that a run leaves next to its output, or inside it without being part of it. */
const leftovers = () =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter(
      (name) => name.split('/').some((part) => part.startsWith('.') && part !== '.cache') && !name.startsWith('.cache'),
    );

function faulty(args: readonly string[], environment: Record<string, string>) {
  const hook = pathToFileURL(repositoryPath('test/faults/die-at-call.mjs')).href;
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, FAULT_FOLDER: folder, ...environment };
  return spawnSync(process.execPath, ['--import', hook, main, ...args], { cwd: folder, env, encoding: 'utf8' });
}

describe.each([
  ['a new folder', () => {}],
  ['a folder of another schema', () => void rowsmith(before, folder)],
])('killed while it writes %s', (_what, arrange) => {
  test('at every step the files are old or new, check tells, and the next run mends it', () => {
    arrange();
    const old = tree('generated');
    cpSync(folder, `${folder}-start`, { recursive: true });
    const restore = () => {
      rmSync(folder, { recursive: true });
      cpSync(`${folder}-start`, folder, { recursive: true });
    };
    try {
      expect(faulty(after, { FAULT_COUNT: path('count') }).status).toBe(0);
      const calls = Number(readFileSync(path('count'), 'utf8'));
      const wanted = tree('generated');
      expect(calls).toBeGreaterThan(20);
      for (let at = 1; at <= calls; at++) {
        restore();
        expect(faulty(after, { FAULT_AT: String(at) }).signal).toBe('SIGKILL');
        const left = Object.entries(tree('generated')).filter(([name]) => !name.startsWith('.rowsmith-new.tmp'));
        for (const [name, text] of left) expect([old[name], wanted[name]]).toContain(text);
        const whole = JSON.stringify(left.sort()) === JSON.stringify(Object.entries(wanted).sort());
        // Where processes are slow, checking a third of the steps is enough.
        if (at % 3 !== 0 && at !== calls) continue;
        expect({ at, code: rowsmith(['check', ...after.slice(1)], folder).code }).toEqual({ at, code: whole ? 0 : 1 });
        // Called with other options than the check, which may have been recorded: otherwise it would do nothing.
        expect(rowsmith([...after, '--verbose'], folder)).toMatchObject({ code: 0, stderr: '' });
        expect(tree('generated')).toEqual(wanted);
        expect(leftovers()).toEqual([]);
      }
    } finally {
      rmSync(`${folder}-start`, { recursive: true });
    }
  });
});

test('two at once leave the files of one of them', async () => {
  const results = ['before', 'after'].map((name) => {
    const out = `${name}-alone`;
    rowsmith(['generate', '--source', `${name}.json`, '--out', out], folder);
    return tree(out);
  });
  for (let round = 0; round < 5; round++) {
    const runs = [before, after, before, after].map((args) =>
      spawn(process.execPath, [main, ...args], { cwd: folder, env: { PATH: process.env['PATH'], HOME: folder } }),
    );
    const codes = await Promise.all(runs.map(async (run) => ((await once(run, 'close')) as [number])[0]));
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(results).toContainEqual(tree('generated'));
    expect(leftovers()).toEqual([]);
  }
});

test('another run that does not end is named', async () => {
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  try {
    writeFileSync(path('.generated.rowsmith-lock'), String(holder.pid));
    const waiting = spawn(process.execPath, [main, ...before], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder },
    });
    const ended = once(waiting, 'close') as Promise<[number]>;
    holder.kill();
    // It waits for the other process, and continues when that is gone.
    expect((await ended)[0]).toBe(0);
    expect(leftovers()).toEqual([]);
  } finally {
    holder.kill('SIGKILL');
  }
});

test('a file that the system does not let grow is an error with a hint, and the old files stay', () => {
  rowsmith(before, folder);
  const old = tree('generated');
  // Blocks of 512 bytes (POSIX). A limit larger than every file would refuse nothing, so comments make one file longer.
  const limited = spawnSync('sh', ['-c', `ulimit -f 4; exec "$0" "$@"`, process.execPath, main, ...after], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder },
    encoding: 'utf8',
  });
  expect(limited.status).toBe(2);
  expect(limited.stderr).toMatch(
    /^error: The output folder .*generated cannot be written: EFBIG: .*\n {2}The system does not allow files of that size/,
  );
  expect(tree('generated')).toEqual(old);
  expect(leftovers()).toEqual([]);
});

describe('as a user without the right to write', () => {
  const nobody = 65534;
  const asNobody = (args: readonly string[]) =>
    spawnSync(process.execPath, [main, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder },
      encoding: 'utf8',
      ...(process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}),
    });

  test.each(['generated', '.'])('the folder %s is named, with a hint', (name) => {
    mkdirSync(path('generated'));
    for (const open of ['.', 'generated']) chmodSync(path(open), open === name ? 0o555 : 0o777);
    const { status, stderr } = asNobody(before);
    chmodSync(path(name), 0o755);
    expect(stderr).toMatch(
      /^error: The output folder .*generated cannot be written: EACCES: .*\n {2}Check the permissions/,
    );
    expect(status).toBe(2);
    expect(tree('generated')).toEqual({});
  });
});
