import { writeSync } from 'node:fs';

/**
 * Prints a few lines without Node's stream for standard output, which takes milliseconds to make: for runs that are
 * over before they need anything else.
 */
export function print(text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    written = writeSync(1, bytes);
  } catch {
    // A stream waits for a slow reader, and notices one that is gone.
    guardOutput();
  }
  if (written < bytes.length) process.stdout.write(bytes.subarray(written));
}

/** Ends the process when its standard output cannot be written any more. */
export function guardOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, closes the pipe: nothing more is to be printed.
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`error: Cannot write to standard output: ${error.message}\n`);
    process.exit(2);
  });
}
