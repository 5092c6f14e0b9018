import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** How the service behaves, as a run may meet it. */
export type Mood = 'well' | 'read-only' | 'down' | 'silent' | 'cut off';

export interface CacheService extends AsyncDisposable {
  mood: Mood;
  /** What a runner has in its environment to find it. */
  readonly env: Readonly<Record<string, string>>;
  /** Saved archives by key, the oldest first; the version is a hash of path and compression. */
  readonly entries: Map<string, { readonly version: string; bytes: Buffer; isFinal: boolean }>;
  readonly calls: readonly string[];
  /** The key of the entry that each restore was given. */
  readonly restored: readonly (string | undefined)[];
}

interface Asked {
  readonly key: string;
  readonly version: string;
  readonly restore_keys?: readonly string[];
}

const service = '/twirp/github.actions.results.api.v1.CacheService/';
const denial = 'cache write denied: token is read-only';

/**
 * A stand-in of GitHub's cache service, version 2: twirp in JSON, and block blobs as Azure keeps them. A restore
 * takes the newest entry of the first key that is a prefix of one.
 */
export async function startCacheService(): Promise<CacheService> {
  const entries: CacheService['entries'] = new Map();
  const calls: string[] = [];
  const restored: (string | undefined)[] = [];
  const state = { mood: 'well' as Mood };
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url?.split('?')[0]}`);
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const find = ({ key, version, restore_keys = [] }: Asked): string | undefined => {
    const saved = [...entries].filter(([, entry]) => entry.isFinal && entry.version === version).reverse();
    for (const prefix of [key, ...restore_keys]) {
      const found = saved.find(([name]) => name.startsWith(prefix));
      if (found) return found[0];
    }
    return undefined;
  };
  const methods: Readonly<Record<string, (asked: Asked) => object>> = {
    GetCacheEntryDownloadURL: (asked) => {
      const key = find(asked);
      restored.push(key);
      if (key === undefined) return { ok: false };
      return { ok: true, signed_download_url: `${url}/blob/${key}`, matched_key: key };
    },
    CreateCacheEntry: ({ key, version }) => {
      if (state.mood === 'read-only') return { ok: false, message: denial };
      if (entries.has(key)) return { ok: false, message: 'already exists' };
      entries.set(key, { version, bytes: Buffer.alloc(0), isFinal: false });
      return { ok: true, signed_upload_url: `${url}/blob/${key}?sig=secret` };
    },
    FinalizeCacheEntryUpload: ({ key }) => {
      const entry = entries.get(key);
      if (entry) entry.isFinal = true;
      return { ok: entry !== undefined, entry_id: '1' };
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    if (state.mood === 'silent') return;
    if (state.mood === 'down') return void request.socket.resetAndDestroy();
    const path = request.url?.split('?')[0] ?? '';
    if (path.startsWith('/blob/')) return answerBlob(request.method ?? '', path.slice(6), body, response);
    const method = methods[path.slice(service.length)];
    if (!method) return void response.writeHead(404).end('{}');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(method(JSON.parse(String(body)))));
  }

  function answerBlob(method: string, key: string, body: Buffer, response: ServerResponse): void {
    const entry = entries.get(key);
    if (!entry) return void response.writeHead(404).end();
    if (method === 'PUT') {
      entry.bytes = body;
      return void response.writeHead(201, { etag: '"1"', 'last-modified': new Date(0).toUTCString() }).end();
    }
    const bytes = state.mood === 'cut off' ? entry.bytes.subarray(0, entry.bytes.length / 2) : entry.bytes;
    response.writeHead(200, { 'content-length': bytes.length });
    response.end(method === 'HEAD' ? undefined : bytes);
  }

  return Object.assign(state, {
    env: {
      ACTIONS_RESULTS_URL: `${url}/`,
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_RUNTIME_TOKEN: `${btoa('{"alg":"none"}')}.${btoa('{"scp":"Actions.Results:1:2"}')}.x`,
      GITHUB_SERVER_URL: 'https://github.com',
    },
    entries,
    calls,
    restored,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
