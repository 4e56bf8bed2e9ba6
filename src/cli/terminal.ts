import type { WriteStream } from 'node:tty';

/** Whether a stream is shown with colours. https://no-color.org: any value but an empty one says no. */
export function hasColour(stream: Pick<WriteStream, 'isTTY'>): boolean {
  return stream.isTTY && !process.env['NO_COLOR'];
}
