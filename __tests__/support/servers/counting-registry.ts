import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '../../../src/serve/serve.ts';

/** What goes wrong with an answer: it breaks off, stands still or is of other bytes after so many, or is another status. */
export type Fault =
  | { readonly breakAfter: number }
  | { readonly stallAfter: number }
  | { readonly flipAt: number }
  | { readonly status: number }
  /** Nothing is given before this is settled. */
  | { readonly until: Promise<unknown> }
  /** All of it is given, whatever range is asked for. */
  | { readonly withoutRanges: true };

/** A request as it was asked. */
export interface Asked {
  readonly method: string;
  /** `/v2/app/blobs/sha256:…` */
  readonly path: string;
  readonly range: string | undefined;
  /** Bytes of the body that were sent. */
  sent: number;
}

export interface CountingRegistry extends AsyncDisposable {
  /** `127.0.0.1:40123` */
  readonly host: string;
  readonly asked: Asked[];
  /** What goes wrong from now on, by the number of the request to that path, from 1. */
  fault: (path: string, attempt: number) => Fault | undefined;
  /** Forgets what was asked. */
  reset(): void;
}

/** The registry of alba serve over a published directory, behind what counts its bytes and lets things go wrong. */
export async function startCountingRegistry(site: string): Promise<CountingRegistry> {
  const served = await serve(site, { port: 0 });
  const { hostname, port } = new URL(served.url);
  const registry: CountingRegistry = {
    host: '',
    asked: [],
    fault: () => undefined,
    reset() {
      registry.asked.length = 0;
      registry.fault = () => undefined;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await served.close();
    },
  };
  const server = createServer((incoming, response) => {
    const { method = '', url: path = '' } = incoming;
    const range = incoming.headers.range;
    const asked: Asked = { method, path, range, sent: 0 };
    registry.asked.push(asked);
    const attempt = registry.asked.filter((one) => one.path === path && one.method === method).length;
    const fault = registry.fault(path, attempt);
    if (fault && 'status' in fault) return void response.writeHead(fault.status).end();
    const headers = { ...incoming.headers, host: `${hostname}:${port}` };
    if (fault && 'withoutRanges' in fault) delete headers.range;
    const answer = async (from: IncomingMessage): Promise<void> => {
      if (fault && 'until' in fault) await fault.until;
      response.writeHead(from.statusCode ?? 502, from.headers);
      for await (const chunk of from as AsyncIterable<Buffer>) {
        const most = fault && 'breakAfter' in fault ? fault.breakAfter : stallOf(fault);
        const part = chunk.subarray(0, most - asked.sent);
        if (fault && 'flipAt' in fault && asked.sent === 0)
          part[fault.flipAt] = 0xff - (part[fault.flipAt] ?? 0);
        asked.sent += part.length;
        await new Promise((resolve) => response.write(part, resolve));
        if (asked.sent < most) continue;
        if (fault && 'breakAfter' in fault) response.destroy();
        return;
      }
      response.end();
    };
    const onward = forward({ hostname, port, method, path, headers }, (from) => {
      answer(from).catch(() => response.destroy());
    });
    onward.once('error', () => response.destroy());
    onward.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(registry, { host: `127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function stallOf(fault: Fault | undefined): number {
  return fault && 'stallAfter' in fault ? fault.stallAfter : Number.POSITIVE_INFINITY;
}
