import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Compiler } from './compilers.js';
import type { Completion } from './projects.js';
import { median, root } from './run.js';

export interface CompletionTimes {
  /** Seconds from the start of the server to the first answer; `warm` is from an edit to the next one. */
  readonly first: number;
  readonly warm: number;
  /** Number of columns that were offered; 0 would be no answer. */
  readonly offered: number;
}

/** Protocol of a compiler's server: tsserver's own before TypeScript 7, LSP since. */
interface Protocol {
  readonly args: readonly string[];
  readonly open: (send: Send, file: string, text: string) => Promise<void>;
  readonly edit: (send: Send, file: string, text: string) => Promise<void>;
  /** Gives the number of entries. */
  readonly complete: (send: Send, file: string, text: string, offset: number) => Promise<number>;
  readonly frame: (id: number | undefined, method: string, params: object) => string;
}

/** Sends a request and returns its answer; a notification has none. */
type Send = (method: string, params: object, notification?: 'notification') => Promise<unknown>;

export async function timeCompletion(
  compiler: Compiler,
  folder: string,
  file: string,
  { text, offset }: Completion,
): Promise<CompletionTimes> {
  const protocol = compiler === 'typescript-7' ? languageServer : tsserver(compiler);
  const started = performance.now();
  const server = spawn(process.execPath, [...protocol.args], { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] });
  const send = connect(server, protocol);
  try {
    const path = join(folder, file);
    await protocol.open(send, path, text);
    const offered = await protocol.complete(send, path, text, offset);
    const first = performance.now() - started;
    const warm: number[] = [];
    for (let edits = 1; edits <= 5; edits++) {
      const edited = `${text}// ${edits}\n`;
      const begun = performance.now();
      await protocol.edit(send, path, edited);
      await protocol.complete(send, path, edited, offset);
      warm.push(performance.now() - begun);
    }
    return { first: first / 1000, warm: median(warm) / 1000, offered };
  } finally {
    server.kill();
  }
}

/** Connects to a server. In both protocols answers are JSON after a Content-Length. */
function connect(server: ChildProcess, { frame }: Protocol): Send {
  const waiting = new Map<number, (answer: unknown) => void>();
  let next = 1;
  let received = Buffer.alloc(0);
  server.stdout?.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const head = received.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/i.exec(received.subarray(0, Math.max(head, 0)).toString())?.[1]);
      if (head < 0 || received.length < head + 4 + length) return;
      const message = JSON.parse(received.subarray(head + 4, head + 4 + length).toString()) as {
        readonly id?: number;
        readonly request_seq?: number;
        readonly method?: string;
        readonly result?: unknown;
        readonly body?: unknown;
      };
      received = received.subarray(head + 4 + length);
      // The server itself asks, for its configuration say; an empty answer will do.
      if (message.method !== undefined && message.id !== undefined)
        server.stdin?.write(withLength({ jsonrpc: '2.0', id: message.id, result: null }));
      else waiting.get(message.request_seq ?? message.id ?? 0)?.(message.body ?? message.result);
    }
  });
  return (method, params, notification) => {
    const id = next++;
    server.stdin?.write(frame(notification ? undefined : id, method, params));
    return notification ? Promise.resolve(undefined) : new Promise((resolve) => waiting.set(id, resolve));
  };
}

/** https://github.com/microsoft/TypeScript/wiki/Standalone-Server-(tsserver) */
const tsserver = (compiler: Compiler): Protocol => ({
  args: [
    '--max-old-space-size=8192',
    join('node_modules', compiler, 'lib/tsserver.js'),
    '--disableAutomaticTypingAcquisition',
  ],
  open: async (send, file, text) => void (await send('open', { file, fileContent: text }, 'notification')),
  edit: async (send, file, text) =>
    void (await send('updateOpen', { changedFiles: [], openFiles: [{ file, fileContent: text }] })),
  complete: async (send, file, text, offset) => {
    const { line, character } = position(text, offset);
    const body = (await send('completionInfo', { file, line: line + 1, offset: character + 1 })) as
      | { readonly entries: readonly unknown[] }
      | undefined;
    return body?.entries.length ?? 0;
  },
  frame: (id, command, params) => `${JSON.stringify({ seq: id ?? 0, type: 'request', command, arguments: params })}\n`,
});

/** https://microsoft.github.io/language-server-protocol/ */
const languageServer: Protocol = {
  args: [join('node_modules', 'typescript-7', 'bin/tsc'), '--lsp', '--stdio'],
  open: async (send, file, text) => {
    await send('initialize', { processId: process.pid, rootUri: `file://${root}`, capabilities: {} });
    await send('initialized', {}, 'notification');
    await send(
      'textDocument/didOpen',
      { textDocument: { uri: `file://${file}`, languageId: 'typescript', version: 1, text } },
      'notification',
    );
  },
  edit: async (send, file, text) =>
    void (await send(
      'textDocument/didChange',
      { textDocument: { uri: `file://${file}`, version: text.length }, contentChanges: [{ text }] },
      'notification',
    )),
  complete: async (send, file, text, offset) => {
    const result = (await send('textDocument/completion', {
      textDocument: { uri: `file://${file}` },
      position: position(text, offset),
    })) as { readonly items?: readonly unknown[] } | readonly unknown[] | null;
    return (result && 'items' in result ? result.items : (result as readonly unknown[] | null))?.length ?? 0;
  },
  frame: (id, method, params) => withLength({ jsonrpc: '2.0', ...(id === undefined ? {} : { id }), method, params }),
};

function withLength(message: object): string {
  const text = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

function position(text: string, offset: number): { readonly line: number; readonly character: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
