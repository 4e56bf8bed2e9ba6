import { connect, type Socket } from 'node:net';
import { neonConfig, Pool } from '@neondatabase/serverless';

/**
 * The pool of Neon's serverless driver on any server. The driver sends the protocol of Postgres in WebSocket messages,
 * which Neon's proxy forwards to a server unchanged; here, a socket replaces both.
 */
export function neonPool(url: string): Pool {
  const { hostname, port } = new URL(url);
  neonConfig.webSocketConstructor = PlainSocket as never;
  neonConfig.wsProxy = () => `${hostname}:${port}/`;
  neonConfig.useSecureWebSocket = false;
  neonConfig.pipelineTLS = false;
  neonConfig.pipelineConnect = false;
  return new Pool({ connectionString: url });
}

/** A TCP socket with the interface of a WebSocket. */
class PlainSocket extends EventTarget {
  binaryType = 'arraybuffer';
  readyState = 0;
  readonly #socket: Socket;

  constructor(url: string) {
    super();
    const { hostname, port } = new URL(url);
    this.#socket = connect({ port: Number(port), host: hostname, noDelay: true });
    this.#socket.on('connect', () => {
      this.readyState = 1;
      this.dispatchEvent(new Event('open'));
    });
    this.#socket.on('data', (data) => {
      const bytes = Uint8Array.from(data as Buffer);
      this.dispatchEvent(new MessageEvent('message', { data: bytes.buffer }));
    });
    this.#socket.on('error', (error) => this.dispatchEvent(Object.assign(new Event('error'), { error })));
    this.#socket.on('close', () => {
      this.readyState = 3;
      this.dispatchEvent(new Event('close'));
    });
  }

  send(data: Uint8Array): void {
    this.#socket.write(data);
  }

  close(): void {
    this.#socket.end();
  }
}
