/**
 * Suites of their own: the page of `docs` in a real browser (`*.browser.ts`), servers that fail (`*.faults.ts`), and
 * what runs the program hundreds of times to find what hostile input, a crash or an unseen change could break
 * (`*.slow.ts`).
 */
import { run, withBuild } from './jest.config.js';

export default { ...withBuild, ...run, testMatch: ['<rootDir>/test/**/*.{browser,faults,slow}.ts'] };
