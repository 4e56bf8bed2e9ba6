import { reportError } from './report-error.js';

/**
 * Ends the process with exit code 2 where something fails that nobody waits for, such as a timer of a config's. Node's own code would
 * be 1, which says "stale".
 */
export function exitWith2WhenUncaught(args: readonly string[]): void {
  const end = (error: unknown) => {
    process.stderr.write(reportError(error, args.includes('--verbose')));
    process.exit(2);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
