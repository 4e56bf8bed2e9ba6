/**
 * Tests are ES modules, as the sources are: Jest runs under `node --experimental-vm-modules` (the script `test` passes
 * it, and silences Node's warning about it), and SWC removes the types without reading them; `npm run typecheck` does.
 *
 * There are two kinds. A unit needs sources alone and is there in a second. Everything else needs the build, perhaps
 * servers too: `test/support/global-setup.js` makes them, and Jest runs it only where such a test is among those asked for.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = import.meta.dirname;

/** What a unit does not import: the product as a whole, a database, or what the tests share to run either. */
const real =
  /from '(\.\.?\/)+(src\/(index|postgres\/(live\/open-live|embedded\/(embedded|standby|server-limits)))\.js|support\/(?!repository)|scripts\/)/;

/** Which tests `npm run test:compilers` asks for: those that go through compilers. */
const asked = process.env.ROWSMITH_OLDER_COMPILERS ? /\bCOMPILERS_IN_TURN\b/ : /^/;

const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => ({ path: `<rootDir>/test/${file}`, text: readFileSync(join(root, 'test', file), 'utf8') }))
  .filter(({ text }) => asked.test(text))
  .map(({ path, text }) => ({ path, isUnit: !real.test(text) }));

export const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { swcrc: false, jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  // Sources import `./x.js`, as Node will see it, where `./x.ts` stands. A real `.js` file wins: packages are untouched.
  moduleNameMapper: {
    '^(\\.{1,2}/.+)\\.js$': ['$1.js', '$1.ts'],
    // Another `pg` than the one that is installed: `npm run test:versions -- pg`.
    ...(process.env.ROWSMITH_TEST_PG ? { '^pg$': process.env.ROWSMITH_TEST_PG } : {}),
    // Another Kysely: `npm run test:versions -- kysely`.
    ...(process.env.ROWSMITH_TEST_KYSELY ? { '^kysely$': process.env.ROWSMITH_TEST_KYSELY } : {}),
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

/** A project whose tests need the build, perhaps servers. */
export const withBuild = {
  ...shared,
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
};

export const run = {
  reporters: ['default', '<rootDir>/test/support/summary-reporter.js'],
  // Jest would leave one core idle, and much of what the tests do is waiting.
  maxWorkers: '100%',
  testTimeout: 60_000,
};

export default {
  ...run,
  projects: [
    { ...shared, displayName: 'unit', testMatch: files.filter(({ isUnit }) => isUnit).map(({ path }) => path) },
    { ...withBuild, displayName: 'real', testMatch: files.filter(({ isUnit }) => !isUnit).map(({ path }) => path) },
    // Jest takes an empty list for all files.
  ].filter(({ testMatch }) => testMatch.length > 0),
};
