import type { Dialect } from 'kysely';
import { oneConnectionDialect } from './one-connection.js';

/** The parts of Bun's `SQL` client that the matrix uses. */
interface BunSql {
  unsafe(text: string, parameters: unknown[]): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** Bun's global. It exists only if Bun runs the matrix. */
declare const Bun: { readonly SQL: new (options: { readonly url: string; readonly max: number }) => BunSql };

/** A Kysely dialect over Bun's `SQL`, as a program for Bun would write it. */
export function bunDialect(url: string): Dialect {
  const client = new Bun.SQL({ url, max: 1 });
  return oneConnectionDialect(
    (sql, parameters) => client.unsafe(sql, parameters),
    () => client.close(),
  );
}
