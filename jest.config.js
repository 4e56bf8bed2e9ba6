/**
 * Tests are ES modules, as the sources are: Jest runs under `node --experimental-vm-modules` (the script `test` passes
 * it, and silences Node's warning about it), and SWC removes the types without reading them; `npm run typecheck` does.
 */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { swcrc: false, jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  // Sources import `./x.js`, as Node will see it, where `./x.ts` stands. A real `.js` file wins: packages are untouched.
  moduleNameMapper: {
    '^(\\.{1,2}/.+)\\.js$': ['$1.js', '$1.ts'],
    // Another `pg` than the one that is installed: `npm run test:versions -- pg`.
    ...(process.env.ROWSMITH_TEST_PG ? { '^pg$': process.env.ROWSMITH_TEST_PG } : {}),
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  reporters: ['default', '<rootDir>/test/support/summary-reporter.js'],
  // Jest would leave one core idle, and much of what the tests do is waiting.
  maxWorkers: '100%',
  testTimeout: 60_000,
};
