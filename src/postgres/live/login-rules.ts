import { RowsmithError } from '../../errors.js';
import type { Parameters } from './parameters.js';
import { brokenProtocol, type Message, type MessageKind } from './server-messages.js';

/** A method by which a server may ask us to authenticate. `none` means no authentication, or a client certificate. */
type Method = 'password' | 'md5' | 'gss' | 'sspi' | 'scram-sha-256' | 'oauth' | 'none';

const methods: readonly Method[] = ['password', 'md5', 'gss', 'sspi', 'scram-sha-256', 'oauth', 'none'];

/** The rules for one connection's login: what `require_auth` and `channel_binding` demand. */
export interface LoginRules {
  readonly methods: ReadonlySet<Method>;
  /** The server must prove that it knows the password over this very TLS connection, so that nobody is in between. */
  readonly binding: boolean;
}

const bound = 'SCRAM-SHA-256-PLUS';

/**
 * Reads the rules from the parameters as libpq does:
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-REQUIRE-AUTH.
 *
 *     require_auth: 'scram-sha-256'   // nothing else
 *     require_auth: '!password,!md5'  // everything else
 */
export function loginRules({ require_auth, channel_binding = 'prefer' }: Parameters): LoginRules {
  if (!['disable', 'prefer', 'require'].includes(channel_binding))
    throw refused('There is no such channel_binding.', 'Use disable, prefer or require.');
  return { methods: methodsOf(require_auth), binding: channel_binding === 'require' };
}

function methodsOf(list: string | undefined): ReadonlySet<Method> {
  if (list === undefined) return new Set(methods);
  const given = list.split(',');
  const names = given.map((name) => name.replace(/^!/, ''));
  const negated = given.filter((name) => name.startsWith('!')).length;
  if (names.some((name) => !methods.some((method) => method === name)))
    throw refused('There is no such method for require_auth.', `The methods are ${methods.join(', ')}.`);
  if (negated > 0 && negated < given.length)
    throw refused(
      'require_auth mixes methods with and without a !.',
      'List either the allowed methods or, with a !, the forbidden ones.',
    );
  return new Set(methods.filter((method) => names.includes(method) === (negated === 0)));
}

/**
 * The method that each kind of server request begins. Later messages of a method are checked by the order of messages.
 */
const begins: Partial<Record<MessageKind, Method>> = {
  AuthenticationOk: 'none',
  AuthenticationCleartextPassword: 'password',
  AuthenticationMD5Password: 'md5',
  AuthenticationSASL: 'scram-sha-256',
};

/** Checks a server's first request for authentication, before anything is answered. */
export function holdFirstRequest(rules: LoginRules, { kind, mechanisms = [] }: Message, encrypted: boolean): void {
  const method = begins[kind];
  if (method === undefined) return;
  if (!rules.methods.has(method))
    throw refused(
      `The server ${asked[method]}, which require_auth forbids.`,
      "Check require_auth, and the server's pg_hba.conf.",
    );
  if (!encrypted && mechanisms.includes(bound)) throw brokenProtocol('it offers channel binding without TLS');
  if (rules.binding && !(encrypted && mechanisms.includes(bound))) {
    throw refused(
      'The server offers no channel binding, which channel_binding=require requires.',
      'It needs TLS, a SCRAM password, and no connection pooler in between.',
    );
  }
}

const asked: Partial<Record<Method, string>> = {
  none: 'asks for no proof of who we are',
  password: 'asks for the password in clear text',
  md5: 'asks for the password by md5',
  'scram-sha-256': 'asks for the password by SCRAM',
};

/**
 * Checks the mechanism that we choose ourselves: an old `pg` has no channel binding, and ignores that it is required.
 */
export function holdChosenMechanism({ binding }: LoginRules, message: Buffer): void {
  if (!binding || message.toString('latin1', 5).startsWith(`${bound}\0`)) return;
  throw refused(
    'The installed pg has no channel binding, which channel_binding=require requires.',
    'Update the package pg.',
  );
}

function refused(message: string, hint: string): RowsmithError {
  return new RowsmithError('connection-failed', message, hint);
}
