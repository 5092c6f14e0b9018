import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { digestOf } from '../../../src/oci/digest.ts';

/** A request that writes, as a liar sees it. */
export interface Written {
  readonly method: string;
  readonly path: string;
}

export interface Liar extends AsyncDisposable {
  /** `127.0.0.1:40123`, in place of the server's own. */
  readonly host: string;
  /** `PUT /v2/app/manifests/1`: what was answered with success, and not done. */
  readonly dropped: string[];
}

/**
 * A proxy in front of a real registry or S3 server that answers some writes itself: with success, and without doing
 * anything. Host stays, so that signatures hold.
 */
export async function startLiar(server: string, isDropped: (request: Written) => boolean): Promise<Liar> {
  const { hostname, port } = new URL(server);
  const dropped: string[] = [];
  const proxy = createServer(async (incoming, response) => {
    const { method = '', url: path = '', headers } = incoming;
    if (method === 'PUT' && isDropped({ method, path })) {
      const body = await buffer(incoming);
      dropped.push(`${method} ${path.split('?')[0]}`);
      // As a registry does, and as a bucket does.
      const status = path.startsWith('/v2/') ? 201 : 200;
      response.writeHead(status, { etag: '"0"', 'docker-content-digest': digestOf(body) }).end();
      return;
    }
    const answer = (from: IncomingMessage): void => {
      response.writeHead(from.statusCode ?? 502, from.rawHeaders);
      from.pipe(response);
    };
    const onward = forward({ hostname, port, method, path, headers }, answer);
    onward.once('error', () => response.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    dropped,
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
