import { createServer, request as forward, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SpecCheck } from '../distribution-spec.ts';

/** A request that passed, as the distribution spec sees it. */
export interface Checked {
  /** `PUT upload`, `GET manifest`, `GET tags`: what of which kind. */
  readonly kind: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly status: number;
}

export interface SpecProxy extends AsyncDisposable {
  /** `127.0.0.1:40123`, in place of the registry's own. */
  readonly host: string;
  readonly checked: readonly Checked[];
  /** How requests went against the distribution spec, a sentence each. */
  readonly violations: readonly string[];
  /** Breaks the answer to the next request of a kind in its middle. */
  breakNext(kind: string): void;
}

/** A proxy before a registry that holds each request to the OCI distribution spec; Host stays, so that Locations lead through it. */
export async function startSpecProxy(registry: string): Promise<SpecProxy> {
  const [hostname, port] = registry.split(':');
  const check = new SpecCheck();
  const checked: Checked[] = [];
  let broken: string | undefined;
  const server = createServer(async (incoming, response) => {
    const { method = '', url: path = '', headers } = incoming;
    const body = await buffer(incoming).catch(() => undefined);
    if (!body) return void response.destroy();
    const kind = check.request({ method, path, headers, body });
    const { 'transfer-encoding': _, ...kept } = headers;
    const onward = forward(
      {
        hostname,
        port,
        method,
        path,
        headers: { ...kept, ...(body.length > 0 && { 'content-length': body.length }) },
      },
      async (answer) => {
        const status = answer.statusCode ?? 0;
        checked.push({ kind, path, headers, status });
        check.answer(status, answer.headers);
        const bytes = await buffer(answer);
        response.writeHead(status, answer.rawHeaders);
        if (broken !== kind || bytes.length < 2) return void response.end(bytes);
        broken = undefined;
        response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
      },
    );
    onward.once('error', () => response.destroy());
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    checked,
    violations: check.violations,
    breakNext(kind) {
      broken = kind;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
