import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What happens to the bytes that a server sends. */
export interface Fault {
  /** The number of bytes that pass. At the next byte, the connection is cut. */
  readonly cutAfter?: number;
  /** The number of bytes that pass. Then nothing more arrives, but the connection stays open. */
  readonly stallAfter?: number;
  /** Bytes arrive in pieces of this size, one piece at a time. */
  readonly pieces?: number;
  /** The delay of everything that arrives, in milliseconds. */
  readonly delay?: number;
}

export interface Proxy {
  readonly port: number;
  /** The number of bytes that the server has sent. */
  readonly passed: () => number;
  /** The number of connections that were made. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** A proxy on 127.0.0.1 in front of a server, with one fault. */
export async function startProxy(
  target: number,
  { cutAfter = Infinity, stallAfter = Infinity, pieces = Infinity, delay = 0 }: Fault = {},
): Promise<Proxy> {
  let passed = 0;
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    connections++;
    const upstream = connect(target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => [client, upstream].forEach((side) => side.destroy()));
    }
    client.on('data', (bytes) => upstream.write(bytes));
    upstream.on('data', async (bytes) => {
      upstream.pause();
      if (delay > 0) await sleep(delay);
      const room = Math.min(cutAfter, stallAfter) - passed;
      const allowed = bytes.subarray(0, Math.max(0, room));
      passed += allowed.length;
      for (let at = 0; at < allowed.length; at += pieces) {
        client.write(allowed.subarray(at, at + pieces));
        if (pieces < Infinity) await new Promise((resolve) => setImmediate(resolve));
      }
      if (allowed.length < bytes.length && passed >= cutAfter) client.end(() => client.destroy());
      else upstream.resume();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    passed: () => passed,
    connections: () => connections,
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}
