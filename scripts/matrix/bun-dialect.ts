import type { Dialect } from 'kysely';
import { oneConnectionDialect } from './one-connection.js';

/** Bun's `SQL` client, as far as the matrix needs it. */
interface BunSql {
  unsafe(text: string, parameters: unknown[]): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** The global of Bun, which is there where Bun runs the matrix. */
declare const Bun: { readonly SQL: new (options: { readonly url: string; readonly max: number }) => BunSql };

/** Kysely dialect over Bun's `SQL`, as a program of Bun's would write it. */
export function bunDialect(url: string): Dialect {
  const client = new Bun.SQL({ url, max: 1 });
  return oneConnectionDialect(
    (sql, parameters) => client.unsafe(sql, parameters),
    () => client.close(),
  );
}
