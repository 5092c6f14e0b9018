import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { TlsOptions } from 'node:tls';
import { promisify } from 'node:util';
import type { Blob } from '../../../src/content/content.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import type { RegistryOptions } from '../../../src/repository/registry/options.ts';
import { openRegistry } from '../../../src/repository/registry/registry.ts';
import { unattended } from '../../fixtures/unattended.ts';

/** A request as a fake server saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** With its query, as it was sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type Answer = (request: Seen, response: ServerResponse) => unknown;

export interface Fake extends AsyncDisposable {
  readonly host: string;
  readonly url: string;
  readonly seen: readonly Seen[];
  /** `POST /v2/app/blobs/uploads/`, in order. */
  calls(): string[];
  /** How many there are to it now. */
  connections(): Promise<number>;
}

/** An HTTP server for what a real registry cannot be made to do; with a certificate, one of HTTPS. */
export async function startFake(
  answer: Answer,
  tls?: Pick<TlsOptions, 'cert' | 'key' | 'ca' | 'requestCert' | 'maxVersion'>,
): Promise<Fake> {
  const seen: Seen[] = [];
  const listen: RequestListener = async (incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://fake');
    const request: Seen = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      target: incoming.url ?? '',
      headers: incoming.headers,
      body: await buffer(incoming).catch(() => Buffer.alloc(0)),
    };
    seen.push(request);
    await answer(request, response);
  };
  const server = tls ? createSecureServer(tls, listen) : createServer(listen);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `${tls ? 'https' : 'http'}://${host}`,
    seen,
    calls: () => seen.map(({ method, path }) => `${method} ${path}`),
    connections: () => promisify(server.getConnections.bind(server))(),
    [Symbol.asyncDispose]: () => stop(server),
  };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Ends the connection without an answer, as a crash or a proxy does. */
export function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

/** Answers with the errors of the distribution spec. */
export function refuse(
  response: ServerResponse,
  status: number,
  code = '',
  message = '',
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ errors: [{ code, message }] }));
}

/** Just enough of a registry to be faulty: blobs and manifests of `app` in memory. */
export function memory(): Answer & { readonly blobs: Map<string, Buffer> } {
  const blobs = new Map<string, Buffer>();
  const answer: Answer = ({ method, path, query, body, headers }, response) => {
    const last = path.split('/').at(-1) ?? '';
    if (method === 'POST') {
      return response.writeHead(202, { location: '/v2/app/blobs/uploads/one?state=a%2Bb~c' }).end();
    }
    if (method === 'PUT') {
      const key = query.get('digest') ?? last;
      if (path.includes('/uploads/') && digestOf(body) !== key)
        return refuse(response, 400, 'DIGEST_INVALID');
      blobs.set(key, body);
      blobs.set(digestOf(body), body);
      return response.writeHead(201, { 'docker-content-digest': digestOf(body) }).end();
    }
    const found = blobs.get(last);
    if (!found) return refuse(response, 404, 'BLOB_UNKNOWN');
    const type = headers.accept?.split(',')[0] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-length': found.length });
    return response.end(method === 'HEAD' ? undefined : found);
  };
  return Object.assign(answer, { blobs });
}

/** Options for tests: nobody, quick retries, short waits. */
export const quick: RegistryOptions = {
  credentials: async () => undefined,
  ...unattended,
  access: 'push',
  retries: { count: 3, firstDelay: 1, longestDelay: 2_000 },
  timeouts: { connect: 2_000, answer: 5_000, upload: 5_000, body: 5_000 },
};

/** `app` on a host, with the options of tests. */
export function openApp(
  host: string,
  options: Partial<RegistryOptions> = {},
): ReturnType<typeof openRegistry> & AsyncDisposable {
  const repository = openRegistry({ registry: host, repository: 'app' }, { ...quick, ...options });
  return Object.assign(repository, { [Symbol.asyncDispose]: () => repository.close() });
}

/** A blob in memory. */
export function blobOf(bytes: Buffer | string, mediaType: string = mediaTypes.oci.layer.gzip): Blob {
  const buffer = Buffer.from(bytes as string);
  const descriptor = { mediaType, digest: digestOf(buffer), size: buffer.length };
  return { descriptor, open: () => Readable.from([buffer], { objectMode: false }) };
}

/** What a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: Error) => error,
  );
}

/** The blob as one that another repository of the registry holds. */
export function heldBy(registry: string, repository: string, blob: Blob): Blob {
  return { ...blob, heldBy: { registry, repository } };
}
