/** Stryker's way to the tests: loads the bundle anew for each mutant, which takes milliseconds where a run of Jest takes seconds. */
import { execFileSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, determineHitLimitReached, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';

const leftOut = new RegExp(process.env.ROWSMITH_LEFT_OUT ?? '(?!)');
const stryker = (globalThis.__stryker__ ??= {});

class BundleRunner {
  bundle = join(process.cwd(), 'mutation-tests.cjs');

  init() {
    if (!existsSync('node_modules')) symlinkSync(join(process.env.ROWSMITH_ROOT, 'node_modules'), 'node_modules', 'junction');
    if (!existsSync(this.bundle)) execFileSync(join('node_modules', '.bin', 'jiti'), ['scripts/mutation/bundle.ts', this.bundle]);
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    const result = await this.run({ wants: (id) => !leftOut.test(id) });
    return result.status === DryRunStatus.Complete ? { ...result, mutantCoverage: stryker.mutantCoverage } : result;
  }

  async mutantRun({ testFilter, activeMutant, hitLimit }) {
    const wanted = testFilter && new Set(testFilter);
    Object.assign(stryker, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    const result = await this.run({ files: wanted && new Set([...wanted].map((id) => id.split(' › ')[0])), wants: (id) => (wanted ? wanted.has(id) : !leftOut.test(id)), bail: true });
    return toMutantRunResult(determineHitLimitReached(stryker.hitCount, hitLimit) ?? result);
  }

  async run(options) {
    stryker.currentTestId = undefined;
    try {
      const { runTests } = await import('./circus.mjs');
      const results = await runTests(this.bundle, { ...options, starts: (id) => (stryker.currentTestId = id) });
      const ran = results.filter(({ id }) => options.wants(id));
      const tests = ran.map(({ id, file, milliseconds, error }) => ({ id, name: id, fileName: file, timeSpentMs: milliseconds, ...(error === undefined ? { status: TestStatus.Success } : { status: TestStatus.Failed, failureMessage: error }) }));
      return { status: DryRunStatus.Complete, tests };
    } catch (error) {
      // The mutant broke the loading of the sources.
      return { status: DryRunStatus.Complete, tests: [{ id: 'loading', name: 'loading', timeSpentMs: 0, status: TestStatus.Failed, failureMessage: String(error?.stack ?? error) }] };
    }
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'bundle', BundleRunner)];
