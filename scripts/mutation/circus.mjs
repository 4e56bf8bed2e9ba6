/** Runs tests of the bundle in this process, with the runner and the matchers of Jest, which is what the tests are written for. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const circus = require('jest-circus');

/**
 * @param {string} bundle
 * @param {{ wants?: (id: string) => boolean, bail?: boolean, starts?: (id: string) => void }} options
 * @returns {Promise<{ id: string, file: string, milliseconds: number, error?: string }[]>}
 */
export async function runTests(bundle, { wants = () => true, bail = false, starts = () => {} } = {}) {
  delete require.cache[bundle];
  circus.resetState();
  circus.getState().testTimeout = 60_000;
  require(bundle).load();
  const { rootDescribeBlock } = circus.getState();
  for (const test of testsOf(rootDescribeBlock)) if (!wants(idOf(test))) test.mode = 'skip';
  const results = [];
  let failed = false;
  const listen = ({ name, test, error }) => {
    if (name === 'test_start') {
      if (bail && failed) test.mode = 'skip';
      else if (test.mode !== 'skip') starts(idOf(test));
    }
    if (name === 'test_done') {
      if (test.errors.length > 0) failed = true;
      const [first] = test.errors.flat();
      results.push({ id: idOf(test), file: fileOf(test), milliseconds: test.duration ?? 0, ...(first ? { error: String(first.message ?? first).slice(0, 500) } : {}) });
    }
    if (name === 'error') throw error;
  };
  circus.addEventHandler(listen);
  try {
    await circus.run();
  } finally {
    circus.removeEventHandler(listen);
  }
  return results;
}

const testsOf = (block) => block.children.flatMap((child) => (child.type === 'test' ? [child] : testsOf(child)));

function path(test) {
  const names = [];
  for (let at = test; at?.parent; at = at.parent) names.unshift(at.name);
  return names;
}
const idOf = (test) => path(test).join(' › ');
const fileOf = (test) => path(test)[0];
