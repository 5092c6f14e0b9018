import { HttpError } from '../../network/http/error.ts';
import { shownUrl, urlFrom } from '../../network/http/host.ts';
import { discard, type HttpResponse } from '../../network/http/http.ts';
import { maxManifestSize } from '../../oci/manifest.ts';
import type { Call, Client } from './client.ts';

const mostPages = 1_000;
/** In bytes: all pages together. */
const mostBytes = 16 * maxManifestSize;

interface Page<T> {
  readonly found: readonly T[];
  readonly following: URL | undefined;
  /** In bytes. */
  readonly size: number;
}

/**
 * All items of a list that comes in pages. An answer that the call accepts besides 200 holds none, if it is the first, and is told: a list
 * that breaks off later is an error, as a part of it would pass for all.
 */
export async function readPages<T>(
  client: Client,
  call: Call,
  what: string,
  parse: (bytes: Buffer, response: HttpResponse) => readonly T[],
  onAccepted?: (response: HttpResponse) => void,
): Promise<T[]> {
  const items: T[] = [];
  let next: string | URL | undefined = call.to;
  let total = 0;
  for (let page = 0; next !== undefined; page++) {
    if (page === mostPages) {
      throw new HttpError(client.fault, `${what} does not end after ${mostPages} pages`);
    }
    const { found, following, size }: Page<T> = await readPage(
      client,
      { ...call, to: next, accept: page === 0 ? (call.accept ?? []) : [] },
      what,
      parse,
      onAccepted,
    );
    total += size;
    if (total > mostBytes) throw new HttpError(client.fault, `${what} is longer than ${mostBytes} bytes`);
    for (const item of found) items.push(item);
    next = following;
  }
  return items;
}

function readPage<T>(
  client: Client,
  call: Call,
  what: string,
  parse: (bytes: Buffer, response: HttpResponse) => readonly T[],
  onAccepted?: (response: HttpResponse) => void,
): Promise<Page<T>> {
  return client.retry(async () => {
    const response = await client.attempt(call);
    if (call.accept?.includes(response.status)) {
      await discard(response);
      onAccepted?.(response);
      return { found: [], following: undefined, size: 0 };
    }
    const bytes = await client.readUpTo(response, maxManifestSize);
    if (bytes.length > maxManifestSize) {
      const where = shownUrl(response.request.url);
      throw new HttpError(
        client.fault,
        `${what} at ${where} has a page that is longer than ${maxManifestSize} bytes`,
      );
    }
    return { found: parse(bytes, response), following: nextPage(response), size: bytes.length };
  });
}

/** RFC 8288, as the distribution spec uses it: `</v2/<name>/tags/list?last=…>; rel="next"`. */
function nextPage(response: HttpResponse): URL | undefined {
  const link = response.header('link') ?? '';
  const [, target] = /<([^>]*)>\s*;[^,<]*\brel="?next"?/i.exec(link) ?? [];
  return target === undefined ? undefined : urlFrom(response.request.url, target);
}
