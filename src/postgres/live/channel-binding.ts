import type pg from 'pg';
import { RowsmithError } from '../../errors.js';

/**
 * Holds the server to `channel_binding=require`: it has to prove that it knows the password over this very TLS connection, so
 * that nobody stands between. `pg` binds where it is offered; here a server is refused that offers it not, before it is told
 * anything: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-CHANNEL-BINDING.
 */
export function requireChannelBinding(client: pg.Client): void {
  let offered = false;
  const { connection } = client as unknown as { readonly connection: pg.Connection };
  connection.on('message', ({ name, mechanisms = [] }: { readonly name: string; readonly mechanisms?: readonly string[] }) => {
    if (name === 'authenticationSASL') offered = mechanisms.includes('SCRAM-SHA-256-PLUS');
    if (!name.startsWith('authentication') || offered) return;
    // Before the client hears the message, and whatever stands behind it in the same packet.
    connection.emit('error', new RowsmithError('connection-failed', 'The server offers no channel binding, and channel_binding=require asks for it.', 'It needs TLS, a SCRAM password, and no connection pooler in between.'));
    connection.stream.destroy();
  });
}
