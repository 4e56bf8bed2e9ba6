import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { configPage, type Schema } from '../scripts/config-page.js';
import { configSchema, pageFile, schemaFile } from '../scripts/config-schema.js';
import { repositoryPath } from './support/repository.js';

test('the schema of the config is what validation and the types say (npm run config-schema)', () => {
  expect(configSchema()).toBe(readFileSync(schemaFile, 'utf8'));
});

test('the reference of the config is what its doc comments say (npm run config-schema)', () => {
  expect(configPage(JSON.parse(configSchema()) as Schema)).toBe(readFileSync(pageFile, 'utf8'));
});

test('the schema of the config takes what is right, and refuses what is not', () => {
  const accepts = new Ajv({ formats: { date: true }, allowUnionTypes: true }).compile(
    JSON.parse(configSchema()) as object,
  );
  const right = [
    {},
    {
      $schema: './node_modules/rowsmith/config.schema.json',
      source: { sql: ['a.sql'] },
      driver: { name: 'pg-parsers', dates: 'temporal-polyfill#Temporal' },
    },
    {
      models: {
        stripPrefix: 'x_',
        tasks: {
          alias: { a: { as: 'b', default: 1 } },
          state: false,
          computed: { f: { sql: '1' }, g: { code: './m#f', needs: [] } },
        },
      },
    },
    { projects: [{ name: 'a', out: 'a', include: ['x'] }] },
  ];
  const wrong = [
    { sources: {} },
    { driver: 'mysql' },
    { models: { tasks: { alias: { a: 1 } } } },
    { projects: [{ name: 'a' }] },
    { drift: { failOn: 'maybe' } },
  ];
  expect(right.filter((config) => !accepts(config))).toEqual([]);
  expect(wrong.filter((config) => accepts(config))).toEqual([]);
});

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
}

/** The packages that come with rowsmith according to the lock file, by their place in it. */
function shipped(): Map<string, Locked> {
  const { packages } = JSON.parse(readFileSync(repositoryPath('package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, Locked>>;
  };
  const found = new Map<string, Locked>();
  const visit = (place: string): void => {
    const { dependencies, optionalDependencies } = packages[place] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const parts = place.split('/node_modules/');
      const places = parts.map((_, index) =>
        `${parts.slice(0, index + 1).join('/node_modules/')}/node_modules/${name}`.replace(/^\//, ''),
      );
      const at = [`node_modules/${name}`, ...places].findLast((candidate) => candidate in packages);
      if (at === undefined || found.has(at)) continue;
      found.set(at, packages[at] as Locked);
      visit(at);
    }
  };
  visit('');
  return found;
}

test('nothing that comes with rowsmith runs a script when it is installed, and all of it is pinned by a digest', () => {
  const packages = [...shipped()];
  expect(packages.map(([place]) => place)).toEqual(
    expect.arrayContaining(['node_modules/yargs', 'node_modules/yargs-parser', 'node_modules/@electric-sql/pglite']),
  );
  expect(
    packages.filter(([, { hasInstallScript, integrity }]) => hasInstallScript || !integrity?.startsWith('sha512-')),
  ).toEqual([]);
});

test('a release is published after all checks, with its provenance, and without a token', () => {
  const workflow = readFileSync(repositoryPath('.github/workflows/publish.yml'), 'utf8');
  const [, check = '', publish = ''] = /\n {2}check:\n([\s\S]*)\n {2}publish:\n([\s\S]*)/.exec(workflow) ?? [];
  expect(check).toMatch(/- run: \.ci\/run\n[\s\S]*- run: npm audit --omit=dev\n/);
  expect(check).not.toContain('id-token');
  expect(publish).toMatch(
    /^ {4}needs: check\n[\s\S]*id-token: write\n[\s\S]*- run: npm ci --ignore-scripts\n[\s\S]*- run: npm publish --provenance/,
  );
  expect(workflow).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/);
});

test('workflows name every action by a commit, and say which release it is', () => {
  const workflows = readdirSync(repositoryPath('.github/workflows')).map((name) => `.github/workflows/${name}`);
  const lines = [...workflows, 'action.yml'].flatMap((file) =>
    readFileSync(repositoryPath(file), 'utf8')
      .split('\n')
      .filter((line) => /^\s*-?\s*uses:/.test(line)),
  );
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.filter((line) => !/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
});

test('a pull request is asked first what takes seconds, and may write nothing', () => {
  const workflow = readFileSync(repositoryPath('.github/workflows/pull-request.yml'), 'utf8');
  const [head = '', quick = '', rest = ''] = workflow.split(/^ {2}(?:quick|rest):\n/m);
  expect(head).toMatch(/\non:\n {2}pull_request:\n[\s\S]*\npermissions:\n {2}contents: read\n/);
  expect(workflow).not.toMatch(/pull_request_target|secrets\.|: write/);
  expect([...quick.matchAll(/- run: npm run ([\w:-]+)/g)].map(([, name]) => name)).toEqual([
    'typecheck',
    'lint',
    'check-imports',
    'test:unit',
  ]);
  expect(rest).toMatch(/^ {4}needs: quick\n[\s\S]*- run: \.ci\/run\n/);
});
