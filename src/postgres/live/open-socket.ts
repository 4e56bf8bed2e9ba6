import { isIP, type Socket } from 'node:net';
import { RowsmithError } from '../../errors.js';
import { brokenProtocol } from './server-messages.js';
import type { Encryption } from './tls.js';

/** A route to a server: its address, and one way to communicate with it. */
export interface Route {
  /** An address or a host name. For a Unix socket, its folder. */
  readonly address: string;
  readonly port: number;
  /** The name against which certificates are checked. */
  readonly name: string;
  readonly encryption: Encryption;
  /** Whether TLS begins at once, without a request for it. */
  readonly direct: boolean;
  /** Whether to continue without TLS if the server has none, as `sslmode=prefer` means. */
  readonly plainWithoutTls: boolean;
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-SSLREQUEST */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/**
 * Opens a socket to a server, and starts TLS if the route requires it:
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL.
 */
export async function openSocket(socket: Socket, route: Route): Promise<Socket> {
  const { address, port, encryption, direct } = route;
  if (address.startsWith('/')) socket.connect(`${address}/.s.PGSQL.${port}`);
  else socket.connect(port, address);
  await happened(socket, 'connect');
  if (encryption === false) return socket;
  if (!direct) {
    socket.write(sslRequest);
    const answer = await happened(socket, 'data');
    socket.pause();
    if (!hasTls(String(answer), route.plainWithoutTls)) return socket;
  }
  return startTls(socket, route);
}

/**
 * Whether the server has TLS. Its answer is one letter. Anything more could come from an attacker in between, before
 * encryption began.
 */
function hasTls(answer: string, plainWithoutTls: boolean): boolean {
  if (answer === 'S') return true;
  if (answer === 'N' && plainWithoutTls) return false;
  if (answer === 'N') throw new Error('The server does not support SSL connections');
  if (answer.startsWith('S') || answer.startsWith('N')) throw brokenProtocol('it said more than whether it has TLS');
  throw new Error('There was an error establishing an SSL connection');
}

async function startTls(socket: Socket, { name, encryption, direct }: Route): Promise<Socket> {
  const tls = await import('node:tls');
  const secure = tls.connect({
    ...encryption,
    socket,
    host: name,
    servername: isIP(name) === 0 ? name : '',
    ...(direct ? { ALPNProtocols: ['postgresql'] } : {}),
  });
  await happened(secure, 'secureConnect');
  // Otherwise it could be a server of another protocol that is made to say something useful to an attacker:
  // https://alpaca-attack.com.
  if (direct && secure.alpnProtocol !== 'postgresql')
    throw new RowsmithError(
      'connection-failed',
      'The server does not confirm that it speaks PostgreSQL, which sslnegotiation=direct requires.',
      'Remove sslnegotiation.',
    );
  return secure;
}

/** Waits for an event of a socket. Rejects if the socket closes first. */
function happened(socket: Socket, event: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(new Error('Connection terminated unexpectedly'));
    socket.once('error', reject).once('close', closed);
    socket.once(event, (given) => {
      socket.off('error', reject).off('close', closed);
      resolve(given);
    });
  });
}
