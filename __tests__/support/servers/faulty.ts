import {
  createServer,
  request as forward,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What a server answers, whole. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<OutgoingHttpHeaders>;
  readonly body: Buffer;
}

/** What goes wrong with one request. */
export type Misfortune =
  /** It is answered so, and not done. */
  | { readonly instead: Answered }
  /** It is done, and answered so. */
  | { readonly done: Answered }
  /** The connection ends: before anything of it is read, in its body, when it is done, or in the body of the answer. */
  | { readonly reset: 'before' | 'during' | 'after' | 'answer' }
  /** Nobody answers. */
  | { readonly stall: true }
  /** It is refused, with all of its headers said back as these words say them. */
  | { readonly refuseBy: (headers: string) => Answered }
  /** It is not done, and answered by what it is. */
  | { readonly answerBy: (request: Passing, body: Buffer) => Answered }
  /** It is done, and the answer is another one. */
  | { readonly edit: (answer: Answered) => Answered };

/** A request as the proxy sees it. */
export interface Passing {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Faulty extends AsyncDisposable {
  /** `127.0.0.1:40123`, in place of the server's own. */
  readonly host: string;
  /** What passed, in order. */
  readonly passed: Passing[];
  /** What goes wrong from now on, if anything. */
  misfortune: (request: Passing) => Misfortune | undefined;
}

/** A proxy in front of a real registry or S3 server that lets things go wrong. Host stays, so that signatures and Locations hold. */
export async function startFaulty(server: string): Promise<Faulty> {
  const { hostname, port } = new URL(server);
  const passed: Passing[] = [];
  const proxy = createServer(async (incoming, response) => {
    const { method = '', url: path = '', headers } = incoming;
    const passing = { method, path, headers };
    passed.push(passing);
    const misfortune = faulty.misfortune(passing);
    if (misfortune && 'reset' in misfortune && misfortune.reset === 'before')
      return incoming.socket.resetAndDestroy();
    if (misfortune && 'reset' in misfortune && misfortune.reset === 'during') {
      incoming.once('data', () => incoming.socket.resetAndDestroy());
      incoming.once('end', () => incoming.socket.resetAndDestroy());
      return;
    }
    const body = await buffer(incoming).catch(() => undefined);
    if (!body || (misfortune && 'stall' in misfortune)) return;
    if (misfortune && 'instead' in misfortune) return answerWith(response, misfortune.instead, method);
    if (misfortune && 'refuseBy' in misfortune) {
      return answerWith(response, misfortune.refuseBy(toldOf(incoming)), method);
    }
    if (misfortune && 'answerBy' in misfortune) {
      return answerWith(response, misfortune.answerBy(passing, body), method);
    }
    const answer = await ask({ hostname, port, method, path, headers }, body).catch(() => undefined);
    if (!answer || (misfortune && 'reset' in misfortune && misfortune.reset === 'after'))
      return incoming.socket.resetAndDestroy();
    if (misfortune && 'reset' in misfortune) {
      response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length + 1 });
      return void response.write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy());
    }
    if (misfortune && 'done' in misfortune) return answerWith(response, misfortune.done, method);
    answerWith(response, misfortune && 'edit' in misfortune ? misfortune.edit(answer) : answer, method);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const faulty: Faulty = {
    host: `127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    passed,
    misfortune: () => undefined,
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
  return faulty;
}

/** Headers, and what is in base64 among them decoded. */
function toldOf({ headers }: IncomingMessage): string {
  const { authorization = '' } = headers;
  return `${JSON.stringify(headers)} ${Buffer.from(authorization.replace('Basic ', ''), 'base64')}`
    .replaceAll(/[<>&"{}]/g, ' ')
    .replaceAll(/[^ -~]/g, '');
}

function answerWith(response: ServerResponse, { status, headers, body }: Answered, method: string): void {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  response.writeHead(status, Object.fromEntries(given)).end(method === 'HEAD' ? undefined : body);
}

function ask(
  options: Passing & { readonly hostname: string; readonly port: string },
  body: Buffer,
): Promise<Answered> {
  const headers = { ...options.headers };
  if (headers['transfer-encoding']) {
    delete headers['transfer-encoding'];
    headers['content-length'] = String(body.length);
  }
  return new Promise((resolve, reject) => {
    const onward = forward({ ...options, headers }, (from) => {
      buffer(from).then((bytes) => {
        const { 'transfer-encoding': _, ...given } = from.headers;
        resolve({ status: from.statusCode ?? 502, headers: given, body: bytes });
      }, reject);
    });
    onward.once('error', reject);
    onward.end(body);
  });
}
