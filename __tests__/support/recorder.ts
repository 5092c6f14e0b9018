import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that passed, and what it carried. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Of its body, in bytes. */
  readonly sent: number;
}

export interface Recorder extends AsyncDisposable {
  /** `127.0.0.1:40123`, in place of the server's own. */
  readonly host: string;
  readonly requests: readonly Recorded[];
  /** What passed since the last call. */
  take(): Recorded[];
}

/** A proxy in front of a real HTTP server that counts what passes; Host stays, so that signatures and Locations hold. */
export async function startRecorder(server: string): Promise<Recorder> {
  const { hostname, port } = new URL(server);
  const requests: Recorded[] = [];
  const proxy = createServer((incoming, response) => {
    const { method = '', url: path = '', headers } = incoming;
    let sent = 0;
    incoming.on('data', (chunk: Buffer) => {
      sent += chunk.length;
    });
    const answer = (from: IncomingMessage): void => {
      requests.push({ method, path, status: from.statusCode ?? 0, sent });
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
    requests,
    take: () => requests.splice(0),
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
