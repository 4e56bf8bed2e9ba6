import type { EventEmitter } from 'node:events';
import type pg from 'pg';
import { describedColumns } from '../described-columns.js';
import type { Description } from '../session.js';

/**
 * Describes the parameters and the result of a statement: the server parses it, by the extended query protocol, and
 * neither plans nor runs it, so that no privilege is needed on what it names.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 */
export function describeStatement(client: pg.Client, sql: string): Promise<Description> {
  return new Promise((resolve, reject) => {
    let parameters: readonly number[] = [];
    let columns: Description['columns'] = [];
    // `pg` hands it to nobody.
    const take = ({ dataTypeIDs }: { readonly dataTypeIDs: readonly number[] }) => {
      parameters = dataTypeIDs;
    };
    const wire = (client as unknown as { readonly connection: Wire }).connection;
    const done = (end: () => void) => {
      wire.removeListener('parameterDescription', take);
      end();
    };
    client.query({
      submit(connection: Wire) {
        connection.on('parameterDescription', take);
        connection.parse({ text: sql });
        connection.describe({ type: 'S' });
        connection.sync();
      },
      handleRowDescription({ fields }: { readonly fields: readonly pg.FieldDef[] }) {
        columns = describedColumns(fields);
      },
      handleReadyForQuery: () => done(() => resolve({ parameters, columns })),
      handleError: (error: unknown) => done(() => reject(error)),
    } as unknown as pg.Submittable);
  });
}

/** The connection of a `pg` client, as far as it is used here. The types of `pg` ask for more than it does. */
interface Wire extends EventEmitter {
  parse(statement: { readonly text: string }): void;
  describe(what: { readonly type: 'S' }): void;
  sync(): void;
}
