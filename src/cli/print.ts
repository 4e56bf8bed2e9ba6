import { writeSync } from 'node:fs';

/**
 * Prints a few lines without Node's stream for standard output, which takes milliseconds to create: for runs that need
 * nothing else.
 */
export function print(text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    written = writeSync(1, bytes);
  } catch {
    // A stream waits for a slow reader, and notices if the reader is gone.
    guardOutput();
  }
  if (written < bytes.length) process.stdout.write(bytes.subarray(written));
}

/** Ends the process if its standard output can no longer be written. */
export function guardOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that needs no more, such as `head`, closes the pipe, so nothing more is printed.
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`error: Cannot write to standard output: ${error.message}\n`);
    process.exit(2);
  });
}
