import { once } from 'node:events';
import { realpath, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AlbaError, reasonOf, systemCode } from '../errors.ts';
import { foreignHost } from './foreign-host.ts';
import { hostIn } from './host-name.ts';
import { limitConnections } from './most-connections.ts';
import { offersOf } from './offers.ts';
import { refuseHost, respond, sendError } from './respond.ts';

/** A server that runs. */
export interface Served {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  /** What can be had there, in lines to copy. */
  offers(): Promise<string[]>;
  /** Ends it, with whatever is under way. */
  close(): Promise<void>;
}

/** Where the server listens, and for whom it answers. */
export interface ServeOptions {
  /** 0 takes any that is free. */
  readonly port: number;
  /** Hosts that it may be asked for besides this machine's own, as `host[:port]`; the port means nothing. */
  readonly allowedHosts?: readonly string[];
}

const host = '127.0.0.1';
/** In ms, for headers and whole requests; Node looks each half minute unless told. */
const patience = { headersTimeout: 15_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000 };

/** Serves what `file://` targets hold, to clients of registries and to browsers on this machine. */
export async function serve(directory: string, { port, allowedHosts = [] }: ServeOptions): Promise<Served> {
  const root = await rootOf(directory);
  const allowed = new Set(allowedHosts.flatMap((text) => hostIn(text) ?? []));
  const server = createServer(patience, (request, response) => {
    const foreign = foreignHost(request, allowed);
    if (foreign !== undefined) return refuseHost(response, foreign);
    respond(root, offers, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else sendError(response, 500, 'UNKNOWN', 'the file cannot be read');
    });
  });
  limitConnections(server, 512);
  // In ms, without a byte either way.
  server.setTimeout(60_000);
  await listen(server, port);
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  const offers = (): Promise<string[]> => offersOf(root, url);
  return {
    url,
    offers,
    close: () => close(server),
  };
}

async function rootOf(directory: string): Promise<string> {
  try {
    if ((await stat(directory)).isDirectory()) return await realpath(directory);
  } catch (cause) {
    const why =
      systemCode(cause) === 'ENOENT'
        ? 'it does not exist: name the directory of a file:// target'
        : reasonOf(cause);
    throw new AlbaError('usage', `cannot serve ${directory}: ${why}`, { cause });
  }
  throw new AlbaError('usage', `cannot serve ${directory}: expected a directory, that of a file:// target`);
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const why = systemCode(cause) === 'EADDRINUSE' ? 'it is in use, choose another' : reasonOf(cause);
    throw new AlbaError('usage', `cannot serve at port ${port}: ${why}`, { cause });
  }
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
