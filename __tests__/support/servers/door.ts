import { randomBytes } from 'node:crypto';
import {
  createServer,
  request as forward,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server before another one. */
export interface Door extends AsyncDisposable {
  /** `http://127.0.0.1:40123`. */
  readonly url: string;
}

/** Lets requests on to a server. `pass` gives the headers that one goes on with; undefined where it has answered by itself. */
export async function startDoor(
  server: string,
  pass: (request: IncomingMessage, response: ServerResponse) => OutgoingHttpHeaders | undefined,
): Promise<Door> {
  const { hostname, port } = new URL(server);
  const door = createServer((request, response) => {
    const headers = pass(request, response);
    if (!headers) return void request.resume();
    const { method, url } = request;
    const onward = forward({ hostname, port, method, path: url, headers }, (answer) => {
      answer.once('error', () => response.destroy());
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => response.destroy());
    request.once('error', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
    },
  };
}

/**
 * A registry that takes tokens alone (distribution, "Token Authentication Specification"): its realm gives one for this
 * `authorization`, which is good for so many requests.
 */
export function startTokenDoor(server: string, authorization: string, uses: number): Promise<Door> {
  const left = new Map<string, number>();
  return startDoor(server, ({ url, headers }, response) => {
    const refuse = (challenge: string): undefined => {
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    };
    if (url?.startsWith('/token')) {
      if (headers.authorization !== authorization) return refuse('Basic realm="the tokens"');
      const token = randomBytes(24).toString('hex');
      left.set(token, uses);
      response.writeHead(200, { 'content-type': 'application/json' });
      return void response.end(JSON.stringify({ token, expires_in: 300 }));
    }
    const token = headers.authorization?.replace('Bearer ', '') ?? '';
    const more = left.get(token) ?? 0;
    left.set(token, more - 1);
    return more > 0 ? withoutLogin(headers) : refuse(tokenChallenge(headers));
  });
}

/** How such a registry asks for a token, whatever it is called by. */
export function tokenChallenge({ host }: IncomingHttpHeaders): string {
  return `Bearer realm="http://${host}/token",service="the door"`;
}

/** Headers that do not say who asks. */
export function withoutLogin({ authorization: _, ...headers }: IncomingHttpHeaders): OutgoingHttpHeaders {
  return headers;
}
