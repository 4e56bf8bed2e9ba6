import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that keeps the uploads of task runners in memory and counts them. */
export interface RemoteCache {
  readonly url: string;
  readonly token: string;
  /** Environment variables that tell Turborepo and Nx where it is. */
  readonly environment: Readonly<Record<string, string>>;
  /** The number of uploaded artifacts; `given` is the number of downloads. */
  readonly stored: number;
  readonly given: number;
}

const token = 'for-this-test-alone';
/** https://turborepo.dev/docs/openapi, and https://nx.dev/docs/kb/self-hosted-caching. */
const artifact = /^(\/v8\/artifacts\/[0-9a-f]+|\/v1\/cache\/\d+)$/;

/** Runs something while a cache is running that only this machine can reach. */
export async function withRemoteCache<Result>(use: (cache: RemoteCache) => Promise<Result>): Promise<Result> {
  const artifacts = new Map<string, Buffer>();
  let given = 0;
  const answer = async (
    request: IncomingMessage,
  ): Promise<{ readonly status: number; readonly body?: Buffer | string }> => {
    const { pathname } = new URL(request.url ?? '', 'http://cache');
    const body = Buffer.concat((await request.toArray()) as Buffer[]);
    if (request.headers.authorization !== `Bearer ${token}`) return { status: 401 };
    if (pathname === '/v8/artifacts/status') return { status: 200, body: '{"status":"enabled"}' };
    if (pathname === '/v8/artifacts/events') return { status: 200 };
    if (!artifact.test(pathname)) return { status: 404 };
    if (request.method === 'PUT') {
      artifacts.set(pathname, body);
      return { status: 200, body: '{"urls":[]}' };
    }
    const found = artifacts.get(pathname);
    if (!found) return { status: 404 };
    if (request.method === 'GET') given++;
    return { status: 200, body: request.method === 'HEAD' ? '' : found };
  };
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body = '' }) =>
      response
        .writeHead(status, {
          'content-type': typeof body === 'string' ? 'application/json' : 'application/octet-stream',
        })
        .end(body),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const environment = {
    TURBO_API: url,
    TURBO_TOKEN: token,
    TURBO_TEAM: 'example',
    NX_SELF_HOSTED_REMOTE_CACHE_SERVER: url,
    NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: token,
  };
  try {
    return await use({
      url,
      token,
      environment,
      get stored() {
        return artifacts.size;
      },
      get given() {
        return given;
      },
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
