import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** A protocol message: a letter, a length, a body. */
export function message(code: string, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from(code), int32(body.length + 4), body]);
}

export const int32 = (value: number): Buffer =>
  Buffer.from([value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 255));
export const int16 = (value: number): Buffer => int32(value).subarray(2);
const authentication = (method: number, ...parts: (Buffer | string)[]) => message('R', int32(method), ...parts);

/** One of each message that a server can send, in the format of the protocol. */
export const messages = {
  AuthenticationOk: authentication(0),
  AuthenticationCleartextPassword: authentication(3),
  AuthenticationMD5Password: authentication(5, 'salt'),
  AuthenticationGSS: authentication(7),
  AuthenticationSASL: authentication(10, 'SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0'),
  AuthenticationSASLWithoutBinding: authentication(10, 'SCRAM-SHA-256\0\0'),
  AuthenticationSASLContinue: authentication(11, 'r=nonce,s=c2FsdA==,i=4096'),
  AuthenticationSASLFinal: authentication(12, 'v=c2lnbmF0dXJl'),
  BackendKeyData: message('K', int32(1), int32(2)),
  CommandComplete: message('C', 'SELECT 1\0'),
  CopyData: message('d', 'x'),
  CopyDone: message('c'),
  CopyInResponse: message('G', '\0', int16(0)),
  CopyOutResponse: message('H', '\0', int16(0)),
  DataRow: message('D', int16(1), int32(1), 'x'),
  EmptyQueryResponse: message('I'),
  ErrorResponse: message('E', 'SFATAL\0C57P01\0Mgoing away\0\0'),
  FunctionCallResponse: message('V', int32(-1)),
  NegotiateProtocolVersion: message('v', int32(0), int32(0)),
  NoData: message('n'),
  NoticeResponse: message('N', 'SNOTICE\0C00000\0Mhello\0\0'),
  NotificationResponse: message('A', int32(1), 'channel\0', 'text\0'),
  ParameterDescription: message('t', int16(0)),
  ParameterStatus: message('S', 'client_encoding\0UTF8\0'),
  ParseComplete: message('1'),
  PortalSuspended: message('s'),
  ReadyForQuery: message('Z', 'I'),
  RowDescription: description('a'),
} as const;

export function description(...names: string[]): Buffer {
  const field = (name: string) =>
    Buffer.concat([Buffer.from(`${name}\0`), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)]);
  return message('T', int16(names.length), ...names.map(field));
}

export function row(...values: string[]): Buffer {
  return message('D', int16(values.length), ...values.flatMap((value) => [int32(Buffer.byteLength(value)), value]));
}

/** One connection to the fake server, after the startup message. */
export class Peer {
  /** Everything that the client has sent after its startup message. */
  heard = Buffer.alloc(0);
  private read = 0;
  private readonly scram = { salt: randomBytes(16), clientFirst: '', serverFirst: '' };

  constructor(
    readonly socket: Socket,
    private readonly password: string,
  ) {
    socket.on('data', (bytes) => {
      this.heard = Buffer.concat([this.heard, bytes]);
      socket.emit('heard');
    });
  }

  send(...bytes: Buffer[]): void {
    if (!this.socket.destroyed) this.socket.write(Buffer.concat(bytes));
  }

  /** The client's next message. Waits forever if none arrives. */
  async next(): Promise<string> {
    for (;;) {
      const left = this.heard.subarray(this.read);
      const length = left.length >= 5 ? 1 + left.readUInt32BE(1) : Infinity;
      if (left.length >= length) {
        this.read += length;
        return left.subarray(0, length).toString('latin1');
      }
      await once(this.socket, 'heard');
    }
  }

  /** An honest server's answer to the client's first SCRAM message. */
  async challenge(change: (text: string) => string = (text) => text): Promise<Buffer> {
    const given = await this.next();
    this.scram.clientFirst = given.slice(given.indexOf(',,') + 2);
    const nonce = this.scram.clientFirst.slice(this.scram.clientFirst.indexOf('r=') + 2);
    this.scram.serverFirst = change(
      `r=${nonce}${randomBytes(9).toString('base64')},s=${this.scram.salt.toString('base64')},i=4096`,
    );
    return authentication(11, this.scram.serverFirst);
  }

  /** The proof of a server that knows the password. */
  async proof(): Promise<Buffer> {
    const given = await this.next();
    const last = given.slice(5, given.lastIndexOf(',p='));
    const salted = pbkdf2Sync(this.password, this.scram.salt, 4096, 32, 'sha256');
    const key = createHmac('sha256', salted).update('Server Key').digest();
    const signature = createHmac('sha256', key)
      .update([this.scram.clientFirst, this.scram.serverFirst, last].join(','))
      .digest('base64');
    return authentication(12, `v=${signature}`);
  }
}

export interface FakeServer {
  readonly port: number;
  /** Everything that clients sent after their startup messages. */
  readonly heard: () => string;
  close(): void;
}

export interface FakeOptions {
  readonly password?: string;
  /** The certificate with which the server accepts a request for TLS. Without it, the server has no TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** TLS begins without a request, as with `sslnegotiation=direct`, but the server names no protocol. */
  readonly direct?: boolean;
  /** Sent in clear text after the answer to the request. */
  readonly stuffed?: Buffer;
}

/** A server on loopback that runs `script` for each client. */
export async function startFakeServer(
  script: (peer: Peer) => Promise<void> | void,
  { password = '', tls, direct = false, stuffed }: FakeOptions = {},
): Promise<FakeServer> {
  const peers: Peer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((plain) => {
    sockets.add(plain);
    plain.on('error', () => {});
    void serve(plain).catch(() => {});
  }).listen(0, '127.0.0.1');
  async function serve(plain: Socket): Promise<void> {
    let socket = plain;
    const encrypt = () =>
      new TLSSocket(plain, { isServer: true, ...(tls ? { cert: tls.certificate, key: tls.key } : {}) }).on(
        'error',
        () => {},
      );
    if (direct) socket = encrypt();
    let [first] = (await once(socket, 'data')) as [Buffer];
    if (first.length === 8) {
      plain.write(Buffer.concat([Buffer.from(tls ? 'S' : 'N'), stuffed ?? Buffer.alloc(0)]));
      if (tls) socket = encrypt();
      [first] = (await once(socket, 'data')) as [Buffer];
    }
    const peer = new Peer(socket, password);
    peers.push(peer);
    await script(peer);
  }
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => peers.map(({ heard }) => heard.toString('latin1')).join('\n'),
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
}

/** The answer that a server expects for `md5`. */
export function md5Password(user: string, password: string): string {
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  return `md5${md5(`${md5(password + user)}salt`)}`;
}
