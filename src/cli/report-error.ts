import { RowsmithError } from '../errors.js';
import { escapeInvisible, printable, printableLine } from '../printable.js';
import { withoutSecrets } from './redact.js';

/** A command line that cannot be parsed. */
export class UsageError extends Error {}

/** The text of an error: one clear line and a hint. A stack trace is printed only on request. */
export function reportError(error: unknown, verbose: boolean): string {
  if (error instanceof UsageError)
    return printable(`error: ${withoutSecrets(error.message)}\n  Try: rowsmith --help\n`);
  if (!(error instanceof Error)) return `error: ${printableLine(withoutSecrets(String(error)))}\n`;
  const lines = [`error: ${escapeInvisible(withoutSecrets(error.message))}`];
  if (error instanceof RowsmithError) {
    if (error.hint !== undefined) lines.push(...error.hint.split('\n').map((line) => `  ${withoutSecrets(line)}`));
  } else if (!isSystemError(error)) {
    lines.push('  This is a bug in rowsmith. Run with --verbose and report what it prints.');
  }
  if (verbose) lines.push(withoutSecrets(traces(error)));
  return printable(`${lines.join('\n')}\n`);
}

/**
 * Whether an error comes from the operating system: its message, `EACCES: permission denied…`, needs no explanation.
 */
function isSystemError(error: Error): boolean {
  return 'code' in error && 'syscall' in error;
}

function traces(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\nCaused by: ${traces(error.cause)}` : own;
}
