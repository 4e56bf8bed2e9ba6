import type { WriteStream } from 'node:tty';

/** Whether to print colours to a stream. By https://no-color.org, any value of NO_COLOR but an empty one says no. */
export function hasColour(stream: Pick<WriteStream, 'isTTY'>): boolean {
  return stream.isTTY && !process.env['NO_COLOR'];
}
