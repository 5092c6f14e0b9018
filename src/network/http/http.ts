import type { Dispatcher } from 'undici';
import type { Open } from '../../content/content.ts';

/** What is sent. A stream is opened anew each time it is sent; its size is in bytes, and need not be known. */
export type RequestBody = Uint8Array | { readonly size?: number; readonly open: Open };

/** One request, as it is sent. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'PATCH' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS' | 'PROPFIND' | 'MKCOL';
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
}

/** An answer whose body is still to be read, or discarded. */
export interface HttpResponse {
  /** The request that was answered: after redirects, the last. */
  readonly request: HttpRequest;
  readonly status: number;
  readonly body: Dispatcher.ResponseData['body'];
  /** By its name in lower case; several of one name joined by commas. */
  header(name: string): string | undefined;
}

/** Sends a request once. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/** A length in bytes that a response declares. */
export function contentLength(response: HttpResponse): number | undefined {
  const text = response.header('content-length');
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Reads a small body: what came within the time, up to one byte more than the limit. Rejects when it breaks. */
export async function readUpTo(response: HttpResponse, limit: number, milliseconds: number): Promise<Buffer> {
  const { body } = response;
  body.on('error', () => {});
  const late = new Error(`the answer was not complete after ${milliseconds} ms`);
  const timer = setTimeout(() => body.destroy(Object.assign(late, { code: 'ETIMEDOUT' })), milliseconds);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) break;
    }
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks).subarray(0, limit + 1);
}

/** Lets the connection be used again, or go if the body is long or slow. */
export async function discard({ body }: HttpResponse): Promise<void> {
  body.on('error', () => {});
  await body.dump({ limit: 64 * 1024, signal: AbortSignal.timeout(5_000) }).catch(() => {});
}
