import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';

/** Runs a statement with its parameters, and returns its rows. */
export type RunStatement = (sql: string, parameters: unknown[]) => Promise<readonly unknown[]>;

/** A Kysely dialect over one connection of a driver, which handles parameters in its own way. */
export function oneConnectionDialect(runStatement: RunStatement, destroy: () => Promise<void>): Dialect {
  const connection: DatabaseConnection = {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      return { rows: [...(await runStatement(sql, [...parameters]))] as Row[] };
    },
    streamQuery: () => {
      throw new Error('The matrix does not stream.');
    },
  };
  const run = (sql: string) => connection.executeQuery(CompiledQuery.raw(sql)).then(() => {});
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: async () => connection,
      beginTransaction: () => run('begin'),
      commitTransaction: () => run('commit'),
      rollbackTransaction: () => run('rollback'),
      releaseConnection: async () => {},
      destroy,
    }),
  };
}
