import { quoteLiteral } from '../../postgres/quote-literal.js';
import type { Session } from '../../postgres/session.js';

let sent = 0;

/**
 * Sends a statement with its parameters. A session sends only text, so the statement is prepared, and executed with the
 * parameters as literals, whose types the server infers as it does for parameters.
 */
export function send<Row>(session: Session, sql: string, parameters: readonly unknown[] = []): Promise<readonly Row[]> {
  if (parameters.length === 0) return session.query(sql);
  const name = `rowsmith_migration_${sent++}`;
  return session.query(`PREPARE ${name} AS ${sql}\n;\nEXECUTE ${name}(${parameters.map(literal).join(', ')})`);
}

function literal(value: unknown): string {
  const text = textOf(value);
  return text === null ? 'NULL' : quoteLiteral(text);
}

/** The text of a value, as the drivers of both tools send it. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map(element).join()}}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function element(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(element).join()}}`;
  const text = textOf(value);
  return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`;
}
