import { readSync, writeSync } from 'node:fs';
import { packError } from '../../packed-error.js';
import { decodeFrame, encodeFrame, type Frame, headLength, partLengths } from './frames.js';
import type { ServerReply, ServerRequest } from './messages.js';
import { disarm } from './server/disarm.js';
import { type Server, startPglite } from './server/pglite.js';

/**
 * This process's only pipe; the process is that of the embedded Postgres. It answers the requests of `messages.ts` one
 * after another and does nothing else. It reads and writes the pipe synchronously, so that Node has no open handle
 * here, and it ends when the pipe does, that is, with the process at the other end.
 */
const pipe = 3;

/** Tests omit this to show what the other layers prevent. */
if (!process.argv.includes('--armed')) disarm();

let loaded: Promise<typeof import('@electric-sql/pglite')> | undefined;
let server: Server | undefined;
let copied: Buffer | undefined;

async function answer({ message, bytes }: Frame): Promise<readonly [value: unknown, bytes?: Uint8Array | undefined]> {
  const request = message as ServerRequest;
  if (request.kind === 'prepare') {
    loaded = import(request.pglite) as NonNullable<typeof loaded>;
    await loaded;
    return [true];
  }
  if (request.kind === 'start') {
    if (!loaded) throw new Error('PGlite is not loaded.');
    const { extensions, isHeld } = request;
    server = await startPglite(loaded, { extensions, isHeld, directory: bytes });
    return [true, server.made];
  }
  if (!server) throw new Error('The embedded Postgres was not started.');
  switch (request.kind) {
    case 'load':
      return [await server.load(request.sql)];
    case 'query':
      return [await server.query(request.sql)];
    case 'describe':
      return [await server.describe(request.sql)];
    case 'copy':
      copied = await server.copy();
      return [true];
    case 'give':
      return [true, copied];
  }
}

function readExactly(length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let at = 0; at < length; ) {
    const count = readSync(pipe, bytes, at, length - at, null);
    if (count === 0) process.exit(0);
    at += count;
  }
  return bytes;
}

function write(parts: readonly Uint8Array[]): void {
  for (const part of parts) for (let at = 0; at < part.length; ) at += writeSync(pipe, part, at);
}

for (;;) {
  const [json, bytes] = partLengths(readExactly(headLength));
  const frame = decodeFrame(readExactly(json), readExactly(bytes));
  try {
    const [value, given] = await answer(frame);
    write(encodeFrame({ value } satisfies ServerReply, given));
  } catch (error) {
    write(encodeFrame({ error: packError(error) } satisfies ServerReply));
  }
}
