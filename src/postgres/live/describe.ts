import type pg from 'pg';
import { describedColumns } from '../described-columns.js';
import type { DescribedColumn } from '../session.js';

/**
 * Describes the result of a statement: the server parses it, by the extended query protocol, and neither plans nor runs
 * it, so that no privilege is needed on what it names.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 */
export function describeStatement(client: pg.Client, sql: string): Promise<readonly DescribedColumn[]> {
  return new Promise((resolve, reject) => {
    let columns: readonly DescribedColumn[] = [];
    client.query({
      submit(connection: Wire) {
        connection.parse({ text: sql });
        connection.describe({ type: 'S' });
        connection.sync();
      },
      handleRowDescription({ fields }: { readonly fields: readonly pg.FieldDef[] }) {
        columns = describedColumns(fields);
      },
      handleReadyForQuery: () => resolve(columns),
      handleError: reject,
    } as unknown as pg.Submittable);
  });
}

/** The connection of a `pg` client, as far as it is used here. The types of `pg` ask for more than it does. */
interface Wire {
  parse(statement: { readonly text: string }): void;
  describe(what: { readonly type: 'S' }): void;
  sync(): void;
}
