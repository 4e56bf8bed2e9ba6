import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openLive } from '../../src/postgres/live/open-live.js';
import { type Certificates, createCertificates } from '../support/certificates.js';
import { type FakeOptions, md5Password, messages, type Peer, startFakeServer } from '../support/fake-server.js';

const password = 'open-sesame';

/** Servers, by what they do; each lets the client in at the end, where the client goes so far. */
const scripts = {
  'asks for the password in clear text': async (peer) => {
    peer.send(messages.AuthenticationCleartextPassword);
    await peer.next();
    letIn(peer);
  },
  'asks for it by md5': async (peer) => {
    peer.send(messages.AuthenticationMD5Password);
    await peer.next();
    letIn(peer);
  },
  'asks for nothing': letIn,
  'is honest': async (peer) => {
    await proveItself(peer);
    letIn(peer);
  },
  'is honest, without channel binding': async (peer) => {
    await proveItself(peer, messages.AuthenticationSASLWithoutBinding);
    letIn(peer);
  },
  'offers SCRAM, then asks for clear text': async (peer) => {
    peer.send(messages.AuthenticationSASL);
    await peer.next();
    peer.send(messages.AuthenticationCleartextPassword);
    await peer.next();
    letIn(peer);
  },
  'offers SCRAM, and clear text in the same breath': async (peer) => {
    peer.send(messages.AuthenticationSASL, messages.AuthenticationCleartextPassword);
    await peer.next();
    letIn(peer);
  },
  'offers SCRAM, then believes anything': async (peer) => {
    peer.send(messages.AuthenticationSASL);
    await peer.next();
    letIn(peer);
  },
  'gives a challenge, then believes anything': async (peer) => {
    peer.send(messages.AuthenticationSASL);
    peer.send(await peer.challenge());
    await peer.next();
    letIn(peer);
  },
  'proves nothing': async (peer) => {
    peer.send(messages.AuthenticationSASL);
    peer.send(await peer.challenge());
    await peer.next();
    peer.send(messages.AuthenticationSASLFinal);
    letIn(peer);
  },
  'answers with the nonce of another': async (peer) => {
    peer.send(messages.AuthenticationSASL);
    peer.send(await peer.challenge((text) => text.replace(/^r=./, 'r=~')));
    await peer.next();
    letIn(peer);
  },
  'asks for endless hashing': async (peer) => {
    peer.send(messages.AuthenticationSASL);
    peer.send(await peer.challenge((text) => text.replace(/i=.*/, 'i=2000000000')));
    await peer.next();
    letIn(peer);
  },
  'proves itself, then asks for clear text': async (peer) => {
    await proveItself(peer);
    peer.send(messages.AuthenticationCleartextPassword);
    await peer.next();
    letIn(peer);
  },
  'asks for clear text by md5': async (peer) => {
    peer.send(messages.AuthenticationMD5Password, messages.AuthenticationCleartextPassword);
    await peer.next();
    letIn(peer);
  },
  'asks for GSSAPI': (peer) => peer.send(messages.AuthenticationGSS),
} satisfies Record<string, (peer: Peer) => Promise<void> | void>;

type ServerName = keyof typeof scripts;

function letIn(peer: Peer): void {
  peer.send(messages.AuthenticationOk, messages.ParameterStatus, messages.BackendKeyData, messages.ReadyForQuery);
}

async function proveItself(peer: Peer, offer = messages.AuthenticationSASL): Promise<void> {
  peer.send(offer);
  peer.send(await peer.challenge());
  peer.send(await peer.proof());
}

let files: Certificates;
beforeAll(() => {
  files = createCertificates();
});
afterAll(() => files && rmSync(files.folder, { recursive: true, force: true }));

/** What a client with these options does: `in`, or what it says; and what the server has learned of the password. */
async function outcome(
  script: (peer: Peer) => Promise<void> | void,
  query: string,
  options: FakeOptions = {},
): Promise<string> {
  const server = await startFakeServer(script, { password, ...options });
  try {
    const session = await openLive(
      `postgres://somebody:${password}@localhost:${server.port}/d?connect_timeout=3&${query}`,
    );
    await session.close();
    return `in${learned(server.heard())}`;
  } catch (error) {
    expect(error).toMatchObject({ name: 'RowsmithError' });
    const { message, hint } = error as Error & { hint: string };
    expect(message + hint).not.toContain('sesame');
    return message.replace(/^Cannot connect to .*?"somebody": /, '') + learned(server.heard());
  } finally {
    server.close();
  }
}

function learned(heard: string): string {
  if (heard.includes(password)) return ', with the password';
  return heard.includes(md5Password('somebody', password)) ? ', with its md5' : '';
}

const noBinding = 'The server offers no channel binding, which channel_binding=require requires.';
const forbidden = (what: string) => `The server ${what}, which require_auth forbids.`;
const broken = (what: string) => `The server violates PostgreSQL's protocol: ${what}.`;
const clear = 'asks for the password in clear text';
const md5 = 'asks for the password by md5';
const nothing = 'asks for no proof of who we are';
const scram = 'asks for the password by SCRAM';

/** By option what each server gets, over TLS; what is the same for every option stands under `always`. */
const table: Readonly<Record<string, Partial<Record<ServerName, string>>>> = {
  '': {
    [clear]: 'in, with the password',
    'asks for it by md5': 'in, with its md5',
    'asks for nothing': 'in',
    'is honest': 'in',
    'is honest, without channel binding': 'in',
    'asks for clear text by md5': broken('AuthenticationCleartextPassword came before the password was sent'),
  },
  'channel_binding=require': {
    'asks for it by md5': noBinding,
    'asks for nothing': noBinding,
    'is honest': 'in',
    'is honest, without channel binding': noBinding,
    'asks for clear text by md5': noBinding,
  },
  'channel_binding=disable': {
    'asks for nothing': 'in',
    'is honest': 'in',
    'is honest, without channel binding': 'in',
  },
  'require_auth=scram-sha-256': {
    'asks for it by md5': forbidden(md5),
    'asks for nothing': forbidden(nothing),
    'is honest': 'in',
    'is honest, without channel binding': 'in',
    'asks for clear text by md5': forbidden(md5),
  },
  'require_auth=!password,!md5': { 'asks for it by md5': forbidden(md5), 'asks for nothing': 'in', 'is honest': 'in' },
  'require_auth=none': {
    'asks for it by md5': forbidden(md5),
    'asks for nothing': 'in',
    'is honest': forbidden(scram),
  },
  'require_auth=!none': {
    'asks for nothing': forbidden(nothing),
    'is honest': 'in',
    'asks for it by md5': 'in, with its md5',
  },
  'require_auth=password': { 'asks for nothing': forbidden(nothing), 'is honest': forbidden(scram) },
  'require_auth=md5,gss': {
    'asks for it by md5': 'in, with its md5',
    'is honest': forbidden(scram),
    'asks for GSSAPI': 'The server asks for an authentication method that is not supported: GSSAPI.',
  },
  'require_auth=scram-sha-256&channel_binding=require': {
    'is honest': 'in',
    'is honest, without channel binding': noBinding,
    'asks for nothing': forbidden(nothing),
  },
};

/** Of the first four as well, where the option allows to begin. */
const always: Partial<Record<ServerName, string>> = {
  'offers SCRAM, then asks for clear text': broken('AuthenticationCleartextPassword came before the challenge'),
  'offers SCRAM, and clear text in the same breath': broken(
    'AuthenticationCleartextPassword came before a mechanism was chosen',
  ),
  'offers SCRAM, then believes anything': broken('AuthenticationOk came before the challenge'),
  'gives a challenge, then believes anything': broken('AuthenticationOk came before the server had proved itself'),
  'proves nothing': 'SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature does not match',
  'answers with the nonce of another':
    'SASL: SCRAM-SERVER-FIRST-MESSAGE: server nonce does not start with client nonce',
  'asks for endless hashing': broken('it asks for more than 100000 rounds of hashing'),
  'proves itself, then asks for clear text': broken(
    'AuthenticationCleartextPassword came after the server had proved itself',
  ),
};

const cases = Object.entries(table).flatMap(([query, rows]) => {
  const scramAllowed = rows['is honest'] === 'in';
  return Object.entries({ ...(scramAllowed ? always : {}), ...rows }).map(
    ([server, expected]) => [query || 'no option', server as ServerName, query, expected] as const,
  );
});

describe('over TLS', () => {
  test.each(cases)('%s, a server that %s', async (_name, server, query, expected) => {
    expect(
      await outcome(scripts[server], `sslmode=verify-full&sslrootcert=${files.root}&${query}`, { tls: files.server }),
    ).toBe(expected);
  });

  test.each([
    ['channel_binding=require', noBinding],
    ['require_auth=scram-sha-256', forbidden(clear)],
    ['require_auth=!password', forbidden(clear)],
    ['require_auth=none', forbidden(clear)],
    ['require_auth=password', 'in, with the password'],
  ])('%s, a server that asks for the password in clear text', async (query, expected) => {
    expect(await outcome(scripts[clear], `sslmode=require&${query}`, { tls: files.server })).toBe(expected);
  });
});

describe('sslmode', () => {
  const refused = 'the server has no TLS';
  test.each([
    ['require', 'has no TLS', refused, {}],
    ['verify-full', 'has no TLS', refused, {}],
    ['prefer', 'has no TLS', 'in, with the password', {}],
    ['prefer&channel_binding=require', 'has no TLS', noBinding, {}],
    [
      'prefer',
      'says more than that it has no TLS',
      broken('it said more than whether it has TLS'),
      { stuffed: messages.AuthenticationOk },
    ],
    [
      'require',
      'says more before TLS begins',
      broken('it said more than whether it has TLS'),
      { stuffed: messages.AuthenticationOk, tls: true },
    ],
    [
      'verify-full',
      'has a certificate of nobody',
      "the root of the server's certificate is not trusted",
      { tls: true, other: true },
    ],
    [
      'require&sslnegotiation=direct',
      'waits for a request for TLS',
      'the server does not start with TLS',
      { tls: true },
    ],
    [
      'require&sslnegotiation=direct',
      'has TLS of another protocol',
      'The server does not confirm that it speaks PostgreSQL, which sslnegotiation=direct requires.',
      { tls: true, direct: true },
    ],
    ['prefer&sslnegotiation=direct', 'is not asked', 'sslnegotiation=direct needs an sslmode that requires TLS.', {}],
    [
      'require&sslrootcert=system',
      'is not asked',
      'sslrootcert=system needs sslmode=verify-full: otherwise any certificate of a public root would do.',
      {},
    ],
    [
      'require&sslcertmode=require',
      'is not asked',
      'The connection parameter sslcertmode is not supported with this value.',
      {},
    ],
    ['require&ssl_min_protocol_version=TLSv9', 'is not asked', 'There is no such version of TLS.', {}],
    [
      'require&gssencmode=require',
      'is not asked',
      'The connection parameter gssencmode is not supported with this value.',
      {},
    ],
    ['require&require_auth=scram', 'is not asked', 'There is no such method for require_auth.', {}],
    ['require&require_auth=md5,!none', 'is not asked', 'require_auth mixes methods with and without a !.', {}],
  ] as const)(
    '%s, a server that %s',
    async (query, _does, expected, given: {
      readonly stuffed?: Buffer;
      readonly tls?: true;
      readonly other?: true;
      readonly direct?: true;
    }) => {
      const options = {
        ...(given.stuffed ? { stuffed: given.stuffed } : {}),
        ...(given.tls ? { tls: files.server } : {}),
        direct: given.direct === true,
      };
      const root = query.startsWith('verify-full') ? `&sslrootcert=${given.other ? files.otherRoot : files.root}` : '';
      expect(await outcome(scripts[clear], `sslmode=${query}${root}`, options)).toBe(expected);
    },
  );

  test('channel binding that is offered without TLS', async () => {
    expect(await outcome(scripts['is honest'], 'sslmode=disable')).toBe(
      broken('it offers channel binding without TLS'),
    );
  });
});

/** What may come in each state of a login by SCRAM with channel binding, and of a query; everything else is refused. */
const states: Readonly<
  Record<string, { readonly reach: (peer: Peer, sent: Buffer) => Promise<void>; readonly may: readonly string[] }>
> = {
  'as the first answer': {
    reach: async (peer, sent) => peer.send(sent),
    may: [
      'AuthenticationOk',
      'AuthenticationCleartextPassword',
      'AuthenticationMD5Password',
      'AuthenticationSASL',
      'AuthenticationSASLWithoutBinding',
      'ErrorResponse',
    ],
  },
  'before a mechanism was chosen': {
    reach: async (peer, sent) => peer.send(messages.AuthenticationSASL, sent),
    may: ['ErrorResponse'],
  },
  'before the challenge': {
    async reach(peer, sent) {
      peer.send(messages.AuthenticationSASL);
      await peer.next();
      peer.send(sent);
    },
    may: ['AuthenticationSASLContinue', 'ErrorResponse'],
  },
  'before the proof was sent': {
    async reach(peer, sent) {
      peer.send(messages.AuthenticationSASL);
      peer.send(await peer.challenge(), sent);
    },
    may: ['ErrorResponse'],
  },
  'before the server had proved itself': {
    async reach(peer, sent) {
      peer.send(messages.AuthenticationSASL);
      peer.send(await peer.challenge());
      await peer.next();
      peer.send(sent);
    },
    may: ['AuthenticationSASLFinal', 'ErrorResponse'],
  },
  'after the server had proved itself': {
    async reach(peer, sent) {
      await proveItself(peer);
      peer.send(sent);
    },
    may: ['AuthenticationOk', 'ErrorResponse'],
  },
  'after the login': {
    async reach(peer, sent) {
      await proveItself(peer);
      peer.send(messages.AuthenticationOk, sent);
    },
    may: ['ParameterStatus', 'BackendKeyData', 'NoticeResponse', 'ReadyForQuery', 'ErrorResponse'],
  },
  'before the password was sent': {
    reach: async (peer, sent) => peer.send(messages.AuthenticationCleartextPassword, sent),
    may: ['ErrorResponse'],
  },
  'after the password': {
    async reach(peer, sent) {
      peer.send(messages.AuthenticationCleartextPassword);
      await peer.next();
      peer.send(sent);
    },
    may: ['AuthenticationOk', 'ErrorResponse'],
  },
};

describe.each(Object.entries(states))('a message out of order: %s', (state, { reach, may }) => {
  const wrong = Object.entries(messages).filter(([name]) => !may.includes(name));
  test.each(wrong)('%s', async (name, sent) => {
    const said = await outcome(
      async (peer) => {
        await reach(peer, sent);
        // Whoever goes on is let in.
        await peer.next();
        letIn(peer);
      },
      'sslmode=require',
      { tls: files.server },
    );
    const order = broken(`${name.replace('WithoutBinding', '')} came ${state}`);
    const unasked =
      /^The server violates PostgreSQL's protocol: a message of type "." does not answer|that is not supported: GSSAPI/;
    expect(said.replace(', with the password', '')).toEqual(
      unasked.test(said) ? expect.stringMatching(unasked) : order,
    );
    expect(said.includes('with the password')).toBe(state === 'after the password');
  });
});
