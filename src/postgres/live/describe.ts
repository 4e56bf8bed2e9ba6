import type pg from 'pg';

/** The oid and modifier of a column's type. */
export interface DescribedColumn {
  readonly type: number;
  readonly modifier: number;
}

/**
 * Has the server parse a statement and describe its result, by the extended query protocol: the statement is not run, not even
 * planned, and needs no privilege on what it names. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
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
        columns = fields.map(({ dataTypeID, dataTypeModifier }) => ({ type: dataTypeID, modifier: dataTypeModifier }));
      },
      handleReadyForQuery: () => resolve(columns),
      handleError: reject,
    } as unknown as pg.Submittable);
  });
}

/** What `pg` calls a connection; its types ask for more than it does. */
interface Wire {
  parse(statement: { readonly text: string }): void;
  describe(what: { readonly type: 'S' }): void;
  sync(): void;
}
