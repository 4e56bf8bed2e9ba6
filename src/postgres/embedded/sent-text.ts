import type { Statement } from './script.js';
import { embeddedUser } from './server-process.js';

/** The text of a statement as it is sent to the embedded server. */
export const sqlOf = ({ text, leading }: Statement) =>
  returnsToLoginUser(leading) ? `SET SESSION AUTHORIZATION ${embeddedUser}` : text;

/**
 * Whether a statement returns the session to the user that logged in. The embedded server runs in single-user mode,
 * where DEFAULT leaves the session's user unchanged.
 */
function returnsToLoginUser([first, second, third, fourth]: readonly string[]): boolean {
  if (second !== 'session' || third !== 'authorization') return false;
  return first === 'reset' || (first === 'set' && fourth === 'default');
}
