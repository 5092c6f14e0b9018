import type { ErrorCode } from '../../errors.ts';
import { HttpError } from './error.ts';
import { shownUrl } from './host.ts';
import type { HttpResponse } from './http.ts';

/** In bytes: a connection that brought as much counts as a good one, and the next that breaks as the first. */
const goodEnough = 8 * 1024 * 1024;

/** How the rest of an answer is asked for whose connection broke. */
export interface Resumption {
  /** Whose fault an answer is that is not the rest. */
  readonly fault: ErrorCode;
  /** The error for what broke a body. */
  failure(response: HttpResponse, cause: unknown): Error;
  /** Waits before another attempt at what failed in this one; throws its failure where there is to be none. */
  beforeRetry(failure: unknown, attempt: number): Promise<void>;
  /** Asks with this header of a range (RFC 9110, 14.2); an answer with all of the bytes will do, too. */
  ask(range: string): Promise<HttpResponse>;
}

/**
 * The bytes of an answer. Where its connection breaks the rest is asked for, as often as other calls are repeated, and what a
 * server gives that knows of no ranges is read up to there. Who reads verifies all of it.
 */
export async function* resumedBody(
  first: HttpResponse,
  resumption: Resumption,
): AsyncGenerator<Buffer, void, void> {
  let response = first;
  let done = 0;
  for (let attempt = 1; ; attempt += 1) {
    let skip = response === first ? 0 : leftOut(resumption, response, done);
    let came = 0;
    try {
      for await (const chunk of response.body as AsyncIterable<Buffer>) {
        const rest = skip > 0 ? chunk.subarray(skip) : chunk;
        skip -= chunk.length - rest.length;
        if (rest.length === 0) continue;
        done += rest.length;
        came += rest.length;
        yield rest;
      }
      return;
    } catch (cause) {
      if (came >= goodEnough) attempt = 1;
      await resumption.beforeRetry(resumption.failure(response, cause), attempt);
    }
    response = await resumption.ask(`bytes=${done}-`);
  }
}

/** How many bytes an answer begins with that are here already: none, or all of them. */
function leftOut({ fault }: Resumption, response: HttpResponse, done: number): number {
  if (response.status !== 206) return done;
  const [, from] = /^bytes (\d+)-/.exec(response.header('content-range') ?? '') ?? [];
  if (Number(from) === done) return 0;
  response.body.on('error', () => {}).destroy();
  throw new HttpError(
    fault,
    `GET ${shownUrl(response.request.url)} was asked for bytes from ${done} on and answered others: ${from ?? 'it does not say which'}`,
  );
}
