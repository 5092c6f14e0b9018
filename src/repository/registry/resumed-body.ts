import { HttpError } from '../../network/http/error.ts';
import { shownUrl } from '../../network/http/host.ts';
import type { HttpResponse } from '../../network/http/http.ts';
import type { Call, Client } from './client.ts';

/** In bytes: a connection that brought as much counts as a good one, and the next that breaks as the first. */
const goodEnough = 8 * 1024 * 1024;

/**
 * The bytes of an answer. Where its connection breaks the call is repeated for the rest (RFC 9110, 14.2, "Range"), as often as
 * other calls are, and what a registry gives that knows of no ranges is read up to there. Who reads verifies all of it.
 */
export async function* resumedBody(
  client: Client,
  call: Call,
  first: HttpResponse,
): AsyncGenerator<Buffer, void, void> {
  let response = first;
  let done = 0;
  for (let attempt = 1; ; attempt += 1) {
    let skip = response === first ? 0 : leftOut(client, response, done);
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
      await client.beforeRetry(client.failure(response, cause), attempt);
    }
    response = await client.call({ ...call, headers: { ...call.headers, range: `bytes=${done}-` } });
  }
}

/** How many bytes an answer begins with that are here already: none, or all of them. */
function leftOut(client: Client, response: HttpResponse, done: number): number {
  if (response.status !== 206) return done;
  const [, from] = /^bytes (\d+)-/.exec(response.header('content-range') ?? '') ?? [];
  if (Number(from) === done) return 0;
  response.body.destroy();
  throw new HttpError(
    client.fault,
    `GET ${shownUrl(response.request.url)} was asked for bytes from ${done} on and answered others: ${from ?? 'it does not say which'}`,
  );
}
