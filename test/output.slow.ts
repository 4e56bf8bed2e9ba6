/** What commands print in addition to plain words: JSON, nothing, annotations, progress, completions. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { diff, docs, drift, type Progress, snapshot } from '../src/index.js';
import { githubAnnotations } from '../src/report/github.js';
import { rowsmith } from './support/cli.js';
import { repositoryPath } from './support/repository.js';

let folder: string;
const path = (name: string) => join(folder, name);
const edit = (name: string, from: string, to: string) =>
  writeFileSync(path(name), readFileSync(path(name), 'utf8').replace(from, to));

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
    expect(first).toMatchObject({
      code: 0,
      stderr: '',
      result: {
        out: 'generated',
        files: expect.arrayContaining(['db.ts']),
        changes: expect.arrayContaining([{ kind: 'missing', path: 'db.ts' }]),
      },
    });
    const { notes } = first.result as { notes: string[] };
    expect(notes.length).toBeGreaterThan(0);
    expect(json('check')).toMatchObject({ code: 0, stderr: '', result: { changes: [], notes, staleness: null } });
    expect(json('generate').result).toMatchObject({ changes: [], notes });
    edit('generated/db.ts', 'import', '// mine\nimport');
    const staleness = { findings: [], files: [{ path: 'db.ts', causes: [['edited']] }] };
    expect(json('check')).toMatchObject({
      code: 1,
      stderr: '',
      result: { changes: [{ kind: 'stale', path: 'db.ts' }], staleness },
    });
  });

  test('--silent says nothing but errors', () => {
    const silent = { stdout: '', stderr: '' };
    expect(run('generate', '--silent')).toEqual({ code: 0, ...silent });
    expect(existsSync(path('generated/db.ts'))).toBe(true);
    expect(run('check', '--silent')).toEqual({ code: 0, ...silent });
    edit('generated/db.ts', 'import', '// mine\nimport');
    expect(run('check', '--silent')).toEqual({ code: 1, ...silent });
    edit('catalog.json', '"name"', '"nome"');
    expect(run('check', '--silent')).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('error: catalog.json was changed after it was written'),
    });
  });

  test('a run that is answered without being done says the same', () => {
    const { stdout } = run('generate');
    expect(stdout).toContain('files changed');
    // Twice, because the second run finds nothing changed.
    for (const time of [1, 2]) {
      expect([time, run('generate').stdout]).toEqual([
        time,
        expect.stringMatching(/^generated: up to date, \d+ files\n$/),
      ]);
      expect([time, run('generate', '--silent')]).toEqual([time, { code: 0, stdout: '', stderr: '' }]);
      expect([time, json('check').result]).toMatchObject([time, { changes: [] }]);
      expect([time, run('check', '--format', 'github')]).toMatchObject([
        time,
        { code: 0, stdout: expect.stringMatching(/^generated: up to date/) },
      ]);
    }
  });

  test('check --format github annotates each file, at the line that differs', () => {
    run('generate', '--out', 'a,b: 100%');
    edit('a,b: 100%/db.ts', 'import', '// mine\nimport');
    rmSync(path('a,b: 100%/types.ts'));
    const line = readFileSync(path('a,b: 100%/db.ts'), 'utf8').split('\n').indexOf('// mine') + 1;
    const { code, stdout } = run('check', '--out', 'a,b: 100%', '--format', 'github');
    expect(code).toBe(1);
    const mend = 'Fix it with: rowsmith generate --source catalog.json --out a,b: 100%25';
    expect(stdout.split('\n').sort()).toEqual([
      '',
      `::error file=a%2Cb%3A 100%25/db.ts,line=${line},title=The file is stale::someone edited or removed the file%0A${mend}`,
      `::error file=a%2Cb%3A 100%25/types.ts,title=The file is missing::someone edited or removed the file%0A${mend}`,
    ]);
  });

  test('the step of action.yml runs with its arguments, and annotates', () => {
    const [, command = ''] = /^ +run: (.+)$/m.exec(readFileSync(repositoryPath('action.yml'), 'utf8')) ?? [];
    mkdirSync(path('node_modules/.bin'), { recursive: true });
    writeFileSync(
      path('node_modules/.bin/rowsmith'),
      `#!/bin/sh\nexec '${process.execPath}' '${repositoryPath('dist/cli/main.js')}' "$@"\n`,
      { mode: 0o755 },
    );
    writeFileSync(path('package.json'), '{}');
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, ARGUMENTS: '--source catalog.json --out code' };
    // The way in which the runner calls bash:
    // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell.
    const step = () =>
      spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', command], {
        cwd: folder,
        env,
        encoding: 'utf8',
      });
    run('generate', '--out', 'code');
    expect(step()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^code: up to date/) });
    edit('code/db.ts', 'import', '// mine\nimport');
    expect(step()).toMatchObject({ status: 1, stdout: expect.stringMatching(/^::error file=code\/db\.ts,/) });
  });

  test('check --format github says what changed in the schema', () => {
    cpSync(repositoryPath('test/cases/schemas/expected/catalog.json'), path('other.json'));
    run('generate');
    const { stdout } = rowsmith(['check', '--source', 'other.json', '--format', 'github'], folder);
    expect(stdout).toMatch(
      /^::error title=The schema changed::.+ was removed.*%0AFix it with: rowsmith generate --source other\.json\n::error file=generated\//,
    );
  });

  test.each([
    [['--watch', '--json'], 'Arguments watch and json are mutually exclusive'],
    [['--watch', '--check'], 'Arguments watch and check are mutually exclusive'],
  ])('generate %j is refused', (args, message) => {
    expect(run('generate', ...args)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(`error: ${message}`),
    });
  });
});

test('names and messages cannot end a workflow command', () => {
  const annotation = {
    severity: 'error',
    file: 'a:b,c%\n.ts',
    line: 1,
    title: 'x::y,z',
    message: 'one\r\n::error::two % three',
  } as const;
  expect(githubAnnotations([annotation])).toBe(
    '::error file=a%3Ab%2Cc%25\\u{a}.ts,line=1,title=x%3A%3Ay%2Cz::one%0A\\u{3a}:error::two %25 three\n',
  );
});

describe('progress', () => {
  // The second start of the embedded database is much faster than the first.
  const cache = mkdtempSync(join(tmpdir(), 'rowsmith-cache-'));
  afterAll(() => rmSync(cache, { recursive: true }));

  /** The first file alone takes longer than anybody waits without a message. */
  beforeEach(() => {
    writeFileSync(path('slow.sql'), 'select pg_sleep(0.6);');
    writeFileSync(path('users.sql'), 'create table users (id int);');
    writeFileSync(path('user.ts'), 'export interface User { id: string }\n');
  });
  const slow = ['users.sql', 'slow.sql'];
  const generate = ['generate', '--source', ...slow];
  const bar = 'Loading SQL';

  /** Each command, its progress while that file is loaded, and a line of its result. */
  const commands: readonly (readonly [args: readonly string[], bar: string, result: RegExp])[] = [
    [generate, bar, /^generated: \d+ of \d+ files changed$/m],
    [['drift', '--source', ...slow, '--models', 'user.ts', '--fail-on', 'never'], bar, /Models compared: 1\./],
    [['diff', '--from', 'users.sql', '--to', ...slow], `${bar} (--to)`, /^The schema did not change\.$/m],
    [['docs', '--source', ...slow, '--format', 'markdown'], bar, /^# Data models$/m],
    [['init', '--yes', '--source', ...slow], bar, /^Next:$/m],
  ];

  /** Runs a command on a terminal, as far as util-linux can provide one, and returns what is displayed. */
  function onTerminal(args: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
    const command = [process.execPath, repositoryPath('dist/cli/main.js'), ...args]
      .map((word) => `'${word}'`)
      .join(' ');
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, TERM: 'xterm', XDG_CACHE_HOME: cache, ...environment };
    return execFileSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
  const hasTerminals = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;
  const ifTerminals = hasTerminals ? test : test.skip;

  ifTerminals.each(commands)('%j draws a bar on a terminal, and takes it away', (args, words, result) => {
    const shown = onTerminal(args);
    expect(shown).toContain(`${words} \u001b[36m${'━'.repeat(12)}\u001b[39m\u001b[2m${'━'.repeat(12)}\u001b[22m 1/2`);
    const [last = ''] = shown.split('\r\u001b[K').slice(-1);
    expect(last.replaceAll('\r', '').replace(/\u001b\[\d+m/g, '')).toMatch(result);
  });

  ifTerminals('NO_COLOR takes the colours, --silent everything', () => {
    expect(onTerminal(generate, { NO_COLOR: '1' })).toContain(`${bar} ${'━'.repeat(24)} 1/2`);
    expect(onTerminal([...generate, '--silent'])).toBe('');
  });

  test.each(commands.filter(([[command = '']]) => ['generate', 'diff'].includes(command)))(
    '%j gives a log of CI a line, and its result stands alone',
    (args, words, result) => {
      const inCi = rowsmith(args, folder, { CI: 'true', XDG_CACHE_HOME: cache });
      expect(inCi.stderr.split('\n').filter((line) => line.startsWith(words))).toEqual([
        expect.stringMatching(/: \d+\.\d s$/),
      ]);
      expect(inCi.stdout).toMatch(result);
      expect(inCi.stdout).not.toContain(words);
    },
  );

  test('--silent leaves what a format or a file is asked for, and no more', () => {
    cpSync(repositoryPath('test/cases/state-machines/expected/catalog.json'), path('catalog.json'));
    const silent = (...args: string[]) => rowsmith([...args, '--silent'], folder);
    const of = ['--source', 'catalog.json'];
    const drift = ['drift', ...of, '--models', 'user.ts', '--fail-on', 'warning'];
    const diff = ['diff', '--from', 'catalog.json', '--to', 'catalog.json'];
    expect(silent(...drift)).toEqual({ code: 1, stdout: '', stderr: '' });
    expect(silent(...diff)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(silent('docs', ...of, '--out', 'models.html')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(silent('docs', ...of, '--format', 'markdown')).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^# Data models\n/),
      stderr: '',
    });
    for (const args of [drift, diff])
      expect(JSON.parse(silent(...args, '--format', 'json').stdout)).toHaveProperty('findings');
    expect(silent('init', '--yes', ...of)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(existsSync(path('rowsmith.config.mjs'))).toBe(true);
  });

  test('what takes long is counted: files of models and code, statements, diagrams', async () => {
    const heard: Progress[] = [];
    const onProgress = (progress: Progress) => heard.push(progress);
    const stages = () =>
      heard
        .splice(0)
        .map(({ stage, done, total, side }) =>
          [side, stage, done === undefined ? undefined : `${done}/${total}`]
            .filter((part) => part !== undefined)
            .join(' '),
        );
    writeFileSync(path('query.ts'), 'export const query = sql`select id from users`;\n');
    const config = { source: { sql: path('users.sql') }, out: path('generated') };
    const reading = ['start', 'load 0/1', 'load 1/1', 'read'];

    await drift({
      config: { ...config, drift: { rules: { 'query-invalid': 'error' } } },
      models: [path('*.ts')],
      onProgress,
    });
    expect(stages()).toEqual([
      'models',
      'models 0/2',
      'models 1/2',
      'models 2/2',
      ...reading,
      'start',
      'load 0/1',
      'load 1/1',
      'statements 0/1',
      'statements 1/1',
      'compare',
    ]);

    const { catalog } = await snapshot({ config });
    await diff({ config, from: { catalog }, usage: [path('*.ts')], onProgress });
    expect(stages()).toEqual([
      ...reading.map((stage) => `to ${stage}`),
      'compare',
      'usage',
      'usage 0/2',
      'usage 1/2',
      'usage 2/2',
    ]);

    await docs({ config, onProgress });
    expect(stages()).toEqual([...reading, 'render', 'render', 'layout 0/2', 'layout 1/2', 'render']);
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
    const complete = (...words: string[]) =>
      rowsmith(['--get-yargs-completions', 'rowsmith', ...words], folder, { SHELL: '/bin/bash' })
        .stdout.trim()
        .split('\n');
    expect(complete('gen')).toContain('generate');
    expect(complete('generate', '--w')).toContain('--watch');
    expect(complete('check', '--format', '')).toEqual(['text', 'github']);
  });
});
