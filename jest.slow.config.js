/** Suites of their own: the page of `docs` in a real browser (`*.browser.ts`), and servers that fail (`*.faults.ts`). */
import { run, withBuild } from './jest.config.js';

export default { ...withBuild, ...run, testMatch: ['<rootDir>/test/**/*.{browser,faults}.ts'] };
