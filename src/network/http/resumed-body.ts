import { resumed } from '../../content/resumed.ts';
import type { ErrorCode } from '../../errors.ts';
import { HttpError } from './error.ts';
import { shownUrl } from './host.ts';
import { contentLength, type HttpResponse } from './http.ts';

/** How the rest of an answer is asked for whose connection broke. */
export interface Resumption {
  /** In bytes, where it is known otherwise than by the answer. */
  readonly size?: number;
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
export function resumedBody(first: HttpResponse, resumption: Resumption): AsyncGenerator<Buffer, void, void> {
  let response = first;
  return resumed(first.body, {
    size: resumption.size ?? contentLength(first),
    beforeRetry: (cause, attempt) => resumption.beforeRetry(resumption.failure(response, cause), attempt),
    async rest(done) {
      response = await resumption.ask(`bytes=${done}-`);
      return { bytes: response.body, skip: leftOut(response, done, resumption) };
    },
  });
}

/** How many bytes an answer begins with that are here already: none, or all of them. */
function leftOut(response: HttpResponse, done: number, { fault }: Resumption): number {
  if (response.status !== 206) return done;
  const [, from] = /^bytes (\d+)-/.exec(response.header('content-range') ?? '') ?? [];
  if (Number(from) === done) return 0;
  response.body.on('error', () => {}).destroy();
  throw new HttpError(
    fault,
    `GET ${shownUrl(response.request.url)} was asked for bytes from ${done} on and answered others: ${from ?? 'it does not say which'}`,
  );
}
