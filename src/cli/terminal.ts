import type { WriteStream } from 'node:tty';

/**
 * Whether to print colours to a stream. According to https://no-color.org, any non-empty value of NO_COLOR disables
 * them.
 */
export function hasColour(stream: Pick<WriteStream, 'isTTY'>): boolean {
  return stream.isTTY && !process.env['NO_COLOR'];
}
