import type { Statement } from './script.js';

/**
 * The search path that a statement sets for later sessions: `ALTER DATABASE app SET search_path = app, public`, or the
 * same for a role. Undefined for any other statement. Each file is a separate session, as in the tool that runs it.
 */
export function laterSearchPath({ leading, text }: Statement): string | undefined {
  const [first, second] = leading;
  if (first !== 'alter' || (second !== 'database' && second !== 'role' && second !== 'user')) return undefined;
  const [, path] = /\bset\s+"?search_path"?\s*(?:=|\bto\b)\s*(.+)$/is.exec(text) ?? [];
  return path === undefined || /^default\b/i.test(path) ? undefined : path.trim();
}
