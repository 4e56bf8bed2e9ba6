/** What commands print besides their plain words: JSON, nothing, annotations, progress, completions. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { githubAnnotations } from '../src/report/github.js';
import { rowsmith } from './support/cli.js';
import { repositoryPath } from './support/repository.js';

let folder: string;
const path = (name: string) => join(folder, name);
const edit = (name: string, from: string, to: string) => writeFileSync(path(name), readFileSync(path(name), 'utf8').replace(from, to));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-output-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('of a catalog', () => {
  const run = (...args: string[]) => rowsmith([...args, '--source', 'catalog.json'], folder);
  const json = (...args: string[]) => {
    const { code, stdout, stderr } = run(...args, '--json');
    return { code, stderr, result: JSON.parse(stdout) as unknown };
  };

  beforeEach(() => cpSync(repositoryPath('test/cases/state-machines/expected/catalog.json'), path('catalog.json')));

  test('--json gives files, changes, notes and why', () => {
    const first = json('generate');
    expect(first).toMatchObject({ code: 0, stderr: '', result: { out: 'generated', files: expect.arrayContaining(['db.ts']), changes: expect.arrayContaining([{ kind: 'missing', path: 'db.ts' }]) } });
    const { notes } = first.result as { notes: string[] };
    expect(notes.length).toBeGreaterThan(0);
    expect(json('check')).toMatchObject({ code: 0, stderr: '', result: { changes: [], notes, staleness: null } });
    expect(json('generate').result).toMatchObject({ changes: [], notes });
    edit('generated/db.ts', 'import', '// mine\nimport');
    const staleness = { findings: [], files: [{ path: 'db.ts', causes: [['edited']] }] };
    expect(json('check')).toMatchObject({ code: 1, stderr: '', result: { changes: [{ kind: 'stale', path: 'db.ts' }], staleness } });
  });

  test('--silent says nothing but errors', () => {
    const silent = { stdout: '', stderr: '' };
    expect(run('generate', '--silent')).toEqual({ code: 0, ...silent });
    expect(existsSync(path('generated/db.ts'))).toBe(true);
    expect(run('check', '--silent')).toEqual({ code: 0, ...silent });
    edit('generated/db.ts', 'import', '// mine\nimport');
    expect(run('check', '--silent')).toEqual({ code: 1, ...silent });
    edit('catalog.json', '"name"', '"nome"');
    expect(run('check', '--silent')).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining('error: catalog.json was changed after it was written') });
  });

  test('a run that is answered without being done says the same', () => {
    const { stdout } = run('generate');
    expect(stdout).toContain('files changed');
    // Twice: the second time it is an unchanged run.
    for (const time of [1, 2]) {
      expect([time, run('generate').stdout]).toEqual([time, expect.stringMatching(/^generated: up to date, \d+ files\n$/)]);
      expect([time, run('generate', '--silent')]).toEqual([time, { code: 0, stdout: '', stderr: '' }]);
      expect([time, json('check').result]).toMatchObject([time, { changes: [] }]);
      expect([time, run('check', '--format', 'github')]).toMatchObject([time, { code: 0, stdout: expect.stringMatching(/^generated: up to date/) }]);
    }
  });

  test('check --format github annotates each file, at the line that differs', () => {
    run('generate', '--out', 'a,b: 100%');
    edit('a,b: 100%/db.ts', 'import', '// mine\nimport');
    rmSync(path('a,b: 100%/types.ts'));
    const line = readFileSync(path('a,b: 100%/db.ts'), 'utf8').split('\n').indexOf('// mine') + 1;
    const { code, stdout } = run('check', '--out', 'a,b: 100%', '--format', 'github');
    expect(code).toBe(1);
    const mend = 'Mend it with: rowsmith generate --source catalog.json --out a,b: 100%25';
    expect(stdout.split('\n').sort()).toEqual([
      '',
      `::error file=a%2Cb%3A 100%25/db.ts,line=${line},title=The file is stale::someone edited or removed the file%0A${mend}`,
      `::error file=a%2Cb%3A 100%25/types.ts,title=The file is missing::someone edited or removed the file%0A${mend}`,
    ]);
  });

  test('check --format github says what changed in the schema', () => {
    cpSync(repositoryPath('test/cases/schemas/expected/catalog.json'), path('other.json'));
    run('generate');
    const { stdout } = rowsmith(['check', '--source', 'other.json', '--format', 'github'], folder);
    expect(stdout).toMatch(/^::error title=The schema changed::.+ was removed.*%0AMend it with: rowsmith generate --source other\.json\n::error file=generated\//);
  });

  test.each([
    [['--watch', '--json'], 'Arguments watch and json are mutually exclusive'],
    [['--watch', '--check'], 'Arguments watch and check are mutually exclusive'],
  ])('generate %j is refused', (args, message) => {
    expect(run('generate', ...args)).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(`error: ${message}`) });
  });
});

test('names and messages cannot end a workflow command', () => {
  const annotation = { severity: 'error', file: 'a:b,c%\n.ts', line: 1, title: 'x::y,z', message: 'one\r\n::error::two % three' } as const;
  expect(githubAnnotations([annotation])).toBe('::error file=a%3Ab%2Cc%25\\u{a}.ts,line=1,title=x%3A%3Ay%2Cz::one%0A\\u{3a}:error::two %25 three\n');
});

describe('progress', () => {
  // The second start of the embedded database is much faster than the first.
  const cache = mkdtempSync(join(tmpdir(), 'rowsmith-cache-'));
  afterAll(() => rmSync(cache, { recursive: true }));

  /** The first file alone takes longer than anybody waits without a word. */
  beforeEach(() => {
    writeFileSync(path('slow.sql'), 'select pg_sleep(0.6);');
    writeFileSync(path('users.sql'), 'create table users (id int);');
  });
  const args = ['generate', '--source', 'slow.sql', 'users.sql'];
  const bar = 'Loading SQL';

  /** Runs it on a terminal, as far as util-linux can make one; gives what is shown there. */
  function onTerminal(environment: Record<string, string>, ...more: string[]): string {
    const command = [process.execPath, repositoryPath('dist/cli/main.js'), ...args, ...more].map((word) => `'${word}'`).join(' ');
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, TERM: 'xterm', XDG_CACHE_HOME: cache, ...environment };
    return execFileSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }
  const hasTerminals = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;
  const ifTerminals = hasTerminals ? test : test.skip;

  ifTerminals('on a terminal a bar is drawn, and taken away', () => {
    const shown = onTerminal({});
    expect(shown).toContain(`${bar} \u001b[36m${'━'.repeat(12)}\u001b[39m\u001b[2m${'━'.repeat(12)}\u001b[22m 1/2`);
    expect(shown).toMatch(/\r\u001b\[Kgenerated: \d+ of \d+ files changed\r\n/);
  });

  ifTerminals('NO_COLOR takes the colours, --silent everything', () => {
    expect(onTerminal({ NO_COLOR: '1' })).toContain(`${bar} ${'━'.repeat(24)} 1/2`);
    expect(onTerminal({}, '--silent')).toBe('');
  });

  test('a log of CI gets a line, and the result stands alone', () => {
    const inCi = rowsmith(args, folder, { CI: 'true', XDG_CACHE_HOME: cache });
    expect(inCi.stderr).toMatch(/^Loading SQL: \d+\.\d s$/m);
    expect(inCi.stdout).toMatch(/^generated: \d+ of/);
  });
});

describe('completion', () => {
  test('prints a script for bash and zsh, which asks rowsmith', () => {
    for (const shell of ['/bin/bash', '/bin/zsh']) {
      const { code, stdout } = rowsmith(['completion'], folder, { SHELL: shell });
      expect(code).toBe(0);
      expect(stdout).toContain('rowsmith --get-yargs-completions');
    }
  });

  test('knows commands, options and choices', () => {
    const complete = (...words: string[]) => rowsmith(['--get-yargs-completions', 'rowsmith', ...words], folder, { SHELL: '/bin/bash' }).stdout.trim().split('\n');
    expect(complete('gen')).toContain('generate');
    expect(complete('generate', '--w')).toContain('--watch');
    expect(complete('check', '--format', '')).toEqual(['text', 'github']);
  });
});
