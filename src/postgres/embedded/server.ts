import { readSync, writeSync } from 'node:fs';
import { packError } from '../../packed-error.js';
import { decodeFrame, encodeFrame, type Frame, headLength, partLengths } from './frames.js';
import type { Answer, Question } from './messages.js';
import { disarm } from './server/disarm.js';
import { type Server, startPglite } from './server/pglite.js';

/**
 * The process of the embedded Postgres. It answers the questions of `messages.ts`, one after the other, and has
 * nothing else to do: it reads and writes its one pipe in step, so that no handle of Node's is open here, and it ends
 * with the process that asks, when the pipe does.
 */
const pipe = 3;

/** Tests show what the other layers hold without it. */
if (!process.argv.includes('--armed')) disarm();

let loaded: Promise<typeof import('@electric-sql/pglite')> | undefined;
let server: Server | undefined;
let copied: Buffer | undefined;

async function answer({ message, bytes }: Frame): Promise<readonly [value: unknown, bytes?: Uint8Array | undefined]> {
  const question = message as Question;
  if (question.kind === 'prepare') {
    loaded = import(question.pglite) as NonNullable<typeof loaded>;
    await loaded;
    return [true];
  }
  if (question.kind === 'start') {
    if (!loaded) throw new Error('PGlite is not loaded.');
    const { extensions, isHeld } = question;
    server = await startPglite(loaded, { extensions, isHeld, directory: bytes });
    return [true, server.made];
  }
  if (!server) throw new Error('The embedded Postgres was not started.');
  switch (question.kind) {
    case 'load':
      return [await server.load(question.sql)];
    case 'query':
      return [await server.query(question.sql)];
    case 'describe':
      return [await server.describe(question.sql)];
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
    write(encodeFrame({ value } satisfies Answer, given));
  } catch (error) {
    write(encodeFrame({ error: packError(error) } satisfies Answer));
  }
}
