import { RowsmithError } from '../../errors.js';

/**
 * The kind of a server message, named as in the protocol:
 * https://www.postgresql.org/docs/current/protocol-message-formats.html. Messages of COPY, of function calls and of
 * other protocol versions are missing, because they answer nothing that rowsmith sends.
 */
export type MessageKind =
  | 'AuthenticationOk'
  | 'AuthenticationCleartextPassword'
  | 'AuthenticationMD5Password'
  | 'AuthenticationSASL'
  | 'AuthenticationSASLContinue'
  | 'AuthenticationSASLFinal'
  | 'BackendKeyData'
  | 'CommandComplete'
  | 'DataRow'
  | 'EmptyQueryResponse'
  | 'ErrorResponse'
  | 'NoData'
  | 'NoticeResponse'
  | 'NotificationResponse'
  | 'ParameterDescription'
  | 'ParameterStatus'
  | 'ParseComplete'
  | 'ReadyForQuery'
  | 'RowDescription';

/** The relevant parts of a server message. */
export interface Message {
  readonly kind: MessageKind;
  /** The number of fields in a row or in a row description. */
  readonly fields?: number;
  /** The mechanisms that AuthenticationSASL offers. */
  readonly mechanisms?: readonly string[];
}

/** The length that only some messages may exceed, as in libpq. */
export const shortMessage = 30_000;

/** The type bytes of messages that may be long: errors, notices, notifications, rows and their descriptions. */
export const longMessages = 'ENADT';

/**
 * The maximum number of hash iterations that a server may demand before we prove that we know the password. PostgreSQL
 * itself uses 4,096.
 */
const mostIterations = 100_000;

/**
 * Reads a message up to its last byte. `pg` itself trusts lengths and counts, and looks for the end of a text beyond
 * the end of its message.
 *
 *     readMessage('Z', Buffer.from('I')) // { kind: 'ReadyForQuery' }
 */
export function readMessage(code: string, bytes: Buffer): Message {
  const body = new Body(bytes);
  const message = readers[code]?.(body);
  if (!message)
    throw brokenProtocol(`a message of type ${JSON.stringify(code)} does not answer anything that was asked`);
  if (!body.isRead) throw brokenProtocol(`${message.kind} is longer than what stands in it`);
  return message;
}

/** The error for a server, or anything in front of it, that sends what no PostgreSQL sends. */
export function brokenProtocol(what: string, cause?: unknown): RowsmithError {
  return new RowsmithError(
    'server-not-readable',
    `The server violates PostgreSQL's protocol: ${what}.`,
    'Is it a PostgreSQL server? Check any proxy in between.',
    { cause },
  );
}

const readers: Readonly<Record<string, (body: Body) => Message>> = {
  1: () => ({ kind: 'ParseComplete' }),
  A(body) {
    body.skip(4);
    body.text();
    body.text();
    return { kind: 'NotificationResponse' };
  },
  C(body) {
    body.text();
    return { kind: 'CommandComplete' };
  },
  D(body) {
    const fields = body.int16();
    for (let index = 0; index < fields; index++) {
      const length = body.int32();
      if (length !== -1) body.skip(length);
    }
    return { kind: 'DataRow', fields };
  },
  E: (body) => readReport(body, 'ErrorResponse'),
  I: () => ({ kind: 'EmptyQueryResponse' }),
  K(body) {
    body.skip(8);
    return { kind: 'BackendKeyData' };
  },
  N: (body) => readReport(body, 'NoticeResponse'),
  n: () => ({ kind: 'NoData' }),
  R: readAuthentication,
  S(body) {
    body.text();
    body.text();
    return { kind: 'ParameterStatus' };
  },
  T(body) {
    const fields = body.int16();
    for (let index = 0; index < fields; index++) {
      body.text();
      body.skip(18);
    }
    return { kind: 'RowDescription', fields };
  },
  t(body) {
    body.skip(4 * body.int16());
    return { kind: 'ParameterDescription' };
  },
  Z(body) {
    if (!'ITE'.includes(body.character())) throw brokenProtocol('ReadyForQuery has a state that does not exist');
    return { kind: 'ReadyForQuery' };
  },
};

function readAuthentication(body: Body): Message {
  const method = body.int32();
  switch (method) {
    case 0:
      return { kind: 'AuthenticationOk' };
    case 3:
      return { kind: 'AuthenticationCleartextPassword' };
    case 5:
      body.skip(4);
      return { kind: 'AuthenticationMD5Password' };
    case 10:
      return { kind: 'AuthenticationSASL', mechanisms: body.texts() };
    case 11: {
      const iterations = /,i=(\d+)/.exec(body.rest())?.[1];
      if (Number(iterations) > mostIterations)
        throw brokenProtocol(`it asks for more than ${mostIterations} rounds of hashing`);
      return { kind: 'AuthenticationSASLContinue' };
    }
    case 12:
      body.rest();
      return { kind: 'AuthenticationSASLFinal' };
    default:
      throw new RowsmithError(
        'connection-failed',
        `The server asks for an authentication method that is not supported${otherMethods[method] ?? ''}.`,
        'Let pg_hba.conf authenticate this user by scram-sha-256 or a client certificate.',
      );
  }
}

const otherMethods: Readonly<Record<number, string>> = { 2: ': Kerberos', 7: ': GSSAPI', 9: ': SSPI' };

/** Reads an error or a notice: a letter and a text for each field, then a zero. It always has a code and a message. */
function readReport(body: Body, kind: 'ErrorResponse' | 'NoticeResponse'): Message {
  const fields = new Map<string, string>();
  for (let field = body.character(); field !== '\0'; field = body.character()) fields.set(field, body.text());
  if (!fields.get('M') || !/^[0-9A-Z]{5}$/.test(fields.get('C') ?? ''))
    throw brokenProtocol(`${kind} has no message, or no code`);
  return { kind };
}

/** The body of a message. It is read from beginning to end and no further. */
class Body {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get isRead(): boolean {
    return this.at === this.bytes.length;
  }

  int16(): number {
    return this.bytes.readUInt16BE(this.skip(2));
  }

  int32(): number {
    return this.bytes.readInt32BE(this.skip(4));
  }

  character(): string {
    return String.fromCharCode(this.bytes[this.skip(1)] ?? 0);
  }

  /** Reads a text up to its terminating zero, and skips that. */
  text(): string {
    const end = this.bytes.indexOf(0, this.at);
    if (end < 0) throw brokenProtocol('a text does not end within its message');
    return this.bytes.toString('utf8', this.skip(end + 1 - this.at), end);
  }

  /** Reads texts up to an empty one. */
  texts(): string[] {
    const texts: string[] = [];
    for (let text = this.text(); text !== ''; text = this.text()) texts.push(text);
    return texts;
  }

  rest(): string {
    return this.bytes.toString('utf8', this.skip(this.bytes.length - this.at));
  }

  /** Skips bytes, and returns the position where they begin. */
  skip(length: number): number {
    const from = this.at;
    if (length < 0 || from + length > this.bytes.length)
      throw brokenProtocol('a field is longer than its message, or has a negative length');
    this.at += length;
    return from;
  }
}
