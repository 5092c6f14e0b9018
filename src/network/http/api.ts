import { HttpError } from './error.ts';
import { shownUrl } from './host.ts';
import { discard, type HttpRequest, type HttpResponse, readUpTo } from './http.ts';
import { follow } from './redirect.ts';
import { defaultTimeouts } from './timeouts.ts';
import { Transport, type TransportOptions } from './transport.ts';

/** Where an API answers, and how it is reached. */
export type ApiOptions = Pick<TransportOptions, 'home' | 'fault' | 'certificates' | 'proxies'>;

/** A small answer, read whole. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** By its name in lower case. */
  header(name: string): string | undefined;
}

/** In bytes: a page of a list has some hundred kilobytes. */
const longestAnswer = 16 * 1024 * 1024;

/** Asks one server's API; who we are is told to its origin alone. Throws an HttpError where there is no answer. */
export class Api {
  readonly #transport: Transport;
  readonly #fault: ApiOptions['fault'];

  constructor({ home, fault, certificates, proxies }: ApiOptions) {
    this.#fault = fault;
    this.#transport = new Transport({
      ...{ home, registry: home.host, noun: 'server', fault, certificates, proxies },
      timeouts: defaultTimeouts,
    });
  }

  /** Asks once. */
  async ask(request: HttpRequest): Promise<ApiAnswer> {
    const response = await this.#send(request);
    const { status, header } = response;
    return { status, header, body: await this.#read(response) };
  }

  /** Asks once for bytes of any length, each handed to `take`; gives the status, and takes nothing where that is not 200. */
  async download(request: HttpRequest, take: (chunk: Uint8Array) => void): Promise<number> {
    const response = await this.#send(request);
    if (response.status !== 200) {
      await discard(response);
      return response.status;
    }
    try {
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) take(chunk);
    } catch (cause) {
      throw this.#transport.failure(response.request, cause);
    }
    return response.status;
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  #send(request: HttpRequest): Promise<HttpResponse> {
    return follow((one) => this.#transport.send(one), request);
  }

  async #read(response: HttpResponse): Promise<Buffer> {
    const { request } = response;
    const body = await readUpTo(response, longestAnswer, defaultTimeouts.body).catch((cause: unknown) => {
      throw this.#transport.failure(request, cause);
    });
    if (body.length <= longestAnswer) return body;
    const what = `${request.method} ${shownUrl(request.url)}`;
    throw new HttpError(this.#fault, `${what} answered more than ${longestAnswer} bytes`);
  }
}
