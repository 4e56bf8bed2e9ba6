import { getHeapStatistics } from 'node:v8';
import { holdChosenMechanism, holdFirstRequest, type LoginRules } from './login-rules.js';
import { brokenProtocol, longMessages, type MessageKind, readMessage, shortMessage } from './server-messages.js';

/** The state of a connection. It completes the sentence "a message came …". */
type State =
  | 'before anything was asked'
  | 'as the first answer'
  | 'before the password was sent'
  | 'after the password'
  | 'before a mechanism was chosen'
  | 'before the challenge'
  | 'before the proof was sent'
  | 'before the server had proved itself'
  | 'after the server had proved itself'
  | 'after the login'
  | 'without a query'
  | 'in answer to a query'
  | 'among rows'
  | 'after the error that ended the login';

/** The messages that a server may send in each state, and the next state. Any other message ends the connection. */
const hears: Readonly<Record<State, Partial<Record<MessageKind, State>>>> = {
  'before anything was asked': {},
  'as the first answer': {
    AuthenticationOk: 'after the login',
    AuthenticationCleartextPassword: 'before the password was sent',
    AuthenticationMD5Password: 'before the password was sent',
    AuthenticationSASL: 'before a mechanism was chosen',
    ErrorResponse: 'after the error that ended the login',
  },
  'before the password was sent': { ErrorResponse: 'after the error that ended the login' },
  'after the password': { AuthenticationOk: 'after the login', ErrorResponse: 'after the error that ended the login' },
  'before a mechanism was chosen': { ErrorResponse: 'after the error that ended the login' },
  'before the challenge': {
    AuthenticationSASLContinue: 'before the proof was sent',
    ErrorResponse: 'after the error that ended the login',
  },
  'before the proof was sent': { ErrorResponse: 'after the error that ended the login' },
  'before the server had proved itself': {
    AuthenticationSASLFinal: 'after the server had proved itself',
    ErrorResponse: 'after the error that ended the login',
  },
  'after the server had proved itself': {
    AuthenticationOk: 'after the login',
    ErrorResponse: 'after the error that ended the login',
  },
  'after the login': {
    ParameterStatus: 'after the login',
    BackendKeyData: 'after the login',
    NoticeResponse: 'after the login',
    ReadyForQuery: 'without a query',
    ErrorResponse: 'after the error that ended the login',
  },
  'without a query': {
    ParameterStatus: 'without a query',
    NoticeResponse: 'without a query',
    NotificationResponse: 'without a query',
    ErrorResponse: 'without a query',
  },
  'in answer to a query': {
    ...during('in answer to a query'),
    ParseComplete: 'in answer to a query',
    ParameterDescription: 'in answer to a query',
    NoData: 'in answer to a query',
    CommandComplete: 'in answer to a query',
    EmptyQueryResponse: 'in answer to a query',
  },
  'among rows': {
    ...during('among rows'),
    DataRow: 'among rows',
    CommandComplete: 'in answer to a query',
    // A statement that is only described has no rows, and the next one may follow.
    ParseComplete: 'in answer to a query',
  },
  'after the error that ended the login': {},
};

/** The messages that may come at any point of an answer. */
function during(state: State): Partial<Record<MessageKind, State>> {
  return {
    ParameterStatus: state,
    NoticeResponse: state,
    NotificationResponse: state,
    RowDescription: 'among rows',
    ErrorResponse: 'in answer to a query',
    ReadyForQuery: 'without a query',
  };
}

/** The state after we sent something. A state that is not listed does not change. */
const says: Partial<Record<State, State>> = {
  'before anything was asked': 'as the first answer',
  'before the password was sent': 'after the password',
  'before a mechanism was chosen': 'before the challenge',
  'before the proof was sent': 'before the server had proved itself',
  'without a query': 'in answer to a query',
};

/** The share of Node's heap that an answer may occupy as text. Its parsed form takes up to twenty times as much. */
const share = 1 / 32;

/**
 * Checks what a server says on one connection: its order, its size and its form. So an attacker in between neither
 * learns a secret nor is believed. Everything that both sides send passes through here first.
 */
export class Conversation {
  private state: State = 'before anything was asked';
  /** The number of fields in the rows to come. */
  private fields = 0;
  /** Bytes received since the last request. */
  private heardBytes = 0;
  private readonly most = Math.floor(getHeapStatistics().heap_size_limit * share);

  private encrypted = false;

  constructor(private readonly rules: LoginRules) {}

  /** Called when a connection was made. */
  begin(encrypted: boolean): void {
    this.encrypted = encrypted;
  }

  /** Called with each message before it is sent. */
  say(message: Buffer): void {
    if (this.state === 'before a mechanism was chosen') holdChosenMechanism(this.rules, message);
    this.state = says[this.state] ?? this.state;
  }

  /** Called when the length of a message is known (including its own four bytes), but its content is not. */
  announce(code: string, length: number): void {
    if (length < 4 || (length > shortMessage && !longMessages.includes(code)))
      throw brokenProtocol(`a message has the impossible length ${length}`);
    const most = this.answers ? this.most : 10 * shortMessage;
    if (this.heardBytes + length > most)
      throw brokenProtocol(this.answers ? tooMuch(most) : 'it says too much before it is asked for anything');
  }

  hear(code: string, body: Buffer): void {
    const message = readMessage(code, body);
    const next = hears[this.state][message.kind];
    if (next === undefined) throw brokenProtocol(`${message.kind} came ${this.state}`);
    if (this.state === 'as the first answer') holdFirstRequest(this.rules, message, this.encrypted);
    if (message.kind === 'DataRow' && message.fields !== this.fields)
      throw brokenProtocol('a row has another number of fields than its description');
    this.fields = message.kind === 'RowDescription' ? (message.fields ?? 0) : this.fields;
    this.heardBytes = message.kind === 'ReadyForQuery' ? 0 : this.heardBytes + body.length;
    this.state = next;
  }

  /** Whether the server is answering a query. Otherwise it has little to say. */
  private get answers(): boolean {
    return this.state === 'in answer to a query' || this.state === 'among rows';
  }
}

function tooMuch(most: number): string {
  const remedy = 'for a schema that is so large, NODE_OPTIONS=--max-old-space-size=<megabytes> makes room';
  return `it says more than ${Math.round(most / 1e6)} MB at once; ${remedy}`;
}
