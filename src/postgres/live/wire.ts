import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { Conversation } from './conversation.js';
import type { LoginRules } from './login-rules.js';
import { openSocket, type Route } from './open-socket.js';
import { brokenProtocol } from './server-messages.js';

/** Bytes at the start of a message: a letter, and a length that includes itself. */
const headLength = 5;

/**
 * The socket given to `pg`. Only complete messages that a PostgreSQL server may send at this point reach `pg`, and all
 * that `pg` sends passes through here. Encryption and the order and size of messages are checked here, not by `pg`,
 * whatever its version.
 */
export class Wire extends Duplex {
  private socket = new Socket();
  private readonly conversation: Conversation;
  /** The beginning of a message that has not arrived completely. */
  private pieces: Buffer[] = [];
  private held = 0;
  private wanted = headLength;

  constructor(
    private readonly route: Route,
    rules: LoginRules,
  ) {
    super({ allowHalfOpen: false });
    this.conversation = new Conversation(rules);
  }

  /** Called by `pg`, with an address that the route already has. */
  connect(): this {
    openSocket(this.socket, this.route).then(
      (socket) => this.adopt(socket),
      (error: Error) => this.destroy(error),
    );
    return this;
  }

  /** The server's certificate, to which channel binding is bound. */
  getPeerCertificate() {
    return (this.socket as TLSSocket).getPeerCertificate();
  }

  setNoDelay(on?: boolean): this {
    this.socket.setNoDelay(on);
    return this;
  }

  setKeepAlive(on?: boolean, delay?: number): this {
    this.socket.setKeepAlive(on, delay);
    return this;
  }

  ref(): this {
    this.socket.ref();
    return this;
  }

  unref(): this {
    this.socket.unref();
    return this;
  }

  override _read(): void {
    // Data is pushed when it arrives: `pg` always reads.
  }

  override _write(message: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    try {
      this.conversation.say(message);
    } catch (error) {
      done(error as Error);
      return;
    }
    this.socket.write(message, done);
  }

  override _final(done: () => void): void {
    this.socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.socket.destroy();
    done(error);
  }

  private adopt(socket: Socket): void {
    this.conversation.begin(socket !== this.socket);
    this.socket = socket;
    socket.on('error', (error) => this.destroy(error));
    socket.on('end', () => this.push(null));
    socket.on('close', () => this.destroy());
    socket.on('data', (bytes: Buffer) => this.receive(bytes));
    socket.resume();
    this.emit('connect');
  }

  private receive(bytes: Buffer): void {
    this.pieces.push(bytes);
    this.held += bytes.length;
    if (this.held < this.wanted || this.destroyed) return;
    const all = this.pieces.length === 1 ? bytes : Buffer.concat(this.pieces);
    const { end, error } = this.hear(all);
    this.pieces = [all.subarray(end)];
    this.held = all.length - end;
    // Valid messages before the invalid one may explain it.
    if (end > 0) this.give(all.subarray(0, end));
    if (error) this.destroy(error);
  }

  /** Reads complete messages, up to the first that is not allowed. `end` is the position after the last one read. */
  private hear(all: Buffer): { readonly end: number; readonly error?: Error } {
    let at = 0;
    try {
      for (this.wanted = headLength; all.length - at >= headLength; this.wanted = headLength) {
        const code = String.fromCharCode(all[at] ?? 0);
        const length = all.readUInt32BE(at + 1);
        this.conversation.announce(code, length);
        this.wanted = 1 + length;
        if (all.length - at < this.wanted) break;
        this.conversation.hear(code, all.subarray(at + headLength, at + this.wanted));
        at += this.wanted;
      }
      return { end: at };
    } catch (error) {
      return { end: at, error: error as Error };
    }
  }

  private give(messages: Buffer): void {
    try {
      this.push(messages);
    } catch (error) {
      // Some versions of `pg` throw on unexpected data.
      this.destroy(brokenProtocol('pg cannot read what it says', error));
    }
  }
}
