/**
 * Prints `N passed, N failed` as the very last line, for people who read a log from its end. Jest's own summary and the
 * global teardown come after the reporters, so the line is printed when the process exits.
 */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    this.line = summaryLine(results);
    if (this.waiting) return;
    this.waiting = true;
    process.once('exit', () => process.stdout.write(`${this.line}\n`));
  }
}

/** A suite that did not run counts as one failure, in addition to failed tests. */
function summaryLine(results) {
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const skipped = results.numPendingTests + results.numTodoTests;
  return `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
