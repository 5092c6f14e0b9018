import { once } from 'node:events';
import { createServer as createHttp, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** How a proxy of the tests behaves. Whatever host it is asked for, it goes to one port of this machine. */
export interface ProxyOptions {
  readonly to: number;
  /** What it shows; without, it speaks plain http. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** `user:password` */
  readonly login?: string;
  /** Answers each CONNECT with this status; 0: with nothing, ever. */
  readonly status?: number;
}

/** A proxy that runs. */
export interface ProxyUnderTest extends AsyncDisposable {
  /** `127.0.0.1:40123` */
  readonly host: string;
  /** `CONNECT registry.example:443`, `GET http://registry.example/v2/`, in order. */
  readonly asked: string[];
}

/** Opens tunnels by CONNECT, and asks for whole URLs itself. */
export async function startProxy({ to, tls, login, status = 200 }: ProxyOptions): Promise<ProxyUnderTest> {
  const asked: string[] = [];
  const isWelcome = ({ headers }: IncomingMessage): boolean =>
    login === undefined ||
    headers['proxy-authorization'] === `Basic ${Buffer.from(login).toString('base64')}`;
  const forward = (incoming: IncomingMessage, response: ServerResponse): void => {
    const { method = '', url = '' } = incoming;
    asked.push(`${method} ${url}`);
    if (!isWelcome(incoming)) return void response.writeHead(407).end();
    const { pathname, search } = new URL(url);
    const headers = { ...incoming.headers };
    delete headers['proxy-authorization'];
    const outgoing = request({ port: to, host: '127.0.0.1', method, path: pathname + search, headers });
    outgoing.on('error', () => response.destroy());
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(outgoing);
  };
  const server = tls ? createHttps(tls, forward) : createHttp(forward);
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    socket.on('error', () => {});
    if (status === 0) return;
    const answer = isWelcome(incoming) ? status : 407;
    if (answer !== 200) return void socket.end(`HTTP/1.1 ${answer} No\r\ncontent-length: 0\r\n\r\n`);
    pipeTo(to, socket, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
  });
  return { ...(await listen(server)), asked };
}

/** Speaks SOCKS 5 (RFC 1928), with or without a login (RFC 1929); what it is asked for is `host:port`. */
export async function startSocksProxy({ to, login }: ProxyOptions): Promise<ProxyUnderTest> {
  const asked: string[] = [];
  const server = createServer(async (socket) => {
    socket.on('error', () => {});
    const read = async (size: number): Promise<Buffer> => {
      for (;;) {
        const bytes: Buffer | null = socket.read(size);
        if (bytes) return bytes;
        await once(socket, 'readable');
      }
    };
    const [, methods = 0] = await read(2);
    await read(methods);
    socket.write(Uint8Array.of(5, login === undefined ? 0 : 2));
    if (login !== undefined) {
      const texts: string[] = [];
      await read(1);
      for (let count = 0; count < 2; count += 1) texts.push(`${await read((await read(1))[0] ?? 0)}`);
      socket.write(Uint8Array.of(1, texts.join(':') === login ? 0 : 1));
      if (texts.join(':') !== login) return void socket.end();
    }
    const type = (await read(4))[3];
    const host =
      type === 3 ? `${await read((await read(1))[0] ?? 0)}` : (await read(type === 4 ? 16 : 4)).join('.');
    asked.push(`${host}:${(await read(2)).readUInt16BE()}`);
    pipeTo(to, socket, () => socket.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0)));
  });
  return { ...(await listen(server)), asked };
}

function pipeTo(port: number, socket: Socket, begin: () => void): void {
  const upstream = connect(port, '127.0.0.1', () => {
    begin();
    socket.pipe(upstream).pipe(socket);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('close', () => upstream.destroy());
}

async function listen(server: Server): Promise<AsyncDisposable & { readonly host: string }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
