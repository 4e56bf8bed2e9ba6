/** Runs tests of the bundle in this process, with the runner and the matchers of Jest, which is what the tests are written for. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { constants, Script } from 'node:vm';

const require = createRequire(join(process.cwd(), 'package.json'));
const circus = require('jest-circus');

/** Compiled once, run for each mutant. */
const scripts = new Map();

/** A fresh module each time: what sources and tests remember does not outlive a mutant. */
function evaluate(bundle) {
  const script = scripts.get(bundle) ?? new Script(`(function (exports, require, module) {${readFileSync(bundle, 'utf8')}\n})`, { filename: bundle, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
  scripts.set(bundle, script);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(bundle), module);
  return module.exports;
}

/**
 * @param {string} bundle
 * @param {{ files?: ReadonlySet<string>, wants?: (id: string) => boolean, bail?: boolean, starts?: (id: string) => void }} options
 * @returns {Promise<{ id: string, file: string, milliseconds: number, error?: string }[]>}
 */
export async function runTests(bundle, { files, wants = () => true, bail = false, starts = () => {} } = {}) {
  circus.resetState();
  circus.getState().testTimeout = 60_000;
  evaluate(bundle).load(files);
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
